// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.trace;

import dev.pokecheck.insn.Printer;
import dev.pokecheck.text.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where the bytes of an executed instruction come from: which version, and since or until when they stood in memory. */
final class FetchedBytes {
    private static final String INDENT = "  ";

    private final Trace trace;
    private final TraceStep step;
    private final FetchedCode code;
    private final Site site;
    private final int width;

    FetchedBytes(Trace trace, TraceStep step, FetchedCode code) {
        this.trace = trace;
        this.step = step;
        this.code = code;
        site = code.site();
        width = Math.max(CodeBytes.length(code.bytes()), site.length() - code.offset()) * 3 - 1;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("");
        for (int v = 0; v < site.versions(); v++) {
            String hex = CodeBytes.part(Printer.hex(site.bytes(v)), code.offset(), site.length() - code.offset());
            String meaning = site.isBoundary(v, code.offset())
                    ? Printer.att(site.bytes(v), code.offset(), site.length(), site.address() + code.offset())
                    : inside(v);
            lines.add(line(VersionNames.of(site, v), hex, meaning));
        }
        lines.add(line("executed", code.bytes(), code.disassembly()));
        lines.add(line("", marks(), "byte by byte: " + legend()));
        lines.add("");
        lines.addAll(times());
        return lines;
    }

    /** The instruction of a version that lies over the place where this one began, or the last before it if it lies in data. */
    private String inside(int version) {
        int start = code.offset();
        while (!site.isBoundary(version, start)) {
            start--;
        }
        boolean data = start + site.instruction(version, start).length() <= code.offset();
        return (data ? "(data after " : "(inside ")
                + Printer.att(site.bytes(version), start, site.length(), site.address() + start) + ")";
    }

    private String line(String name, String hex, String meaning) {
        return String.format(Locale.ROOT, "%s%-9s %-" + width + "s   %s", INDENT, name, hex, meaning);
    }

    private String letter(int position) {
        String seen = CodeBytes.at(code.bytes(), position);
        List<Integer> versions = new ArrayList<>();
        for (int v = 0; v < site.versions(); v++) {
            if (Printer.hex(site.at(v, code.offset() + position)).equals(seen)) {
                versions.add(v);
            }
        }
        if (versions.isEmpty()) {
            return " ?";
        }
        if (versions.size() == site.versions()) {
            return " =";
        }
        int v = versions.get(0);
        return site.versions() > 2 ? "v" + v : v == 0 ? " o" : " n";
    }

    private String marks() {
        List<String> marks = new ArrayList<>();
        for (int i = 0; i < CodeBytes.length(code.bytes()); i++) {
            marks.add(letter(i));
        }
        return String.join(" ", marks);
    }

    private String legend() {
        return site.versions() > 2 ? "v1 version 1, = all versions, ? none" : "o old, n new, = both, ? neither";
    }

    /** For each run of bytes with the same history, one line; then when the CPU serialized. */
    List<String> times() {
        List<String> lines = new ArrayList<>();
        int count = CodeBytes.length(code.bytes());
        int from = 0;
        while (from < count) {
            List<Moment> moments = new ArrayList<>();
            moments.add(moment(from));
            int to = from + 1;
            while (to < count && moments.get(0).joins(moment(to))) {
                moments.add(moment(to++));
            }
            String which = to == from + 1
                    ? "byte  +" + (code.offset() + from)
                    : "bytes +" + (code.offset() + from) + "..+" + (code.offset() + to - 1);
            lines.add(String.format(Locale.ROOT, "%s%-14s %s", INDENT, which, Moment.text(moments)));
            from = to;
        }
        lines.add(INDENT + serialization());
        return lines;
    }

    /** When a byte that was seen stood in memory: the step that brought it, or the one that ended it. */
    private Moment moment(int position) {
        int at = code.offset() + position;
        String seen = CodeBytes.at(code.bytes(), position);
        List<StateChange> stores = new ArrayList<>();
        List<TraceStep> by = new ArrayList<>();
        for (TraceStep earlier : trace.steps().subList(0, step.number() - 1)) {
            for (StateChange change : earlier.changes(StateChange.Kind.TEXT)) {
                boolean here = change.what().equals(site.name())
                        && !CodeBytes.at(change.old(), at).equals(CodeBytes.at(change.now(), at));
                if (here) {
                    stores.add(change);
                    by.add(earlier);
                }
            }
        }
        for (int i = stores.size() - 1; i >= 0; i--) {
            if (CodeBytes.at(stores.get(i).now(), at).equals(seen)) {
                boolean present = i == stores.size() - 1;
                return new Moment(!present, Optional.of(by.get(present ? i : i + 1)));
            }
        }
        return new Moment(!stores.isEmpty(), by.stream().findFirst());
    }

    private String serialization() {
        int last = 0;
        for (TraceStep earlier : trace.steps().subList(0, step.number() - 1)) {
            boolean here = earlier.changes(StateChange.Kind.SERIALIZED).stream().anyMatch(c -> c.cpu() == step.cpu());
            last = here ? earlier.number() : last;
        }
        return "cpu" + step.cpu()
                + (last == 0 ? " has not serialized since the start" : " serialized last in step " + last);
    }
}
