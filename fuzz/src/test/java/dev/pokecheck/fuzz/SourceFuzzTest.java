// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** The seeds of {@link SourceFuzz} as a regression test; a fuzz test of it under {@code JAZZER_FUZZ=1}. */
class SourceFuzzTest {
    @FuzzTest
    void fuzz(byte[] input) {
        SourceFuzz.fuzzerTestOneInput(input);
    }
}
