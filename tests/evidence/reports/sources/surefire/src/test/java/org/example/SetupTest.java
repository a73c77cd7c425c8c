package org.example;

import org.junit.jupiter.api.*;

class SetupTest {
    @BeforeAll
    static void connect() {
        throw new IllegalStateException("no database");
    }

    @Test
    void neverStarts() {}

    @Test
    void neverStartsEither() {}
}
