package org.example;

import static org.junit.jupiter.api.Assertions.*;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.*;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.*;

class CartTest {
    static int attempts = 0;

    @Test
    void pricesAdd() {
        assertEquals(3, 1 + 2);
    }

    @Test
    void totalIsNeverNegative() {
        assertTrue(-1 >= 0, "total is -1");
    }

    @Test
    void throwsWhereNoneIsExpected() {
        throw new IllegalStateException("no cart");
    }

    @Test
    @Disabled("no sandbox yet")
    void capturesOnce() {}

    @Test
    void skippedByAssumption() {
        assumeTrue(false, "only in production");
    }

    @Test
    void passesTheSecondTime() {
        assertTrue(attempts++ > 0, "first attempt");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 0, -1})
    void amountIsPositive(int amount) {
        assertTrue(amount >= 0, "amount " + amount);
    }

    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource({"1, 2", "2, 2"})
    void named(int one, int all) {
        assertTrue(one <= all);
    }

    @RepeatedTest(2)
    void again() {}

    @Nested
    class WhenEmpty {
        @Test
        void hasNoTotal() {
            assertEquals(0, 0);
        }
    }

    @Test
    @DisplayName("a cart with \"quotes\" & <signs> is ünïcode")
    void displayed() {}
}
