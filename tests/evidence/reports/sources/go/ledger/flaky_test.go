package ledger

import (
	"os"
	"testing"
)

func TestSecondTime(t *testing.T) {
	if _, err := os.Stat("/home/ci/seen"); err != nil {
		os.WriteFile("/home/ci/seen", nil, 0o600)
		t.Fatal("first attempt")
	}
}
