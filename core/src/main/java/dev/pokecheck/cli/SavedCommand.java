// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.corpus.Fingerprint;
import dev.pokecheck.corpus.ScenarioText;
import dev.pokecheck.machine.Machine;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** The words of a {@code check} that say what is searched, as they go into a checkpoint and come back from it. */
final class SavedCommand {
    /** The mixins of the command whose options are such words. */
    private static final List<String> MIXINS = List.of("own", "sites", "scenario", "search");

    private static final List<String> BOUNDS = List.of("--max-states=", "--max-seconds=");

    private SavedCommand() {}

    /** The words of the command line: the protocol, if there is one, and options in one word each. */
    static List<String> words(CommandSpec command) {
        ParseResult parsed = command.commandLine().getParseResult();
        List<String> words = new ArrayList<>();
        for (PositionalParamSpec parameter : parsed.matchedPositionals()) {
            words.addAll(parameter.originalStringValues());
        }
        MIXINS.stream()
                .flatMap(mixin -> Objects.requireNonNull(command.mixins().get(mixin)).options().stream())
                .filter(option -> parsed.hasMatchedOption(option.longestName()))
                .flatMap(option -> words(parsed.matchedOption(option.longestName())))
                .forEach(words::add);
        return words;
    }

    private static Stream<String> words(OptionSpec option) {
        return option.arity().max() == 0
                ? Stream.of(option.longestName())
                : option.originalStringValues().stream().map(value -> option.longestName() + "=" + value);
    }

    /** The words of a checkpoint with other bounds. */
    static List<String> merged(List<String> saved, List<String> bounds) {
        List<String> words = new ArrayList<>(saved);
        for (String word : bounds) {
            String bound = BOUNDS.stream()
                    .filter(word::startsWith)
                    .findFirst()
                    .orElseThrow(() -> new UsageException("--resume: the checkpoint says what is searched, so \"" + word
                            + "\" has no place here; give bounds only, or the whole command again"));
            words.removeIf(old -> old.startsWith(bound));
            words.add(word);
        }
        return words;
    }

    /** The command that these words give. */
    static <C> C parse(C command, List<String> words) {
        new CommandLine(command).parseArgs(words.toArray(String[]::new));
        return command;
    }

    static void expectOne(int shapes, boolean sampled) {
        if (shapes > 1) {
            throw new UsageException("--checkpoint: one search can be resumed, and these are " + shapes
                    + "; choose a row, as in --sites tsv:FILE#1");
        }
        if (sampled) {
            throw new UsageException("--checkpoint: random runs have nothing to resume; give --scheduler exhaustive");
        }
    }

    /** What a checkpoint of a search says that it is of. */
    static CheckpointHead head(CatalogEntry entry, Machine machine, SearchFlags search, List<String> words) {
        return new CheckpointHead(
                entry.fullName(),
                Fingerprint.of(machine.protocol()),
                Build.name(),
                ScenarioText.print(machine.scenario()) + (machine.scenario().reduce() ? "" : ", without reduction"),
                search.identity(),
                words);
    }

    /**
     * Complains if a checkpoint is not of the search that is asked for.
     *
     * @return whether the protocol is no longer the one that was searched
     */
    static boolean isChanged(CheckpointHead saved, CheckpointHead asked, PrintWriter err) {
        saved.expect(asked);
        if (!saved.fingerprint().equals(asked.fingerprint())) {
            err.println("pokecheck: --resume: the protocol has changed since the checkpoint was written (fingerprint "
                    + saved.fingerprint() + " then, " + asked.fingerprint() + " now); search anew");
            return true;
        }
        if (!saved.build().equals(asked.build())) {
            throw new UsageException(
                    "--resume: the checkpoint was written by another build (" + saved.build() + " then, "
                            + asked.build() + " now), whose machine may differ; go on with that one, or search anew");
        }
        return false;
    }
}
