// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.print;

import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.hardware.HardwareProfile;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.minimize.CriticalSwap;
import dev.pokecheck.property.Incident;
import dev.pokecheck.property.Property;
import dev.pokecheck.report.HtmlTimeline;
import dev.pokecheck.report.HtmlTimeline.About;
import dev.pokecheck.report.SvgTimeline;
import dev.pokecheck.schedule.RecordingScheduler;
import dev.pokecheck.schedule.ReplayScheduler;
import dev.pokecheck.schedule.Walk;
import dev.pokecheck.trace.TextTimeline;
import dev.pokecheck.trace.Trace;
import dev.pokecheck.trace.TraceStep;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Pictures of a trace, to files.
 *
 * @param html where a page for a browser goes, if one is asked for
 * @param svg where a picture for a paper goes, if one is asked for
 */
public record PictureFiles(Optional<Path> html, Optional<Path> svg) {
    /** Where the text begins in a line of {@link Head}. */
    private static final int TEXT = 11;

    /** The files that are asked for, by the options that name them. */
    public Map<String, Path> targets() {
        Map<String, Path> targets = new LinkedHashMap<>();
        html.ifPresent(file -> targets.put("--html", file));
        svg.ifPresent(file -> targets.put("--svg", file));
        return targets;
    }

    /** Whether a picture is asked for. */
    public boolean isWanted() {
        return html.isPresent() || svg.isPresent();
    }

    /**
     * Writes what is asked for.
     *
     * @param hardware the hardware profile that was asked for
     * @param sentence the verdict
     * @param command how to replay it; empty if it was not saved
     * @return lines that say what was written
     */
    public List<String> write(
            CatalogEntry entry,
            Machine machine,
            Optional<HardwareProfile> hardware,
            Trace trace,
            String sentence,
            String command) {
        List<String> written = new ArrayList<>();
        if (!isWanted()) {
            return written;
        }
        List<String> decides = decides(machine.unreduced(), trace);
        html.ifPresent(file -> {
            About about = new About(
                    entry.fullName(),
                    sentence,
                    facts(entry, machine, hardware),
                    TextTimeline.ending(trace),
                    decides,
                    command);
            TextFile.write("--html", file, HtmlTimeline.of(trace, machine.protocol(), about));
            written.add("page       " + file);
        });
        svg.ifPresent(file -> {
            TextFile.write("--svg", file, SvgTimeline.of(trace, decides));
            written.add("picture    " + file);
        });
        return written;
    }

    private static List<List<String>> facts(CatalogEntry entry, Machine machine, Optional<HardwareProfile> hardware) {
        return Stream.concat(Head.lines(entry, machine, hardware).stream(), Head.notModelled(machine).stream())
                .map(line -> List.of(line.substring(0, TEXT).strip(), line.substring(TEXT)))
                .toList();
    }

    private static List<String> decides(Machine machine, Trace trace) {
        Optional<Property> property = switch (trace.end()) {
            case INCIDENT -> trace.incidents().stream().findFirst().map(Incident::property);
            case DEADLOCK -> Optional.of(Property.DEADLOCK);
            case COMPLETE, LIVELOCK, OPEN -> Optional.empty();
        };
        return property.flatMap(it -> CriticalSwap.of(machine, actions(machine, trace), it))
                .map(CriticalSwap::text)
                .orElse(List.of());
    }

    private static int[] actions(Machine machine, Trace trace) {
        List<String> names = trace.steps().stream().map(TraceStep::action).toList();
        RecordingScheduler recording = new RecordingScheduler(new ReplayScheduler(machine, names));
        new Walk(machine, new Walk.Limits(0, Integer.MAX_VALUE, true)).run(recording, 0);
        return recording.actions();
    }
}
