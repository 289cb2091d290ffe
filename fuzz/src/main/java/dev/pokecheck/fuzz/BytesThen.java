// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz;

import dev.pokecheck.machine.ActionList;
import dev.pokecheck.machine.TransitionSystem;
import dev.pokecheck.schedule.BytesScheduler;
import dev.pokecheck.schedule.Scheduler;

/**
 * A schedule of bytes that another scheduler goes on with: as {@link BytesScheduler} while there are bytes. Bytes can go on where all are done: old code
 * that runs after that is stale.
 */
final class BytesThen implements Scheduler {
    /** Bytes of an input after so many are not read. */
    static final int MAX_BYTES = 512;

    /** Where all are done and so many steps were no choice, bytes are left that nothing will read. */
    private static final int IDLE = 32;

    private final TransitionSystem system;
    /** Two zeros after the last byte: a choice among very many reads two bytes. */
    private final byte[] bytes = new byte[MAX_BYTES + 2];

    private final BytesScheduler byBytes;
    private Scheduler tail;
    private int length;
    private int steps;
    /** The step of the last choice. */
    private int chosen;

    BytesThen(TransitionSystem system, Scheduler tail) {
        this.system = system;
        this.tail = tail;
        this.byBytes = new BytesScheduler(system, bytes);
    }

    /** Takes the bytes of an input from an index on, and what goes on after them. */
    void fill(byte[] input, int from, Scheduler after) {
        tail = after;
        length = Math.min(Math.max(0, input.length - from), MAX_BYTES);
        System.arraycopy(input, Math.min(from, input.length), bytes, 0, length);
        bytes[length] = 0;
        bytes[length + 1] = 0;
    }

    /** Takes the bytes of an input from an index on. */
    void fill(byte[] input, int from) {
        fill(input, from, tail);
    }

    @Override
    public void start(long run) {
        byBytes.start(run);
        tail.start(run);
        steps = 0;
        chosen = 0;
    }

    @Override
    public int pick(long[] state, ActionList enabled) {
        int consumed = byBytes.consumed();
        boolean idle = steps++ - chosen > IDLE;
        if (consumed == length || (idle && system.complete(state))) {
            return tail.pick(state, enabled);
        }
        int pick = byBytes.pick(state, enabled);
        if (byBytes.consumed() > consumed) {
            chosen = steps;
        }
        return pick;
    }
}
