// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Of each operation, a machine that merges steps as if it touched nothing: one of {@link Litmuses} must notice. */
class FootprintMutantsTest {
    /**
     * The operations that touch no variable and send no interrupt that a merged step could miss. Text, contexts and what CPUs owe each other are no
     * variables: no merged step depends on them. Sending an NMI, and setting IF in a handler, count for the whole program
     * ({@code StepTable.sendsNmi}, {@code handlersEnable}).
     */
    private static final Set<String> TOUCH_NO_VARIABLE = Set.of(
            "Fence",
            "Choose",
            "Jump",
            "TextPoke",
            "LoadText",
            "ExchangeText",
            "Serialize",
            "SyncWait",
            "CallWait",
            "GoOffline",
            "BringOnline",
            "SuspendSend",
            "SuspendWait",
            "ReadContext",
            "SetContext",
            "Resume",
            "HoldInterrupts",
            "GraceBegin",
            "GraceWait",
            "SendNmi",
            "SetInterruptFlag",
            "Sti",
            "Eoi",
            "SetPreemption",
            "StopDone",
            "StopReturn",
            "StopWait",
            "PatchMark",
            "Unhandled",
            "SetSavedAddress",
            "PushReturn",
            "Emulate",
            "PathBegin",
            "Rest",
            "Ensure",
            "GhostStore",
            "End");

    /** The operation after it, {@code StopRun}, always follows and says the same, and more. */
    private static final Set<String> SAID_BY_ANOTHER = Set.of("StopBegin");

    @Test
    void anAccessThatIsForgottenIsNoticed() {
        Set<String> equivalent = new TreeSet<>(TOUCH_NO_VARIABLE);
        equivalent.addAll(SAID_BY_ANOTHER);
        assertEquals(equivalent, Mutants.survivors(Forgetful::footprint));
    }
}
