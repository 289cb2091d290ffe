// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pokecheck.explore.verdict.Check;
import dev.pokecheck.explore.verdict.CheckOptions;
import dev.pokecheck.explore.verdict.Verdict;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.protocol.CPrinter;
import dev.pokecheck.protocol.Setting.ThreadWork;
import dev.pokecheck.source.CSource;
import dev.pokecheck.source.steps.RoundTrip;
import dev.pokecheck.source.token.Complaint;
import dev.pokecheck.source.token.SourceException;
import dev.pokecheck.source.token.SourceText;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Files of C, with the header of the kernel's words before them, as protocols. */
final class Lowered {
    private final String text;
    private final Scenario scenario;

    private Lowered(String text, Scenario scenario) {
        this.text = text;
        this.scenario = scenario;
    }

    /** A file for some sites and CPUs, whose threads only do what the file says. */
    static Lowered of(int cpus, List<String> sites, String text) {
        Scenario scenario = Scenario.of(sites.stream().map(SiteSpec::parse).toList())
                .with(b -> b.cpus(cpus).thread(ThreadWork.NONE));
        return new Lowered("#include <pokecheck.h>\n" + text, scenario);
    }

    static Lowered of(int cpus, String text) {
        return of(cpus, List.of("nop1->nop1"), text);
    }

    Machine machine(String... definitions) {
        CSource source = new CSource(
                new SourceText("f.c", text), (name, quoted, from) -> Optional.empty(), List.of(definitions));
        Machine machine = Machine.of(scenario, "f", source);
        RoundTrip.check(machine.protocol());
        return machine;
    }

    Verdict verdict(String... definitions) {
        return Check.search(machine(definitions), CheckOptions.defaults());
    }

    /** The property that is violated; empty if none is. */
    String violated(String... definitions) {
        Verdict verdict = verdict(definitions);
        return verdict.violation().map(violation -> violation.property().text()).orElse("");
    }

    /** The lines of the recorded protocol, without indentation and empty ones. */
    List<String> listing() {
        return CPrinter.print(machine().protocol())
                .lines()
                .map(line -> line.substring(line.indexOf('|') + 1).strip())
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** The names of the steps. */
    List<String> labels(String... definitions) {
        return CPrinter.print(machine(definitions).protocol())
                .lines()
                .map(line -> line.substring(0, line.indexOf('|')).strip())
                .filter(line -> !line.isEmpty())
                .toList();
    }

    /** What is said of its mistakes, without the name of the file and with lines as in the text, whose first is 1. */
    List<String> refusals() {
        return assertThrows(SourceException.class, this::machine, text).complaints().stream()
                .map(Complaint::message)
                .map(Lowered::shifted)
                .toList();
    }

    private static String shifted(String message) {
        String[] parts = message.split(":", 4);
        return Stream.of(Integer.toString(Integer.parseInt(parts[1]) - 1), parts[2], parts[3].strip())
                .reduce((a, b) -> a + ":" + b)
                .orElseThrow()
                .replaceFirst("^(\\d+:\\d+):", "$1: ");
    }
}
