// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.samples;

import dev.pokecheck.junit.PokeTest;

/**
 * A protocol in C, {@code breakpoint.c} beside this class among the test resources. What it must show stands in its first comment; each line {@code expect:} is a test.
 */
class Sample6SourceTest {
    @PokeTest(source = "breakpoint.c")
    void breakpoint() {}
}
