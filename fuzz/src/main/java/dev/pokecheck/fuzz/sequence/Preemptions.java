// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.sequence;

import dev.pokecheck.machine.ActionKind;
import dev.pokecheck.machine.ActionList;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.TransitionSystem;
import dev.pokecheck.schedule.Scheduler;
import java.util.Arrays;

/**
 * A schedule in bytes, made for long sequences of which few places matter. The machine goes on by itself: the CPU that moved last as long as it has a
 * duty, then the lowest that has one. A thread at rest has none, so that an execution of a site happens where the bytes ask for one.
 *
 * <p>Each entry of the bytes interrupts that. Its first byte says after how many steps. Its second byte says which of the enabled actions is taken; a third
 * byte is read where one byte does not reach every action. A CPU that is moved so and comes to rest goes on until it fetches, and what is left of
 * the choice after the division by the number of actions chooses what that fetch sees. The highest bit of the second byte says how the machine
 * goes on after the entry: by the last duty of a CPU (0), which takes interrupts and drains stores soon, or by the first (1).
 *
 * <p>Where all is done, the next entry follows at once: old code that runs then is stale. After the last entry the run ends where all is done. So that no
 * CPU is starved, one that has moved for many steps in a row gives way to the next.
 */
final class Preemptions implements Scheduler {
    private static final int TURN = 64;
    /** Where no CPU has a duty and not all is done, threads at rest run on for so many steps. */
    private static final int IDLE = 256;

    /** From rest to the first fetch it takes fewer steps than so many. */
    private static final int BEGINNING = 8;

    private static final int NONE = -1;
    private static final int LAZY = 0x80;

    private final Machine machine;
    private byte[] bytes = {};
    private int position;
    private int wait;
    /** What is left of the choice of the last entry. */
    private int which;

    private boolean lazy;
    /** How many steps at rest the CPU that an entry moved may still take until it fetches; 0 if it has. */
    private int beginning;

    private int agent;
    private int moves;
    private int idle;

    Preemptions(Machine machine) {
        this.machine = machine;
    }

    /** Takes the bytes of an input from an index on. */
    void fill(byte[] input, int from) {
        bytes = Arrays.copyOfRange(input, Math.min(from, input.length), input.length);
    }

    @Override
    public void start(long run) {
        position = 0;
        wait = read();
        which = 0;
        lazy = false;
        beginning = 0;
        agent = 0;
        moves = 0;
        idle = 0;
    }

    @Override
    public int pick(long[] state, ActionList enabled) {
        boolean more = position < bytes.length;
        if (more && wait == 0) {
            return interrupt(enabled);
        }
        wait--;
        int pick = goOn(state, enabled);
        if (pick != NONE) {
            return pick;
        }
        boolean complete = machine.complete(state);
        if (more && complete) {
            return interrupt(enabled);
        }
        return complete || idle++ == IDLE ? END : atRest(enabled);
    }

    private int interrupt(ActionList enabled) {
        which = read();
        lazy = (which & LAZY) != 0;
        which &= LAZY - 1;
        if (enabled.size() >= LAZY) {
            which = which << 8 | read();
        }
        wait = read();
        int pick = move(enabled, which % enabled.size());
        which /= enabled.size();
        int action = enabled.get(pick);
        beginning = machine.spontaneous(action) || ActionKind.of(action) == ActionKind.FETCH ? 0 : BEGINNING;
        return pick;
    }

    /** A duty: of the CPU that moved last, else of the lowest. */
    private int goOn(long[] state, ActionList enabled) {
        if (moves >= TURN) {
            moves = 0;
            agent = (agent + 1) % machine.agents();
        }
        int pick = duty(state, enabled, agent);
        if (pick == NONE && beginning > 0) {
            beginning--;
            pick = own(enabled);
        }
        for (int other = 0; pick == NONE && other < machine.agents(); other++) {
            pick = other == agent ? NONE : duty(state, enabled, other);
        }
        return pick == NONE ? NONE : move(enabled, pick);
    }

    private int duty(long[] state, ActionList enabled, int of) {
        int pick = NONE;
        for (int i = 0; i < enabled.size(); i++) {
            int action = enabled.get(i);
            if (machine.agent(action) == of
                    && (pick == NONE || !lazy)
                    && machine.duty(state, action) != TransitionSystem.NO_DUTY) {
                pick = i;
            }
        }
        return pick;
    }

    /** What the entry chooses of the steps of the CPU that it moved. */
    private int own(ActionList enabled) {
        int steps = 0;
        for (int i = 0; i < enabled.size(); i++) {
            steps += isOwn(enabled.get(i)) ? 1 : 0;
        }
        int skip = steps == 0 ? 0 : which % steps;
        for (int i = 0; i < enabled.size(); i++) {
            if (isOwn(enabled.get(i)) && skip-- == 0) {
                return i;
            }
        }
        return NONE;
    }

    private boolean isOwn(int action) {
        return machine.agent(action) == agent && !machine.spontaneous(action);
    }

    /** A step that is no interrupt, of one CPU after the other. */
    private int atRest(ActionList enabled) {
        for (int i = 0; i < enabled.size(); i++) {
            int at = (idle + i) % enabled.size();
            if (!machine.spontaneous(enabled.get(at))) {
                return move(enabled, at);
            }
        }
        return END;
    }

    private int move(ActionList enabled, int pick) {
        int action = enabled.get(pick);
        int mover = machine.agent(action);
        if (mover != agent || ActionKind.of(action) == ActionKind.FETCH) {
            beginning = 0;
        }
        moves = mover == agent ? moves + 1 : 1;
        agent = mover;
        return pick;
    }

    private int read() {
        return position == bytes.length ? 0 : Byte.toUnsignedInt(bytes[position++]);
    }
}
