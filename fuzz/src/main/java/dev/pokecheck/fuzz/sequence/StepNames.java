// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.sequence;

import dev.pokecheck.machine.Machine;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names of the steps of one machine, remembered. The name of a step depends on the action and on the part of the state that belongs to its
 * CPU: the context on top and where it is, and the oldest entry of the store buffer. So that is what a name is remembered by, in full. That this is
 * so is checked: {@link #fresh} makes the name anew and compares. Looking a known name up allocates nothing.
 */
final class StepNames {
    /** So many names are remembered, then they are forgotten, so that a machine that is kept stays small. */
    private static final int MOST = 1 << 13;

    private static final int FIRST_SLOTS = 256;

    private final Machine machine;
    private final int firstCpu;
    /** The words of the part of one CPU. */
    private final int words;

    private final Map<String, HeardStep> byName = new HashMap<>();
    /** For each slot the words of a CPU, then the action. */
    private long[] keys;

    private @Nullable HeardStep[] steps;
    private int count;

    StepNames(Machine machine) {
        this.machine = machine;
        int[] starts = machine.partStarts();
        if (starts.length != machine.agents() + 1 || (machine.words() - starts[1]) % machine.agents() != 0) {
            throw new IllegalStateException("the parts of a state begin at " + Arrays.toString(starts) + " of "
                    + machine.words() + " words, which is not one part per CPU after a shared one");
        }
        firstCpu = starts[1];
        words = (machine.words() - firstCpu) / machine.agents();
        keys = new long[FIRST_SLOTS * (words + 1)];
        steps = new HeardStep[FIRST_SLOTS];
    }

    /** The step that an enabled action is. */
    HeardStep of(long[] state, int action) {
        int from = firstCpu + machine.agent(action) * words;
        HeardStep known = steps[slot(state, from, action)];
        return known == null ? remember(state, from, action) : known;
    }

    /**
     * The step that an enabled action is, with its name made anew.
     *
     * @throws IllegalStateException if it is remembered by another name
     */
    HeardStep fresh(long[] state, int action) {
        HeardStep known = of(state, action);
        String name = machine.describe(state, action);
        if (!known.name.equals(name)) {
            throw new IllegalStateException("the step " + name + " is remembered as " + known.name);
        }
        return known;
    }

    private HeardStep remember(long[] state, int from, int action) {
        if (count == MOST) {
            byName.clear();
            Arrays.fill(steps, null);
            count = 0;
        }
        if (2 * (count + 1) > steps.length) {
            grow();
        }
        HeardStep step = byName.computeIfAbsent(machine.describe(state, action), HeardStep::of);
        put(state, from, action, step);
        count++;
        return step;
    }

    private void grow() {
        long[] oldKeys = keys;
        @Nullable HeardStep[] oldSteps = steps;
        keys = new long[2 * oldKeys.length];
        steps = new HeardStep[2 * oldSteps.length];
        for (int old = 0; old < oldSteps.length; old++) {
            HeardStep step = oldSteps[old];
            if (step != null) {
                int from = old * (words + 1);
                put(oldKeys, from, (int) oldKeys[from + words], step);
            }
        }
    }

    private void put(long[] key, int from, int action, HeardStep step) {
        int slot = slot(key, from, action);
        int to = slot * (words + 1);
        System.arraycopy(key, from, keys, to, words);
        keys[to + words] = action;
        steps[slot] = step;
    }

    /** Where a key is, or where there is room for it. */
    private int slot(long[] key, int from, int action) {
        long hash = action;
        for (int word = from; word < from + words; word++) {
            hash = (hash ^ key[word]) * 0xbf58476d1ce4e5b9L;
            hash ^= hash >>> 32;
        }
        int slot = (int) hash & (steps.length - 1);
        while (steps[slot] != null && !isAt(slot, key, from, action)) {
            slot = (slot + 1) & (steps.length - 1);
        }
        return slot;
    }

    private boolean isAt(int slot, long[] key, int from, int action) {
        int at = slot * (words + 1);
        return keys[at + words] == action && Arrays.equals(keys, at, at + words, key, from, from + words);
    }
}
