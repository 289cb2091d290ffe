// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.minimize;

import dev.pokecheck.judge.Target;
import dev.pokecheck.machine.ActionList;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.text.TableFullException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Replays candidates on one machine, leniently: steps that are not enabled are left out. A candidate that a table of the machine has no room
 * for shows nothing.
 */
final class Rerun {
    private final Machine machine;
    private final Target target;
    private final ActionList enabled = new ActionList();
    private final ActionList scratch = new ActionList();
    private final long[] state;
    private final long[] before;
    private int attempts;

    Rerun(Machine machine, Target target) {
        this.machine = machine;
        this.target = target;
        state = new long[machine.words()];
        before = new long[machine.words()];
    }

    Machine machine() {
        return machine;
    }

    Target target() {
        return target;
    }

    /** How many candidates were replayed. */
    int attempts() {
        return attempts;
    }

    /** The part of a candidate that shows the target in its last step, or ends with its loop; null if it does not. */
    @Nullable
    Steps run(Steps candidate) {
        return run(candidate.names(), candidate.actions());
    }

    /** The same for steps of another machine, of which only the names mean something here. */
    @Nullable
    Steps run(List<String> names) {
        return run(names, new int[0]);
    }

    private @Nullable Steps run(List<String> names, int[] actions) {
        attempts++;
        try {
            return replay(names, actions);
        } catch (TableFullException e) {
            // What the machine has no room for is not what is looked for.
            return null;
        }
    }

    private @Nullable Steps replay(List<String> names, int[] actions) {
        machine.initial(state);
        int[] taken = new int[names.size()];
        List<String> takenNames = new ArrayList<>(names.size());
        for (int i = 0; i < names.size(); i++) {
            machine.enabled(state, enabled);
            String name = names.get(i);
            int pick = i < actions.length ? pick(actions[i], name) : pick(name);
            if (pick < 0) {
                continue;
            }
            int action = enabled.get(pick);
            taken[takenNames.size()] = action;
            takenNames.add(name);
            System.arraycopy(state, 0, before, 0, state.length);
            long raised = machine.apply(state, action) | machine.inspect(state);
            if (target.isShownBy(machine, before, action, raised)
                    || (raised == 0 && target.isDeadlockOf(machine, state, scratch))) {
                return new Steps(Arrays.copyOf(taken, takenNames.size()), takenNames);
            }
            if (target.isEnd(machine, raised)) {
                return null;
            }
        }
        int[] all = Arrays.copyOf(taken, takenNames.size());
        return target.isStuckAt(machine, state) || target.isLivelockOf(machine, all)
                ? new Steps(all, takenNames)
                : null;
    }

    private int pick(int action, String name) {
        for (int i = 0; i < enabled.size(); i++) {
            if (enabled.get(i) == action) {
                return machine.describe(state, action).equals(name) ? i : -1;
            }
        }
        return -1;
    }

    private int pick(String name) {
        for (int i = 0; i < enabled.size(); i++) {
            if (machine.describe(state, enabled.get(i)).equals(name)) {
                return i;
            }
        }
        return -1;
    }
}
