// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.minimize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A schedule: its actions and, number by number, their names. */
final class Steps {
    private final int[] actions;
    private final List<String> names;

    Steps(int[] actions, List<String> names) {
        this.actions = actions;
        this.names = names;
    }

    int size() {
        return actions.length;
    }

    int[] actions() {
        return actions;
    }

    int action(int i) {
        return actions[i];
    }

    List<String> names() {
        return names;
    }

    String name(int i) {
        return names.get(i);
    }

    /** The steps whose numbers are not marked. */
    Steps without(boolean[] dropped) {
        int[] kept = new int[actions.length];
        List<String> keptNames = new ArrayList<>();
        for (int i = 0; i < actions.length; i++) {
            if (!dropped[i]) {
                kept[keptNames.size()] = actions[i];
                keptNames.add(names.get(i));
            }
        }
        return new Steps(Arrays.copyOf(kept, keptNames.size()), keptNames);
    }

    /** The steps in another order: {@code order[i]} is the number that the i-th has here. */
    Steps ordered(int[] order) {
        int[] moved = new int[order.length];
        List<String> movedNames = new ArrayList<>();
        for (int i = 0; i < order.length; i++) {
            moved[i] = actions[order[i]];
            movedNames.add(names.get(order[i]));
        }
        return new Steps(moved, movedNames);
    }
}
