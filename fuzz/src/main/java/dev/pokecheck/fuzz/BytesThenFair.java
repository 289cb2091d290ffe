// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz;

import dev.pokecheck.machine.ActionList;
import dev.pokecheck.machine.TransitionSystem;
import dev.pokecheck.schedule.BytesScheduler;
import dev.pokecheck.schedule.Scheduler;

/**
 * A schedule of bytes, brought to an end: as {@link BytesScheduler} while there are bytes, then the lowest agent that owes something,
 * until all are done or nobody can move. Every so often the next agent comes first, so that nobody is starved for ever. Bytes can go on where
 * all are done: old code that runs after that is stale.
 */
final class BytesThenFair implements Scheduler {
    /** Bytes of an input behind this are not read. */
    static final int MAX_BYTES = 512;

    private static final int TURN = 64;
    /** Where all are done and so many steps were no choice, bytes are left that nothing will read. */
    private static final int IDLE = 32;

    private final TransitionSystem system;
    /** Two zeros behind the last byte: a choice among very many reads two bytes. */
    private final byte[] bytes = new byte[MAX_BYTES + 2];

    private final BytesScheduler byBytes;
    private int length;
    private int tail;
    private int steps;
    /** The step of the last choice. */
    private int chosen;

    BytesThenFair(TransitionSystem system) {
        this.system = system;
        this.byBytes = new BytesScheduler(system, bytes);
    }

    /** Takes the bytes of an input from an index on. */
    void fill(byte[] input, int from) {
        length = Math.min(Math.max(0, input.length - from), MAX_BYTES);
        System.arraycopy(input, Math.min(from, input.length), bytes, 0, length);
        bytes[length] = 0;
        bytes[length + 1] = 0;
    }

    @Override
    public void start(long run) {
        byBytes.start(run);
        tail = 0;
        steps = 0;
        chosen = 0;
    }

    @Override
    public int pick(long[] state, ActionList enabled) {
        int consumed = byBytes.consumed();
        boolean idle = steps++ - chosen > IDLE;
        if (system.complete(state) && (consumed == length || idle)) {
            return END;
        }
        if (consumed < length) {
            int pick = byBytes.pick(state, enabled);
            if (byBytes.consumed() > consumed) {
                chosen = steps;
            }
            return pick;
        }
        int agents = system.agents();
        int first = tail++ / TURN % agents;
        for (int i = 0; i < agents; i++) {
            int pick = owed(enabled, (first + i) % agents);
            if (pick != END) {
                return pick;
            }
        }
        return END;
    }

    /** The last that an agent owes: interrupts stand behind steps, and a loop that never takes its IPI would keep everybody waiting. */
    private int owed(ActionList enabled, int agent) {
        for (int i = enabled.size() - 1; i >= 0; i--) {
            int action = enabled.get(i);
            if (system.agent(action) == agent && !system.spontaneous(action)) {
                return i;
            }
        }
        return END;
    }
}
