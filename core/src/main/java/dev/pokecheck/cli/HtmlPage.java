// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.minimize.CriticalSwap;
import dev.pokecheck.property.Property;
import dev.pokecheck.report.HtmlTimeline;
import dev.pokecheck.report.HtmlTimeline.About;
import dev.pokecheck.schedule.RecordingScheduler;
import dev.pokecheck.schedule.ReplayScheduler;
import dev.pokecheck.schedule.Walk;
import dev.pokecheck.trace.Step;
import dev.pokecheck.trace.TextTimeline;
import dev.pokecheck.trace.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Writes the page of a trace, with what the command knows about it. */
final class HtmlPage {
    /** Where the text begins in a line of {@link Head}. */
    private static final int TEXT = 11;

    private HtmlPage() {}

    /**
     * Writes it.
     *
     * @param sentence the verdict
     * @param command how to replay it; empty if it was not saved
     */
    static void write(Path file, CatalogEntry entry, Machine machine, Trace trace, String sentence, String command) {
        List<List<String>> facts = Head.lines(entry, machine).stream()
                .map(line -> List.of(line.substring(0, TEXT).strip(), line.substring(TEXT)))
                .toList();
        About about = new About(
                entry.fullName(),
                sentence,
                facts,
                TextTimeline.ending(trace),
                decides(machine.unreduced(), trace),
                command);
        try {
            Files.writeString(file, HtmlTimeline.of(trace, machine.protocol(), about));
        } catch (IOException e) {
            throw new UsageException("--html: " + file + " cannot be written: " + e.getMessage());
        }
    }

    private static List<String> decides(Machine machine, Trace trace) {
        Optional<Property> property = switch (trace.end()) {
            case INCIDENT -> trace.incidents().stream().findFirst().map(Property::of);
            case DEADLOCK -> Optional.of(Property.DEADLOCK);
            case COMPLETE, LIVELOCK, OPEN -> Optional.empty();
        };
        return property.flatMap(it -> CriticalSwap.of(machine, actions(machine, trace), it))
                .map(CriticalSwap::text)
                .orElse(List.of());
    }

    private static int[] actions(Machine machine, Trace trace) {
        List<String> names = trace.steps().stream().map(Step::action).toList();
        RecordingScheduler recording = new RecordingScheduler(new ReplayScheduler(machine, names));
        new Walk(machine, new Walk.Limits(0, Integer.MAX_VALUE, true)).run(recording, 0);
        return recording.actions();
    }
}
