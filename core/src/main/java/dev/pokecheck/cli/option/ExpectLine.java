// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.option;

import dev.pokecheck.cli.run.CheckOutcomes;
import dev.pokecheck.cli.run.CheckRequest;
import dev.pokecheck.cli.run.CheckRunner;
import dev.pokecheck.cli.run.Claim;
import dev.pokecheck.cli.run.UsageException;
import dev.pokecheck.cli.screen.ProgressLine;
import dev.pokecheck.cli.screen.Shell;
import dev.pokecheck.corpus.CFile;
import dev.pokecheck.source.FileComment.Said;
import dev.pokecheck.source.token.Complaints;
import dev.pokecheck.source.token.SourceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** A line {@code expect:} of a C file, with the check that shows whether it is met. */
public final class ExpectLine {
    private final Said said;
    private final Claim claim;
    private final List<String> command;
    private final Question question;

    /** A check without what says where results go. */
    @Command(name = "check")
    private static final class Question {
        @Mixin
        @SuppressWarnings("NullAway.Init")
        private CheckQuestion asked;

        @CommandLine.Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;
    }

    private ExpectLine(Said said, Claim claim, List<String> command, Question question) {
        this.said = said;
        this.claim = claim;
        this.command = command;
        this.question = question;
    }

    /**
     * The lines of a file.
     *
     * @throws SourceException for lines that are none, with all of them, and if there is no line
     */
    public static List<ExpectLine> of(CFile file) {
        List<Said> lines = file.comment().expect();
        if (lines.isEmpty()) {
            throw new SourceException(
                    file.begin(),
                    "there is no line 'expect:' in the comments before the code",
                    "write one, as in: expect: holds safe");
        }
        Complaints complaints = new Complaints();
        List<ExpectLine> all = new ArrayList<>();
        for (Said said : lines) {
            try {
                all.add(of(file, said));
            } catch (IllegalArgumentException e) {
                complaints.add(said.place(), String.valueOf(e.getMessage()), "");
            }
        }
        complaints.throwIfAny();
        return all;
    }

    private static ExpectLine of(CFile file, Said said) {
        Claim claim = Claim.parse(said.words());
        List<String> command = new ArrayList<>(List.of("check", file.name()));
        command.addAll(CFileOptions.arguments(file));
        command.addAll(claim.arguments());
        Question question = new Question();
        try {
            new CommandLine(question)
                    .parseArgs(command.subList(1, command.size()).toArray(String[]::new));
        } catch (ParameterException e) {
            Throwable cause = e.getCause() instanceof UnknownNameException unknown ? unknown : e;
            throw new IllegalArgumentException(cause.getMessage(), e);
        }
        return new ExpectLine(said, claim, command, question);
    }

    /** Where it stands: {@code file:line:column}. */
    public String place() {
        return said.place().toString();
    }

    /** What it says. */
    public String text() {
        return said.words();
    }

    /** The command that shows what it speaks of. */
    public String command() {
        return Shell.again(command);
    }

    /**
     * What its check has shown.
     *
     * @param outcomes what
     * @param isMet whether that is what the line says
     */
    public record Checked(CheckOutcomes outcomes, boolean isMet) {}

    /**
     * Makes its check.
     *
     * @throws SourceException if the file cannot be read as the line says, or the line asks for what cannot be
     */
    public Checked run(ProgressLine progress) {
        try {
            CheckRequest request = question.asked.request(question.spec);
            CheckOutcomes outcomes = new CheckRunner(progress, Optional.empty()).run(request);
            return new Checked(outcomes, outcomes.all().stream().allMatch(outcome -> claim.isMetBy(outcome.verdict())));
        } catch (UsageException e) {
            throw new SourceException(said.place(), String.valueOf(e.getMessage()), "");
        }
    }
}
