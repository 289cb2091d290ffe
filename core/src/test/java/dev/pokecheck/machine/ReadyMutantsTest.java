// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** Of each operation, a machine that has forgotten what it waits for: one of {@link Litmuses} must notice. */
class ReadyMutantsTest {
    /**
     * The operations that wait for nothing, so that there is nothing to forget: they touch their own context only, or do at once what
     * others see. A new operation that is not noticed fails this test until it has a litmus program, or is known to belong here.
     */
    private static final Set<String> WAIT_FOR_NOTHING = Set.of(
            "Assign",
            "LoadText",
            "Branch",
            "Choose",
            "Jump",
            "SetInterruptFlag",
            "HoldInterrupts",
            "ReadContext",
            "SetContext",
            "Resume",
            "Sti",
            "Eoi",
            "SetPreemption",
            "ForeignInt3",
            "BugOn",
            "PatchMark",
            "Unhandled",
            "SetSavedAddress",
            "PushReturn",
            "Emulate",
            "ObjectLife",
            "PathBegin",
            "Rest",
            "Ensure",
            "GhostStore");

    @Test
    void aConditionThatIsForgottenIsNoticed() {
        assertEquals(WAIT_FOR_NOTHING, Mutants.survivors(Forgetful::ready));
    }
}
