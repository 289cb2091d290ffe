// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.session;

import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.corpus.Corpus;
import dev.pokecheck.corpus.Entry;
import dev.pokecheck.corpus.Expectation;
import dev.pokecheck.corpus.Fingerprint;
import dev.pokecheck.corpus.Replay;
import dev.pokecheck.corpus.ReplayResult;
import dev.pokecheck.corpus.ScenarioText;
import dev.pokecheck.explore.Shortcuts;
import dev.pokecheck.explore.StuckState;
import dev.pokecheck.fuzz.Canary;
import dev.pokecheck.fuzz.Claims;
import dev.pokecheck.fuzz.Menu;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.minimize.CriticalSwap;
import dev.pokecheck.minimize.Minimized;
import dev.pokecheck.minimize.Minimizer;
import dev.pokecheck.property.Property;
import dev.pokecheck.trace.TextTimeline;
import dev.pokecheck.trace.Tracer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes findings from where fuzzing processes leave them, and keeps them: replayed, minimised, one for each symptom. */
final class Findings {
    private final Path out;
    private final List<String> kept = new ArrayList<>();
    private final List<String> promises = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();
    private int duplicates;
    private boolean canary;

    Findings(Path out) {
        this.out = out;
    }

    /** Takes one finding, and removes its file when it is kept. */
    void take(Path file) throws IOException {
        Entry entry = Corpus.read(file);
        CatalogEntry protocol = Menu.find(entry.protocol());
        Machine machine =
                new Machine(entry.scenario(), protocol.record(entry.scenario().setting()));
        Replay replay = new Replay(entry, machine, state -> StuckState.isStuck(machine, state));
        ReplayResult result = replay.run();
        if (result.outcome() != ReplayResult.Outcome.REPRODUCED) {
            broken.add(file + " does not replay: " + result.message());
            Files.move(file, file.resolveSibling(file.getFileName() + ".broken"));
            return;
        }
        Property property = ((Expectation.Violated) entry.expectation()).property();
        Minimized minimized = Minimizer.of(scenario -> new Machine(scenario, protocol.record(scenario.setting())))
                .shortener(Shortcuts.quick()::shorten)
                .stuck(StuckState::isStuck)
                .minimize(machine, replay.actions(), property)
                .orElseThrow(() -> new IllegalStateException(file + " has just been replayed and cannot be minimised"));
        if (protocol.name().equals(Canary.NAME)) {
            canary = true;
        } else {
            keep(entry, property, minimized);
        }
        Files.delete(file);
    }

    private void keep(Entry entry, Property property, Minimized minimized) throws IOException {
        String name = minimized.symptom().slug() + "+" + entry.protocol().replace('@', '-');
        boolean promised = Claims.of(entry.protocol(), entry.scenario())
                .filter(property::forbiddenAt)
                .isPresent();
        if (promised) {
            promises.add(name + ": " + entry.protocol() + " promises that this does not happen in: "
                    + ScenarioText.print(entry.scenario()));
        }
        Files.createDirectories(out);
        Path file = out.resolve(name + Corpus.SUFFIX);
        if (Files.exists(file) && stepsOf(file) <= minimized.steps().size()) {
            duplicates++;
            return;
        }
        Entry smaller = new Entry(
                List.of(
                        "Found by fuzzing: " + minimized.symptom().text() + ".",
                        "Minimised: " + minimized.before().text() + " -> "
                                + minimized.after().text() + "."),
                entry.protocol(),
                minimized.scenario(),
                entry.expectation(),
                Optional.of(Fingerprint.of(minimized.machine().protocol())),
                Optional.of(minimized.steps()));
        Files.writeString(out.resolve(name + ".txt"), timeline(minimized), StandardCharsets.UTF_8);
        Corpus.write(file, smaller);
        kept.add(name);
    }

    private static int stepsOf(Path file) {
        return Corpus.read(file).schedule().orElse(List.of()).size();
    }

    private static String timeline(Minimized minimized) {
        List<String> decides =
                CriticalSwap.of(minimized).map(CriticalSwap::text).orElse(List.of());
        return TextTimeline.of(Tracer.run(minimized.machine(), minimized.schedule()))
                + (decides.isEmpty() ? "" : "\n" + String.join("\n", decides) + "\n");
    }

    /** Keeps an input of a target whose inputs fail by themselves. */
    void keepInput(Path input, String target, String problem) throws IOException {
        Files.createDirectories(out);
        String name = target + "+" + input.getFileName();
        Files.copy(input, out.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(out.resolve(name + ".txt"), problem + "\n", StandardCharsets.UTF_8);
        promises.add(name + ": " + problem);
    }

    /** Whether the canary was among them. */
    boolean canary() {
        return canary;
    }

    /** The names of new files. */
    List<String> kept() {
        return kept;
    }

    /** What must not happen and did. */
    List<String> promises() {
        return promises;
    }

    /** What is wrong with the tool itself. */
    List<String> broken() {
        return broken;
    }

    /** Findings of a symptom that has a file already. */
    int duplicates() {
        return duplicates;
    }
}
