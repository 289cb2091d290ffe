// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.lincheck;

import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/** Runs a protocol in several ways at once, under one schedule, and says where they part. */
final class Lockstep {
    /** So many steps in a schedule at most: a handler that goes back to its breakpoint may do so for ever. */
    private static final int LONGEST = 300;

    private Lockstep() {}

    /**
     * What a run came to.
     *
     * @param last what all answered at last
     * @param difference where they parted; empty if they did not
     */
    record Result(String last, String difference) {
        boolean differs() {
            return !difference.isEmpty();
        }
    }

    /** Runs under the schedule of a seed until all CPUs wait, or something goes wrong. */
    static Result run(int cpus, long seed, List<Way> ways) {
        Random random = new Random(seed);
        TreeSet<Integer> waiting = new TreeSet<>();
        String last = Way.RAN;
        for (int n = 0; n < LONGEST && waiting.size() < cpus; n++) {
            int cpu = random.nextInt(cpus);
            List<String> steps = ways.stream().map(way -> step(way, cpu)).toList();
            List<String> states = ways.stream().map(Way::state).toList();
            last = steps.get(0);
            if (differ(steps)) {
                return new Result(last, difference(n, cpu, steps));
            }
            if (last.equals(Way.WAITS)) {
                waiting.add(cpu);
            } else if (!last.equals(Way.RAN)) {
                break;
            } else if (differ(states)) {
                return new Result(last, difference(n, cpu, states));
            } else {
                waiting.clear();
            }
        }
        return new Result(last, "");
    }

    private static boolean differ(List<String> answers) {
        return answers.stream().distinct().count() > 1;
    }

    private static String step(Way way, int cpu) {
        try {
            return way.step(cpu);
        } catch (RuntimeException e) {
            return "breaks: " + e;
        }
    }

    private static String difference(int step, int cpu, List<String> answers) {
        return "step " + step + " of cpu" + cpu + "\n  " + String.join("\n  ", answers) + "\n";
    }
}
