package ledger

import "testing"

func TestMerge(t *testing.T) {
	t.Run("commutes", func(t *testing.T) {})
	t.Run("with spaces and \"quotes\"", func(t *testing.T) {})
	t.Run("fails", func(t *testing.T) { t.Fatal("a != b") })
	t.Run("skips", func(t *testing.T) { t.Skip("later") })
}

func TestSum(t *testing.T) {}

func TestFails(t *testing.T) { t.Errorf("sum is %d", 3) }

func TestSkips(t *testing.T) { t.Skip("no sandbox") }

var attempts = 0
