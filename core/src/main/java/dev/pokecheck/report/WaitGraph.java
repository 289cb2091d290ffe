// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.report;

import dev.pokecheck.view.StateView;
import dev.pokecheck.view.WaitFor;
import java.util.List;
import java.util.Locale;

/** Who waits for whom at the end of a trace, drawn as a circle of CPUs. */
final class WaitGraph {
    /** Width and height. */
    static final int SIZE = 260;

    private static final double RADIUS = 85;
    private static final double CPU = 26;
    private static final double BEND = 16;

    private final StateView state;
    private final List<Integer> cycle;
    private final SvgCanvas canvas;
    private final double left;
    private final double top;

    /** Of a state, in the square whose upper left corner is given; the edges of a cycle stand out. */
    WaitGraph(StateView state, SvgCanvas canvas, double left, double top) {
        this.state = state;
        cycle = WaitFor.cycle(state);
        this.canvas = canvas;
        this.left = left;
        this.top = top;
    }

    void draw() {
        int cpus = state.cpus().size();
        for (int c = 0; c < cpus; c++) {
            if (state.waiting(c).isBlocked()) {
                int cpu = c;
                state.waiting(c).helpers().stream()
                        .map(StateView.Helper::cpu)
                        .distinct()
                        .filter(other -> other != cpu)
                        .forEach(other -> edge(cpu, other));
            }
        }
        for (int c = 0; c < cpus; c++) {
            canvas.circle(x(c), y(c), CPU, "cpu");
            canvas.text(x(c), y(c) + 4, "name middle", "cpu" + c);
        }
    }

    private double angle(int cpu) {
        return 2 * Math.PI * cpu / state.cpus().size() - Math.PI / 2;
    }

    private double x(int cpu) {
        return left + SIZE / 2.0 + RADIUS * Math.cos(angle(cpu));
    }

    private double y(int cpu) {
        return top + SIZE / 2.0 + RADIUS * Math.sin(angle(cpu));
    }

    private void edge(int from, int to) {
        double length = Math.hypot(x(to) - x(from), y(to) - y(from));
        double dx = (x(to) - x(from)) / length;
        double dy = (y(to) - y(from)) / length;
        double gap = CPU + 3;
        double startX = x(from) + gap * dx - 5 * dy;
        double startY = y(from) + gap * dy + 5 * dx;
        double endX = x(to) - gap * dx - 5 * dy;
        double endY = y(to) - gap * dy + 5 * dx;
        double midX = (x(from) + x(to)) / 2 - BEND * dy;
        double midY = (y(from) + y(to)) / 2 + BEND * dx;
        boolean inCycle = inCycle(from, to);
        canvas.path(
                String.format(Locale.ROOT, "M%.1f %.1fQ%.1f %.1f %.1f %.1f", startX, startY, midX, midY, endX, endY),
                inCycle ? "edge cycle" : "edge");
        head(endX, endY, Math.atan2(endY - midY, endX - midX), inCycle ? "head cycle" : "head");
    }

    /** An arrow head; drawn by hand, because not every program that reads SVG knows markers. */
    private void head(double x, double y, double angle, String style) {
        StringBuilder path = new StringBuilder(String.format(Locale.ROOT, "M%.1f %.1f", x, y));
        for (double side : new double[] {-0.4, 0.4}) {
            path.append(String.format(
                    Locale.ROOT, "L%.1f %.1f", x - 9 * Math.cos(angle + side), y - 9 * Math.sin(angle + side)));
        }
        canvas.path(path + "Z", style);
    }

    private boolean inCycle(int from, int to) {
        for (int i = 0; i + 1 < cycle.size(); i++) {
            if (cycle.get(i) == from && cycle.get(i + 1) == to) {
                return true;
            }
        }
        return false;
    }
}
