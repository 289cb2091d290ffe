// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How many interrupts of one kind may come.
 *
 * @param counts one number for each CPU, or a single one if it is the same for all
 */
public record InterruptBudget(List<Integer> counts) {
    /** As many as a packed state counts. */
    private static final int MOST = 7;

    /** Keeps a single number where all are equal. */
    public InterruptBudget {
        boolean same = counts.stream().distinct().count() == 1;
        counts = same ? List.of(counts.get(0)) : List.copyOf(counts);
    }

    /** The same number to each CPU. */
    public static InterruptBudget each(int count) {
        return new InterruptBudget(List.of(count));
    }

    /**
     * Reads {@code 1} or {@code 0,2,0}.
     *
     * @param name what to call it in a complaint
     * @throws IllegalArgumentException with what is wrong and what would be right
     */
    public static InterruptBudget parse(String name, String text) {
        List<Integer> counts = new ArrayList<>();
        for (String count : text.split(",", -1)) {
            if (!count.matches("[0-9]{1,4}")) {
                throw new IllegalArgumentException(
                        text.contains(",")
                                ? name + " \"" + text + "\" is no list of numbers, one for each CPU, as in 0,2,0"
                                : name + " \"" + text + "\" is not a number");
            }
            counts.add(Integer.parseInt(count));
        }
        return new InterruptBudget(counts);
    }

    /** Complains about what does not fit a number of CPUs. */
    void check(String name, int cpus) {
        for (int count : counts) {
            if (count < 0 || count > MOST) {
                throw new IllegalArgumentException(name + "=" + text() + " is outside 0.." + MOST);
            }
        }
        if (counts.size() > 1 && counts.size() != cpus) {
            throw new IllegalArgumentException(name + "=" + text() + " is for " + counts.size()
                    + " CPUs, and there are " + cpus + "; give one number for all, or one for each");
        }
    }

    /** How many may come to a CPU. */
    public int of(int cpu) {
        return counts.get(counts.size() == 1 ? 0 : cpu);
    }

    /** How many may come to the CPU with the most. */
    public int most() {
        return Collections.max(counts);
    }

    /** As many to every CPU. */
    public boolean isEven() {
        return counts.size() == 1;
    }

    /** How many may come to some CPUs together. */
    public int total(int cpus) {
        return IntStream.range(0, cpus).map(this::of).sum();
    }

    /** The same where a CPU is gone and those behind it have moved up. */
    public InterruptBudget without(int cpu) {
        List<Integer> left = new ArrayList<>(counts);
        if (!isEven()) {
            left.remove(cpu);
        }
        return new InterruptBudget(left);
    }

    /** What is one thing less, the least first: none, one less for all, and where CPUs differ, none or one less for one of them. */
    public List<InterruptBudget> smaller() {
        List<InterruptBudget> all = new ArrayList<>();
        if (most() > 0) {
            all.add(each(0));
        }
        if (isEven() && most() > 1) {
            all.add(each(most() - 1));
        }
        for (int c = 0; !isEven() && c < counts.size(); c++) {
            if (of(c) > 0) {
                all.add(with(c, 0));
            }
            if (of(c) > 1) {
                all.add(with(c, of(c) - 1));
            }
        }
        return all.stream().filter(budget -> !budget.equals(this)).distinct().toList();
    }

    private InterruptBudget with(int cpu, int count) {
        List<Integer> changed = new ArrayList<>(counts);
        changed.set(cpu, count);
        return new InterruptBudget(changed);
    }

    /** It in scenarios: {@code 1} or {@code 0,2,0}. */
    public String text() {
        return counts.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    /** It in words: {@code 1 NMI a CPU}, or {@code 2 NMI on cpu1}. */
    public String words(String what) {
        if (isEven()) {
            return most() + " " + what + " a CPU";
        }
        return IntStream.range(0, counts.size())
                .filter(c -> of(c) > 0)
                .mapToObj(c -> of(c) + " " + what + " on cpu" + c)
                .collect(Collectors.joining(", "));
    }
}
