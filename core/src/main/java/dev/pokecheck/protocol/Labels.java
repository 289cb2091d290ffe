// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.TreeSet;

/** The names of the steps of one routine: each once, with the functions that it lies in before it. */
final class Labels {
    /** Events that can be enabled together with a step of the same context, by their names in schedules. */
    static final List<String> RESERVED = List.of("nmi", "irq", "mc", "ipi", "stop", "suspended");

    private final String routine;
    private final TreeSet<String> given = new TreeSet<>();
    private final Deque<String> prefixes = new ArrayDeque<>();

    Labels(String routine) {
        this.routine = routine;
    }

    /** The labels that follow have a prefix more. */
    void enter(String prefix) {
        prefixes.addLast(prefix);
    }

    /** They have it no longer. */
    void leave() {
        prefixes.removeLast();
    }

    /**
     * The full name of a step.
     *
     * @throws IllegalArgumentException if it is no label, is that of an event of the machine, or is given already
     */
    String of(String label) {
        if (!isLabel(label)) {
            throw new IllegalArgumentException(routine + ": \"" + label + "\" is no label; use letters, digits, . _ -");
        }
        if (prefixes.isEmpty() && RESERVED.contains(label)) {
            throw new IllegalArgumentException(
                    routine + ": \"" + label + "\" is the name of an event of the machine; give the step another");
        }
        return unique(label);
    }

    private static boolean isLabel(String label) {
        for (int i = 0; i < label.length(); i++) {
            char c = label.charAt(i);
            if (c <= ' ' || c == '[' || c == '#') {
                return false;
            }
        }
        return !label.isEmpty();
    }

    /** The same for a name that cannot be taken for anything else. */
    String unique(String label) {
        StringBuilder full = new StringBuilder();
        for (String prefix : prefixes) {
            full.append(prefix).append('.');
        }
        full.append(label);
        if (!given.add(full.toString())) {
            throw new IllegalArgumentException(
                    routine + ": the label " + full + " is used twice; give each step its own");
        }
        return full.toString();
    }
}
