// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.schedule;

import dev.pokecheck.machine.ActionList;
import dev.pokecheck.machine.TransitionSystem;

/**
 * Picks as bytes say, for fuzzers, and such that a small edit of the bytes is a small edit of the interleaving.
 *
 * <p>A byte is read where there is a choice. It counts from the default, which is the first action of the agent that moved
 * last, or the first of all if that agent cannot move: zero is "go on", any other value a switch at this place and nowhere
 * else. When the bytes are used up everything goes on as by zeros, so that trailing zeros may be left out, and an agent that
 * never blocks then keeps the others from moving.
 */
public final class BytesScheduler implements Scheduler {
    private static final int NOBODY = -1;

    private final TransitionSystem system;
    private final byte[] bytes;
    private int position;
    private int agent = NOBODY;

    /** The bytes are not copied, and may be filled again between two runs. */
    public BytesScheduler(TransitionSystem system, byte[] bytes) {
        this.system = system;
        this.bytes = bytes;
    }

    @Override
    public void start(long run) {
        position = 0;
        agent = NOBODY;
    }

    @Override
    public int pick(long[] state, ActionList enabled) {
        int choices = enabled.size();
        int pick = choices == 1 ? 0 : (goOn(enabled) + read(choices)) % choices;
        agent = system.agent(enabled.get(pick));
        return pick;
    }

    /** The bytes read in this run. */
    public int consumed() {
        return position;
    }

    private int goOn(ActionList enabled) {
        for (int i = 0; i < enabled.size(); i++) {
            if (system.agent(enabled.get(i)) == agent) {
                return i;
            }
        }
        return 0;
    }

    /** A byte, and a second one where a byte does not reach every choice. */
    private int read(int choices) {
        return choices <= 256 ? read() : read() << 8 | read();
    }

    private int read() {
        return position == bytes.length ? 0 : Byte.toUnsignedInt(bytes[position++]);
    }
}
