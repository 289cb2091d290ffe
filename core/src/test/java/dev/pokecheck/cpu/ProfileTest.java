// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pokecheck.Pins;
import dev.pokecheck.insn.Sync;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which instructions serialize. */
class ProfileTest {
    @Pins("cpu.serialization")
    @ParameterizedTest
    @EnumSource
    void theArchitecturalProfileIsThatOfTheManual(Sync sync) {
        Set<Sync> manual = EnumSet.of(Sync.CPUID, Sync.IRET, Sync.SERIALIZE, Sync.MOV_CR);
        assertEquals(manual.contains(sync), Profile.ARCHITECTURAL.serializes(sync));
    }

    @ParameterizedTest
    @EnumSource
    void aProfileWithoutAnInstructionHasTheOthers(Sync sync) {
        Profile rest = Profile.ARCHITECTURAL.without(sync);
        for (Sync other : Sync.values()) {
            assertEquals(other != sync && Profile.ARCHITECTURAL.serializes(other), rest.serializes(other));
        }
    }

    @Test
    void aProfileDoesNotChange() {
        Set<Sync> source = EnumSet.of(Sync.CPUID);
        Profile profile = Profile.ARCHITECTURAL.serializing(source);
        source.add(Sync.IRET);
        assertEquals(Profile.ARCHITECTURAL.serializing(Set.of(Sync.CPUID)), profile);
        assertThrows(
                UnsupportedOperationException.class, () -> profile.serializing().add(Sync.IRET));
    }
}
