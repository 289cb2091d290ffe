// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.lincheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.explore.verdict.Verdict;
import dev.pokecheck.property.Level;
import dev.pokecheck.text.FetchModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jetbrains.kotlinx.lincheck.strategy.LincheckFailure;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/**
 * The explorer's level against Lincheck's answer, protocol by protocol. {@code -Dpokecheck.lincheck.runs=N} makes more runs of each row; the
 * table does not depend on it as long as nothing new is found. {@code -Dpokecheck.promote=true} writes the table anew.
 */
final class AgreementTest {
    private static final Path TABLE = Path.of("docs/agreement.md");
    private static final String ONE_SITE = "nop5->jmp32";

    /** The runs of a scenario that is to hold. */
    private static final int RUNS = Integer.getInteger("pokecheck.lincheck.runs", 200);

    /** The runs of one that is to fail, which ends at its first failure. The rarest of the table is that of text_poke_bp_batch@no-sync3. */
    private static final int RUNS_TO_FAIL = 20 * RUNS;

    /** One of so many rows is run in each build: some that are to hold, and some that are to fail. */
    private static final int SAMPLE = 4;

    /** The row of naive patching, which is torn: the first of all, so that each build runs it. */
    private static final int CANARY = 0;

    /** What three CPUs are tried with, besides two: one of each kind. */
    private static final List<String> WITH_THREE_CPUS = List.of(
            "naive",
            "stop_machine",
            "text_poke_bp_batch",
            "text_poke_bp_batch@no-sync3",
            "text_poke_late@rfc18",
            "text_poke_late@captured");

    private final List<String> lines = new ArrayList<>();

    private static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (CatalogEntry entry : Catalog.all()) {
            if (refusal(entry).isPresent()) {
                continue;
            }
            rows.add(row(entry.fullName(), 2, FetchModel.COHERENT, ONE_SITE));
            if (WITH_THREE_CPUS.contains(entry.fullName())) {
                rows.add(row(entry.fullName(), 3, FetchModel.COHERENT, ONE_SITE));
            }
        }
        // Back again: version 2 is version 0.
        rows.add(row("stop_machine", 2, FetchModel.COHERENT, "nop5->jmp32->nop5"));
        rows.add(row("text_poke_bp_batch", 2, FetchModel.COHERENT, "nop5->call->nop5"));
        // Several registers.
        List<String> two = List.of("nop5->jmp32", "call->nop5");
        for (Row.Reads reads : Row.Reads.values()) {
            rows.add(new Row("stop_machine", 2, two, FetchModel.COHERENT, reads));
            rows.add(new Row("text_poke_bp_batch", 2, two, FetchModel.COHERENT, reads));
            rows.add(new Row("text_poke_late@repaired", 2, two, FetchModel.COHERENT, reads));
        }
        // Emulation that does not do what was there.
        rows.add(row("ftrace_modify_all_code@skip", 2, FetchModel.COHERENT, "call->call"));
        rows.add(row("ftrace_modify_all_code@no-gap", 2, FetchModel.COHERENT, "nop5->call"));
        // Sites out of order, and more of them than there is room for.
        rows.add(new Row("smp_text_poke_single@unchecked", 2, two, FetchModel.COHERENT, Row.Reads.EACH));
        rows.add(new Row("smp_text_poke_single@full-unchecked", 2, two, FetchModel.COHERENT, Row.Reads.EACH));
        // What old bytes in a CPU change.
        rows.add(row("stop_machine", 2, FetchModel.STALE_INSN, ONE_SITE));
        rows.add(row("stop_machine@barrier", 2, FetchModel.STALE_INSN, ONE_SITE));
        rows.add(row("text_poke_bp_batch", 2, FetchModel.STALE_INSN, ONE_SITE));
        rows.add(row("text_poke_bp_batch", 3, FetchModel.STALE_INSN, ONE_SITE));
        rows.add(row("text_poke_late@repaired", 2, FetchModel.STALE_INSN, ONE_SITE));
        return rows;
    }

    /** Why a protocol cannot run on threads, if it cannot. */
    private static Optional<String> refusal(CatalogEntry entry) {
        try {
            new Row(entry.fullName(), 2, List.of(ONE_SITE), FetchModel.COHERENT, Row.Reads.EACH).program();
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(e.getMessage());
        }
    }

    private static String refusals() {
        String refused = Catalog.all().stream()
                .flatMap(entry -> refusal(entry).stream())
                .map(reason -> "- " + reason + "\n")
                .collect(Collectors.joining());
        return "\nNot in the table: " + (refused.isEmpty() ? "none of the shipped protocols.\n" : "\n\n" + refused);
    }

    private static Row row(String protocol, int cpus, FetchModel fetch, String site) {
        return new Row(protocol, cpus, List.of(site), fetch, Row.Reads.EACH);
    }

    /** Some of the rows, in their turn. */
    @TestFactory
    Stream<DynamicTest> theExplorerAndLincheckAgree() {
        return tests(number -> number % SAMPLE == CANARY, this::checkRows);
    }

    @Tag("full")
    @TestFactory
    Stream<DynamicTest> theyAgreeOnAll() {
        return tests(number -> true, this::checkTable);
    }

    /**
     * Everything is run before the first row is compared: Lincheck takes longer to begin than to run.
     *
     * @param wanted by its number, whether a row is run; the canary is
     */
    private Stream<DynamicTest> tests(IntPredicate wanted, Executable check) {
        List<Row> all = rows();
        List<Row> rows =
                IntStream.range(0, all.size()).filter(wanted).mapToObj(all::get).toList();
        List<Verdict> verdicts = rows.stream().map(Row::explore).toList();
        List<Optional<LincheckFailure>> answers = answers(rows, verdicts);
        Stream<DynamicTest> comparisons = IntStream.range(0, rows.size())
                .mapToObj(i -> DynamicTest.dynamicTest(
                        rows.get(i).name(), () -> compare(rows.get(i), verdicts.get(i), answers.get(i))));
        return Stream.concat(comparisons, Stream.of(DynamicTest.dynamicTest("the table", check)));
    }

    /** Lincheck ends at the first failure, so rows that will fail are run one by one, and the others together, again behind one that fails all the same. */
    private static List<Optional<LincheckFailure>> answers(List<Row> rows, List<Verdict> verdicts) {
        Subject.set(rows.stream().map(Row::program).toList());
        List<Optional<LincheckFailure>> answers = new ArrayList<>();
        List<Integer> together = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            boolean holds = rows.get(i).holds(verdicts.get(i));
            answers.add(holds ? Optional.empty() : run(rows, List.of(i), RUNS_TO_FAIL));
            if (holds) {
                together.add(i);
            }
        }
        // A canary behind them: if Lincheck does not even find it, it has tried nothing before it, either.
        together.add(CANARY);
        while (together.size() > 1) {
            LincheckFailure found = run(rows, together, RUNS)
                    .orElseThrow(() -> new AssertionError("Lincheck has not found that naive patching is torn"));
            int failed = Lincheck.firstArgument(found);
            if (failed == CANARY) {
                break;
            }
            answers.set(failed, Optional.of(found));
            together.subList(0, together.indexOf(failed) + 1).clear();
        }
        return answers;
    }

    private static Optional<LincheckFailure> run(List<Row> rows, List<Integer> numbers, int runs) {
        Subject.choose(numbers);
        List<Lincheck.Calls> scenarios = numbers.stream()
                .flatMap(number -> rows.get(number).scenarios(number).stream())
                .toList();
        return Lincheck.runAll(Lincheck.modelChecking(runs), PatchedSites.class, Registers.class, scenarios);
    }

    private void compare(Row row, Verdict verdict, Optional<LincheckFailure> failure) {
        String answer = Row.answer(failure);
        failure.ifPresent(found -> System.out.println(row.name() + "\n" + found));
        String found = verdict.findings().stream()
                .map(finding -> finding.property().text())
                .sorted()
                .collect(Collectors.joining(", "));
        lines.add("| `%s` | %d | `%s` | %s | %s | %s | %s | %s |"
                .formatted(
                        row.protocol(),
                        row.cpus(),
                        String.join(" ", row.sites()),
                        row.fetch().text(),
                        row.reads().text,
                        verdict.level().map(Level::text).orElse("—"),
                        found.isEmpty() ? "—" : found,
                        answer));
        assertTrue(
                row.agree(verdict, answer),
                () -> row.name() + ": the explorer says " + verdict.sentence() + " (met: " + found + "), Lincheck says "
                        + answer + " in " + RUNS_TO_FAIL + " runs at most\n" + Lincheck.text(failure));
    }

    private void checkRows() throws IOException {
        List<String> table = Files.readAllLines(TABLE);
        lines.forEach(line -> assertTrue(table.contains(line), () -> TABLE + " does not have " + line));
    }

    private void checkTable() throws IOException {
        System.out.println(String.join("\n", lines));
        String actual = """
                # The explorer's level and Lincheck's answer

                Written by `AgreementTest`; `mvn -B -P full -pl core,lincheck -am verify -Dpokecheck.promote=true` writes it anew.

                *Level* and *met* are what an exhaustive search of the model says (`data=sc split=byte`, no interrupts, every CPU but CPU 0
                executes all sites for ever). *Lincheck* is what some hundreds of runs of the same recorded protocol on JVM threads gave:
                CPU 0 brings each version once, every other CPU executes each site a few times. A register is *each site* by itself, which is
                linearizable if and only if the level is at least atomic; or *all as one*, read by one operation that executes them one after
                the other, which is linearizable if and only if the level is group. What went wrong by Lincheck is one of what the search met;
                "not linearizable" is stale, backwards, group or lost-patch, which cannot be told apart from the results.

                | protocol | CPUs | sites | fetch | register | level | met | Lincheck |
                |---|---|---|---|---|---|---|---|
                """ + String.join("\n", lines) + "\n" + refusals();
        if (Boolean.getBoolean("pokecheck.promote")) {
            Files.createDirectories(TABLE.getParent());
            Files.writeString(TABLE, actual);
            return;
        }
        assertEquals(
                Files.readString(TABLE),
                actual,
                () -> TABLE + " is out of date; if what came out is right, run the test with -Dpokecheck.promote=true"
                        + " and read the difference before you commit it");
    }
}
