// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.Pins;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The machine does what the rules say, whatever it merges; without that its mutants would show nothing. */
class LitmusesTest {
    @Pins("protocol.await")
    @ParameterizedTest
    @MethodSource("dev.pokecheck.machine.Litmuses#all")
    void doesWhatTheRulesSay(Litmuses litmus) {
        litmus.check();
    }
}
