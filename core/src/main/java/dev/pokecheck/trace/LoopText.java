// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.trace;

import dev.pokecheck.view.StateView.Reason;
import java.util.ArrayList;
import java.util.List;

/** Who goes round in the loop of a livelock, and why the others do not help. */
final class LoopText {
    private final List<TraceStep> loop;
    private final int cpus;

    LoopText(Trace trace) {
        loop = trace.steps()
                .subList(trace.loop().orElseThrow() - 1, trace.steps().size());
        cpus = trace.start().cpus().size();
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (int c = 0; c < cpus; c++) {
            int cpu = c;
            long own = loop.stream().filter(step -> step.cpu() == cpu).count();
            lines.add(
                    "cpu" + c + " " + (own == 0 ? stands(c) : "goes round, with " + own + " of " + steps(loop.size())));
        }
        return lines;
    }

    private static String steps(int count) {
        return count == 1 ? "1 step" : count + " steps";
    }

    /** What is to be said of a CPU that takes no step in the loop. */
    private String stands(int cpu) {
        Reason reason = loop.get(0).before().waiting(cpu).reason();
        if (reason == Reason.FINISHED || reason == Reason.AT_REST) {
            return reason == Reason.FINISHED ? "has finished" : "is at rest, and may stay there";
        }
        List<Integer> free = loop.stream()
                .filter(step -> step.before().waiting(cpu).reason() == Reason.NOTHING)
                .map(TraceStep::number)
                .toList();
        return free.isEmpty()
                ? "waits all along"
                : "waits, but not all along: before step " + free.get(0)
                        + " it could go on, and nothing promises that it looks just then";
    }
}
