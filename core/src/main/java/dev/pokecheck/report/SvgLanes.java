// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.report;

import dev.pokecheck.cpu.ContextKind;
import dev.pokecheck.text.Site;
import dev.pokecheck.trace.FetchedCode;
import dev.pokecheck.trace.Fold;
import dev.pokecheck.trace.Row;
import dev.pokecheck.trace.Rows;
import dev.pokecheck.trace.StateChange;
import dev.pokecheck.trace.Trace;
import dev.pokecheck.view.StateView;
import dev.pokecheck.view.StateView.Cpu;
import dev.pokecheck.view.StateView.Patch;
import java.util.List;
import java.util.stream.Stream;

/** The lanes of the CPUs in a picture: their contexts as bars, their steps as text, time downwards. */
final class SvgLanes {
    private static final double BAR = 5;
    private static final double MARGIN = 58;
    private static final int NARROWEST = 30;
    private static final int WIDEST = 58;
    /** What bytes take more than a line of text, above and below. */
    private static final double AIR = 4;

    private final Trace trace;
    private final SvgCanvas canvas;
    private final SvgBytes bytes;
    private final List<Row> rows;
    private final int chars;
    private final double laneWidth;
    private double y;

    SvgLanes(Trace trace, SvgCanvas canvas) {
        this.trace = trace;
        this.canvas = canvas;
        bytes = new SvgBytes(canvas);
        rows = Rows.of(trace);
        int longest = rows.stream()
                .flatMap(row -> Stream.concat(Stream.of(joined(row)), row.details().stream()))
                .mapToInt(String::length)
                .max()
                .orElse(0);
        chars = Math.max(NARROWEST, Math.min(WIDEST, longest + 1));
        laneWidth = chars * SvgCanvas.CHAR + bars(trace) + 14;
    }

    /** How wide they are, from the left border on. */
    double width() {
        return MARGIN + cpus() * laneWidth;
    }

    private int cpus() {
        return trace.start().cpus().size();
    }

    /** The contexts above the thread. */
    static List<ContextKind> contexts(Cpu cpu) {
        return cpu.contexts().stream()
                .map(StateView.Context::kind)
                .filter(kind -> kind != ContextKind.THREAD)
                .toList();
    }

    /** How a context is drawn: an IPI as what it is, a maskable interrupt. */
    static String style(ContextKind kind) {
        return (kind == ContextKind.IPI ? ContextKind.IRQ : kind).text();
    }

    /** The room that the deepest stack of contexts needs. */
    private static double bars(Trace trace) {
        int deepest = trace.steps().stream()
                .flatMap(step -> step.after().cpus().stream())
                .mapToInt(cpu -> contexts(cpu).size())
                .max()
                .orElse(0);
        return BAR * (deepest + 1);
    }

    private double left(int cpu) {
        return SvgTimeline.BORDER + MARGIN + cpu * laneWidth;
    }

    private double text(int cpu) {
        return left(cpu) + bars(trace) + 6;
    }

    /** Draws them below a line; returns where they end. */
    double draw(double from) {
        y = from;
        double top = y - SvgCanvas.LINE + 4;
        canvas.text(SvgTimeline.BORDER + MARGIN - 10, y, "dim end", "step");
        for (int c = 0; c < cpus(); c++) {
            canvas.text(text(c), y, "name", "cpu" + c);
        }
        y += 6;
        canvas.line(SvgTimeline.BORDER, y, left(cpus()), y, "rule strong");
        for (Row row : rows) {
            draw(row);
        }
        trace.loop().ifPresent(first -> {
            y += SvgCanvas.LINE;
            canvas.text(SvgTimeline.BORDER, y, "bad", "back to step " + first + ", for ever");
            y += 4;
        });
        for (int c = 0; c < cpus(); c++) {
            canvas.line(left(c), top, left(c), y, "rule");
        }
        return y;
    }

    private void draw(Row row) {
        if (row.beginsLoop()) {
            y += SvgCanvas.LINE;
            canvas.text(SvgTimeline.BORDER, y, "bad", "from here on, the same steps for ever: nothing completes");
            y += 4;
            canvas.line(SvgTimeline.BORDER, y, left(cpus()), y, "rule loop");
        }
        double top = y;
        row.other().ifPresent(other -> other(other, top));
        moving(row);
        double above = row.other()
                .map(other -> top + lines(otherText(other)) * SvgCanvas.LINE)
                .orElse(top);
        y = Math.max(y, above) + 5;
        for (int c = 0; c < cpus(); c++) {
            List<ContextKind> contexts = contexts(row.first().before().cpus().get(c));
            for (int i = 0; i < contexts.size(); i++) {
                canvas.box(left(c) + 2 + i * BAR, top, BAR - 1, y - top, style(contexts.get(i)));
            }
        }
        canvas.line(SvgTimeline.BORDER, y, left(cpus()), y, "rule");
    }

    private static String otherText(Row.Other other) {
        return other.why().isEmpty() ? "\u22ee" : "(" + other.why() + ")";
    }

    private int lines(String text) {
        return Fold.lines(text, chars).size();
    }

    private void other(Row.Other other, double top) {
        double line = top;
        for (String part : Fold.lines(otherText(other), chars)) {
            line += SvgCanvas.LINE;
            canvas.line(text(other.cpu()), line, "dim", part);
        }
    }

    private void moving(Row row) {
        canvas.text(SvgTimeline.BORDER + MARGIN - 10, y + SvgCanvas.LINE, "dim end", row.number());
        if (!row.path().isEmpty()) {
            lines(row.cpu(), "dim", "\u00bb " + String.join(" \u00bb ", row.path()));
        }
        if (lines(joined(row)) > 1 && !row.tail().isEmpty()) {
            lines(row.cpu(), "code", row.source());
            lines(row.cpu(), "dim", "    " + row.tail());
        } else {
            lines(row.cpu(), "code", joined(row));
        }
        row.first().fetched().ifPresent(code -> fetched(row.cpu(), code));
        for (StateChange change : row.text()) {
            Site site = site(change.what());
            y += SvgCanvas.LINE + AIR;
            canvas.text(text(row.cpu()) + 2 * SvgCanvas.CHAR, y, "dim", change.what());
            bytes.draw(
                    text(row.cpu()) + (change.what().length() + 3) * SvgCanvas.CHAR,
                    y,
                    site,
                    change.old(),
                    change.now());
            y += AIR;
        }
        row.details().forEach(detail -> lines(row.cpu(), "dim", "  " + detail));
        row.last().incidents().forEach(incident -> incident(row.cpu(), incident.text()));
    }

    private Site site(String name) {
        return trace.start().patches().stream()
                .map(Patch::site)
                .filter(site -> site.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String joined(Row row) {
        return row.tail().isEmpty() ? row.source() : row.source() + "  " + row.tail();
    }

    private void lines(int cpu, String style, String text) {
        for (String part : Fold.lines(text, chars)) {
            y += SvgCanvas.LINE;
            canvas.line(text(cpu), y, style, part);
        }
    }

    private void incident(int cpu, String text) {
        List<String> parts = Fold.lines(text, chars - 2);
        canvas.box(text(cpu) - 2, y + 5, (chars + 1) * SvgCanvas.CHAR, parts.size() * SvgCanvas.LINE + 4, "incident");
        y += 3;
        for (String part : parts) {
            y += SvgCanvas.LINE;
            canvas.line(text(cpu) + 4, y, "bad", part);
        }
        y += 4;
    }

    private void fetched(int cpu, FetchedCode code) {
        y += SvgCanvas.LINE + AIR;
        canvas.text(text(cpu) + 2 * SvgCanvas.CHAR, y, "dim", "fetches");
        double end =
                bytes.draw(text(cpu) + 10 * SvgCanvas.CHAR, y, code.site(), code.offset(), code.bytes(), code.isTorn());
        canvas.text(end + SvgCanvas.CHAR, y, code.isTorn() ? "bad" : "dim", code.verdict());
        y += AIR;
        if (!code.breakpoint()) {
            lines(cpu, "code", " ".repeat(10) + code.disassembly());
        }
        if (code.isStale()) {
            y += SvgCanvas.LINE + AIR;
            canvas.text(text(cpu) + 2 * SvgCanvas.CHAR, y, "dim", "memory");
            bytes.draw(text(cpu) + 10 * SvgCanvas.CHAR, y, code.site(), code.offset(), code.memory(), false);
            y += AIR;
        }
    }
}
