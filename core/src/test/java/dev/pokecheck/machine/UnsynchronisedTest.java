// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pokecheck.Pins;
import dev.pokecheck.cpu.Profile;
import dev.pokecheck.cpu.SelfModification;
import dev.pokecheck.property.Reached;
import dev.pokecheck.text.FetchModel;
import dev.pokecheck.text.StoreSplit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which executions overlap an unsynchronised cross-modification. */
class UnsynchronisedTest {
    private static Litmus jump() {
        return Litmus.sites("nop2->jmp8").with(b -> b.split(StoreSplit.WORD).chunk(64));
    }

    private static boolean overlaps(Litmus litmus, String... program) {
        return litmus.run(program).met(Reached.UNSYNCHRONISED);
    }

    @Pins("machine.unsynchronised")
    @ParameterizedTest
    @EnumSource
    void anExecutionOfChangedCodeDoes(FetchModel model) {
        Litmus litmus = jump().with(b -> b.fetch(model));
        boolean asks = model.canBeStale() && !model.isControl();
        assertEquals(asks, overlaps(litmus, "poke", "exec"));
        assertEquals(false, overlaps(litmus, "poke; x=1", "wait x 1; cpuid; exec"));
    }

    /** The breakpoint method, and what is left out of it. */
    @Pins("machine.unsynchronised")
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "poke 0 cc|false",
                "poke 0 cc; poke 0 66|false",
                "poke 0 cc; sync iret; poke 1 3e; sync iret; poke 0 eb; sync iret|false",
                "poke 0 cc; sync iret; poke 1 3e; sync iret; poke 0 eb|false",
                "poke 0 cc; sync iret; poke 1 3e; poke 0 eb; sync iret|true",
                "poke 0 cc; poke 1 3e; sync iret; poke 0 eb; sync iret|true",
                "poke 0 cc; poke 0 eb|true",
                "poke 1 3e|true",
                "poke 0 eb|true"
            })
    void aBreakpointOverTheFirstByteIsExempt(String patcher, boolean overlaps) {
        assertEquals(overlaps, overlaps(jump(), patcher, "exec; exec"));
    }

    @Pins("machine.unsynchronised")
    @Test
    void aCpuThatIsSureOfItsOwnStoreDoesNot() {
        Litmus litmus = jump().with(b -> b.profile(Profile.ARCHITECTURAL.inPlace(SelfModification.NONE)));
        assertEquals(false, overlaps(litmus, "in-place poke; exec"));
        assertEquals(true, overlaps(litmus, "poke; exec"));
    }
}
