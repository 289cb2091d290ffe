// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.report;

import dev.pokecheck.cpu.ContextKind;
import dev.pokecheck.insn.Printer;
import dev.pokecheck.text.Site;
import dev.pokecheck.trace.Fold;
import dev.pokecheck.trace.TextTimeline;
import dev.pokecheck.trace.Trace;
import dev.pokecheck.trace.VersionNames;
import dev.pokecheck.trace.VersionText;
import dev.pokecheck.view.StateView.Patch;
import java.util.ArrayList;
import java.util.List;

/**
 * A trace as a picture for a paper or a README (SVG 1.1): a lane for each CPU, time downwards, the contexts of each CPU as bars along its lane, the
 * bytes of sites coloured by version, and at the end what went wrong, with the graph of who waits for whom of a deadlock.
 *
 * <p>Light, or dark where the viewer prefers that and the program that draws it can ask. Text is set in a monospaced font that is six tenths as wide
 * as high; with another font it may run over.
 */
public final class SvgTimeline {
    static final double BORDER = 16;
    private static final double CHAR = SvgCanvas.CHAR;
    private static final double LINE = SvgCanvas.LINE;
    private static final int TEXT = 96;

    private final Trace trace;
    private final SvgCanvas canvas = new SvgCanvas();
    private final SvgBytes bytes = new SvgBytes(canvas);
    private final SvgLanes lanes;
    private final double width;
    private double y = BORDER + LINE;

    private SvgTimeline(Trace trace) {
        this.trace = trace;
        lanes = new SvgLanes(trace, canvas);
        width = 2 * BORDER + Math.max(lanes.width(), TEXT * CHAR);
    }

    /**
     * The picture.
     *
     * @param notes what else is known, such as the critical pair of steps
     */
    public static String of(Trace trace, List<String> notes) {
        return new SvgTimeline(trace).picture(notes);
    }

    private String picture(List<String> notes) {
        String title = trace.protocol() + ": " + TextTimeline.title(trace);
        heading(title);
        y = lanes.draw(y);
        ending(notes);
        return canvas.document(width, y + BORDER, title, Resources.text("timeline-svg.css"));
    }

    private void heading(String title) {
        canvas.text(BORDER, y, "title", title);
        y += 1.5 * LINE;
        for (Patch patch : trace.start().patches()) {
            Site site = patch.site();
            for (int v = 0; v < site.versions(); v++) {
                canvas.text(BORDER, y, "dim", v == 0 ? site.name() : "");
                canvas.text(BORDER + 8 * CHAR, y, "dim", VersionNames.of(site, v));
                double x = bytes.draw(BORDER + 12 * CHAR, y, site, 0, Printer.hex(site.bytes(v)), false);
                canvas.text(x + CHAR, y, "code", VersionText.of(site, v));
                y += 1.25 * LINE;
            }
        }
        for (String line : Fold.lines(TextTimeline.assumptions(trace.scenario()), TEXT)) {
            canvas.text(BORDER, y, "dim", line);
            y += LINE;
        }
        double x = BORDER;
        for (ContextKind kind : List.of(
                ContextKind.STOPPER,
                ContextKind.IRQ,
                ContextKind.IPI,
                ContextKind.BP,
                ContextKind.NMI,
                ContextKind.MC)) {
            if (happens(kind)) {
                canvas.box(x, y - LINE + 5, 5, LINE - 3, SvgLanes.style(kind));
                canvas.text(x + 9, y, "dim", kind.text());
                x += 8 * CHAR;
            }
        }
        y += x > BORDER ? 1.5 * LINE : LINE / 2;
    }

    private boolean happens(ContextKind kind) {
        return trace.steps().stream()
                .flatMap(step -> step.after().cpus().stream())
                .anyMatch(cpu -> SvgLanes.contexts(cpu).contains(kind));
    }

    private void ending(List<String> notes) {
        y += LINE / 2;
        double top = y;
        boolean waits = trace.end() == Trace.End.DEADLOCK;
        int room = (int) ((width - 2 * BORDER - (waits ? WaitGraph.SIZE : 0)) / CHAR);
        List<String> lines = new ArrayList<>(TextTimeline.ending(trace));
        lines.add("");
        lines.addAll(notes);
        lines.stream()
                .flatMap(line -> Fold.lines(line, Math.max(room, TEXT / 2)).stream())
                .forEach(line -> {
                    y += LINE;
                    canvas.line(BORDER, y, "code", line);
                });
        if (waits) {
            new WaitGraph(trace.last(), canvas, width - BORDER - WaitGraph.SIZE, top).draw();
            y = Math.max(y, top + WaitGraph.SIZE);
        }
    }
}
