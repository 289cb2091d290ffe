// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Of each operation, a machine that merges steps as if it touched nothing: one of {@link Litmuses} must notice. */
class FootprintMutantsTest {
    /**
     * The operations that touch no variable and send no interrupt that a merged step could miss. Text, contexts and what CPUs owe each other are no
     * variables: no merged step depends on them. Sending an NMI counts for the whole program ({@code Program.sendsNmi}).
     */
    private static final Set<OpCode> TOUCH_NO_VARIABLE = EnumSet.of(
            OpCode.FENCE,
            OpCode.JUMP,
            OpCode.TEXT_POKE,
            OpCode.SERIALIZE,
            OpCode.SYNC_WAIT,
            OpCode.GRACE_BEGIN,
            OpCode.GRACE_WAIT,
            OpCode.SEND_NMI,
            OpCode.SET_IF,
            OpCode.SET_PREEMPTION,
            OpCode.STOP_DONE,
            OpCode.STOP_RETURN,
            OpCode.STOP_WAIT,
            OpCode.PATCH_MARK,
            OpCode.UNHANDLED,
            OpCode.SET_SAVED_ADDRESS,
            OpCode.EMULATE,
            OpCode.PATH_BEGIN,
            OpCode.REST,
            OpCode.END);

    /** The operation after it, {@link OpCode#STOP_RUN}, always follows and says the same, and more. */
    private static final Set<OpCode> SAID_BY_ANOTHER = EnumSet.of(OpCode.STOP_BEGIN);

    @Test
    void anAccessThatIsForgottenIsNoticed() {
        Set<OpCode> equivalent = EnumSet.copyOf(TOUCH_NO_VARIABLE);
        equivalent.addAll(SAID_BY_ANOTHER);
        assertEquals(equivalent, Mutants.survivors(Forgetful::footprint));
    }
}
