// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.command;

import dev.pokecheck.checkpoint.file.CheckpointHead;
import dev.pokecheck.cli.option.Subject;
import dev.pokecheck.cli.run.Build;
import dev.pokecheck.cli.run.CheckRequest;
import dev.pokecheck.cli.run.UsageException;
import dev.pokecheck.corpus.Fingerprint;
import dev.pokecheck.corpus.ScenarioText;
import dev.pokecheck.machine.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** The words of a {@code check} that say what is searched, as they go into a checkpoint and come back from it. */
final class SavedCommand {
    private SavedCommand() {}

    /** The words of the command line: the protocol, if there is one, and options in one word each. */
    static List<String> words(CommandSpec command) {
        ParseResult parsed = command.commandLine().getParseResult();
        List<String> words = new ArrayList<>();
        for (PositionalParamSpec parameter : parsed.matchedPositionals()) {
            words.addAll(parameter.originalStringValues());
        }
        Subject.options(command, Subject.PROTOCOL, Subject.SCENARIO, Subject.SEARCH, Subject.BOUND).stream()
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

    /** The words of a checkpoint with the bounds of the command line, which has no others. */
    static List<String> merged(List<String> saved, CommandSpec command) {
        List<String> bounds = Subject.options(command, Subject.BOUND).stream()
                .map(option -> option.longestName() + "=")
                .toList();
        List<String> words = new ArrayList<>(saved);
        for (String word : words(command)) {
            String bound = bounds.stream()
                    .filter(word::startsWith)
                    .findFirst()
                    .orElseThrow(() -> new UsageException("--resume: the checkpoint says what is searched, so \"" + word
                            + "\" has no place here; give bounds only, or the whole command again"));
            words.removeIf(old -> old.startsWith(bound));
            words.add(word);
        }
        return words;
    }

    /** What a checkpoint of a check says that it is of; complains if it is none that can be resumed. */
    static CheckpointHead head(CheckRequest request, List<String> words) {
        int shapes = request.parts().size();
        if (shapes > 1) {
            throw new UsageException("--checkpoint: one search can be resumed, and these are " + shapes
                    + "; choose a row, as in --sites tsv:FILE#1");
        }
        if (request.search().isSampled()) {
            throw new UsageException("--checkpoint: random runs have nothing to resume; give --scheduler exhaustive");
        }
        Machine machine = request.machine();
        return new CheckpointHead(
                request.entry().fullName(),
                Fingerprint.of(machine.protocol()),
                Build.name(),
                ScenarioText.print(machine.scenario()) + (machine.scenario().reduce() ? "" : ", without reduction"),
                request.search().identity(),
                words);
    }

    /** Complains if a checkpoint is not of the search that is asked for; its protocol alone may have changed. */
    static void expectSame(CheckpointHead saved, CheckpointHead asked) {
        expectSame("the protocol", saved.protocol(), asked.protocol());
        expectSame("the scenario", saved.scenario(), asked.scenario());
        expectSame("what is demanded", saved.demanded(), asked.demanded());
        boolean mayBeSame = saved.fingerprint().equals(asked.fingerprint()) || Fingerprint.isOld(saved.fingerprint());
        if (mayBeSame && !saved.build().equals(asked.build())) {
            throw new UsageException(
                    "--resume: the checkpoint was written by another build (" + saved.build() + " then, "
                            + asked.build() + " now), whose machine may differ; go on with that one, or search anew");
        }
    }

    private static void expectSame(String what, String saved, String asked) {
        if (!saved.equals(asked)) {
            throw new UsageException("--resume: the checkpoint is of another search: " + what + " is \"" + saved
                    + "\" there and \"" + asked + "\" here; give --resume alone, or search anew with --checkpoint");
        }
    }
}
