// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.minimize;

import dev.pokecheck.machine.ActionKind;
import org.jspecify.annotations.Nullable;

/** Brings steps of one CPU together, where the schedule still shows the violation and takes no more steps. */
final class FewerSwitches extends ReplayPass {
    FewerSwitches(Rerun rerun, Steps steps, int maxAttempts) {
        super(rerun, steps, maxAttempts);
    }

    @Override
    Steps run() {
        boolean moved;
        do {
            moved = moveOne();
        } while (moved);
        return steps();
    }

    /** Moves one block of steps of a CPU to the block of the same CPU before it, or behind it; false if none can be moved. */
    private boolean moveOne() {
        for (int from = 0; from < steps().size(); from = blockEnd(from)) {
            int to = blockEnd(from);
            int before = previous(from);
            int next = to;
            while (next < steps().size() && cpu(next) != cpu(from)) {
                next++;
            }
            // The head of a block may belong to the one before, its tail to the one behind: whole first, then halves.
            for (int size = to - from; size > 0; size /= 2) {
                if (before >= 0 && improves(moved(from, from + size, before + 1))) {
                    return true;
                }
                if (next < steps().size() && improves(moved(to - size, to, next))) {
                    return true;
                }
            }
        }
        return false;
    }

    private int cpu(int i) {
        return ActionKind.cpu(steps().action(i));
    }

    private int blockEnd(int from) {
        int to = from + 1;
        while (to < steps().size() && cpu(to) == cpu(from)) {
            to++;
        }
        return to;
    }

    private int previous(int from) {
        int i = from - 1;
        while (i >= 0 && cpu(i) != cpu(from)) {
            i--;
        }
        return i;
    }

    /** The steps with a block moved to a place outside it. */
    private Steps moved(int from, int to, int place) {
        int[] order = new int[steps().size()];
        int at = 0;
        for (int i = 0; i <= steps().size(); i++) {
            if (i == place) {
                for (int j = from; j < to; j++) {
                    order[at++] = j;
                }
            }
            if (i < steps().size() && (i < from || i >= to)) {
                order[at++] = i;
            }
        }
        return steps().ordered(order);
    }

    private boolean improves(Steps candidate) {
        if (isSpent() || Size.switches(candidate.actions()) >= Size.switches(steps().actions())) {
            return false;
        }
        @Nullable Steps result = rerun.run(candidate);
        if (result == null
                || result.size() > steps().size()
                || Size.switches(result.actions()) >= Size.switches(steps().actions())) {
            return false;
        }
        accept(result);
        return true;
    }
}
