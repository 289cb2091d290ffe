// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.cpu.NmiModel;
import dev.pokecheck.cpu.Profile;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.explore.search.Finding;
import dev.pokecheck.explore.search.Search;
import dev.pokecheck.explore.search.SearchOptions;
import dev.pokecheck.explore.search.SearchResult;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.ScenarioBuilder;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.property.Incident;
import dev.pokecheck.property.Incidents;
import dev.pokecheck.protocol.Setting.InterruptWork;
import dev.pokecheck.protocol.Setting.ThreadWork;
import dev.pokecheck.text.FetchModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Exact verdicts and counts of the shipped protocols. A change here is a change of the model, of a protocol or of the reduction, and
 * has to be understood before {@code -Dpokecheck.promote=true} rewrites the file.
 */
class PinnedVerdictsTest {
    private static final Path PINNED = Path.of("src/test/resources/dev/pokecheck/explore/pinned-verdicts.txt");

    private final List<String> lines = new ArrayList<>();

    @Test
    void verdictsAndCountsAreThePinnedOnes() throws IOException {
        lines.add(
                "# protocol; scenario; verdict: findings with the length of the shortest schedule; states transitions depth");
        section("memcpy and stop_machine");
        for (FetchModel fetch : PinnedModels.all()) {
            add("naive", "nop5->jmp32@62", "chunk=64", s -> s.fetch(fetch, 64));
        }
        add("naive@sync", "nop5->jmp32", "", s -> s);
        add("stop_machine", "nop5->jmp32", "", s -> s);
        add("stop_machine", "nop5->jmp32", "nmi=1 site", nmi(1, InterruptWork.SITE));
        add("stop_machine@barrier", "nop5->jmp32", "", s -> s);
        section("the three synchronisations of the breakpoint method");
        for (FetchModel fetch : PinnedModels.all()) {
            for (String variant : List.of("", "@no-sync1", "@no-sync2", "@no-sync3")) {
                add("text_poke_bp_batch" + variant, "nop5->jmp32", "", s -> s.fetch(fetch, 1));
            }
        }
        add("text_poke_bp_batch", "nop5->call,call->nop5", "tso", s -> s.data(DataModel.TSO));
        add(
                "text_poke_bp_batch",
                "nop5->call",
                "cpus=3 nmi=1 site",
                nmi(1, InterruptWork.SITE, s -> s.cpus(3).thread(ThreadWork.NONE)));
        section("the RFC as posted");
        for (String variant : List.of("rfc15", "rfc17", "rfc18", "rfc19")) {
            add("text_poke_late@" + variant, "nop5->jmp32", "", stopped(0, InterruptWork.NONE));
            add(
                    "text_poke_late@" + variant,
                    "nop5->jmp32",
                    "tso",
                    stopped(0, InterruptWork.NONE, s -> s.data(DataModel.TSO)));
            add("text_poke_late@" + variant, "nop5->jmp32", "nmi=1 site", stopped(1, InterruptWork.SITE));
            add("text_poke_late@" + variant, "pvcall->unlock", "nmi=1 lock", stopped(1, InterruptWork.LOCK));
            add(
                    "text_poke_late@" + variant,
                    "nop5->jmp32,call->nop5",
                    "cpus=3",
                    stopped(0, InterruptWork.NONE, s -> s.cpus(3)));
        }
        section("the RFC repaired, and each change switched back");
        for (String variant :
                List.of("repaired", "repaired-without-clear-before-state", "repaired-without-numbered-states")) {
            add("text_poke_late@" + variant, "nop5->jmp32", "nmi=1 site", stopped(1, InterruptWork.SITE));
            add(
                    "text_poke_late@" + variant,
                    "nop5->jmp32",
                    "nmi=1 site tso",
                    stopped(1, InterruptWork.SITE, s -> s.data(DataModel.TSO)));
        }
        for (String variant :
                List.of("captured", "captured-without-clear-before-state", "captured-without-capture-in-nmi")) {
            add(
                    "text_poke_late@" + variant,
                    "pvcall->unlock",
                    "cpus=3 nmi=1 lock",
                    stopped(1, InterruptWork.LOCK, s -> s.cpus(3)));
        }
        add("text_poke_late@captured", "nop5->jmp32,call->nop5", "nmi=2 site", stopped(2, InterruptWork.SITE));
        section("the RFC's open questions: CPUID that a hypervisor emulates, IRET in NMI context");
        UnaryOperator<ScenarioBuilder> emulated = s -> s.profile(Profile.ARCHITECTURAL.without(Sync.CPUID));
        add("text_poke_late@repaired", "nop5->jmp32", "nmi=1 site no cpuid", stopped(1, InterruptWork.SITE, emulated));
        for (NmiModel model : List.of(NmiModel.HARDWARE, NmiModel.LATCHED)) {
            for (String variant : List.of("repaired", "repaired-iret-in-nmi")) {
                for (int nmis = 1; nmis <= 2; nmis++) {
                    add(
                            "text_poke_late@" + variant,
                            "nop5->jmp32",
                            "nmi=" + nmis + " site " + model.text(),
                            stopped(nmis, InterruptWork.SITE, s -> s.nmi(model)));
                }
            }
        }
        section("machine checks, which nothing holds back");
        for (String variant : List.of("rfc19", "captured")) {
            add("text_poke_late@" + variant, "nop2->jmp8", "mc=1", stopped(0, InterruptWork.NONE, s -> s.mcs(1)));
        }
        section("a call of 6 bytes replaced by one of 5 and back: the return address of a thread in the callee");
        for (String there : List.of("call", "90e800010203", "2ee800010203")) {
            add("stop_machine", "pvcall->" + there, "", s -> s);
            add("stop_machine", "pvcall->" + there + "->pvcall", "", s -> s);
            add("text_poke_late@captured", "pvcall->" + there + "->pvcall", "", s -> s);
        }
        add("text_poke_bp_batch", "pvcall->call", "", s -> s);
        compare();
    }

    private void section(String title) {
        lines.add("");
        lines.add("# " + title);
    }

    private static UnaryOperator<ScenarioBuilder> nmi(int nmis, InterruptWork work) {
        return nmi(nmis, work, s -> s);
    }

    private static UnaryOperator<ScenarioBuilder> nmi(
            int nmis, InterruptWork work, UnaryOperator<ScenarioBuilder> more) {
        return s -> more.apply(s.nmis(nmis).nmiWork(work));
    }

    /** Nobody but NMIs executes the sites. */
    private static UnaryOperator<ScenarioBuilder> stopped(int nmis, InterruptWork work) {
        return stopped(nmis, work, s -> s);
    }

    private static UnaryOperator<ScenarioBuilder> stopped(
            int nmis, InterruptWork work, UnaryOperator<ScenarioBuilder> more) {
        return nmi(nmis, work, s -> more.apply(s.thread(ThreadWork.NONE)));
    }

    private void add(String protocol, String sites, String note, UnaryOperator<ScenarioBuilder> change) {
        Scenario scenario = Scenario.of(
                        Arrays.stream(sites.split(",")).map(SiteSpec::parse).toList())
                .with(s -> change.apply(s.reduce(true)));
        Machine machine =
                new Machine(scenario, Catalog.find(protocol).orElseThrow().record(scenario.setting()));
        SearchResult result = Search.run(
                machine, SearchOptions.defaults().pruneOn(Incidents.FATAL).stuck(true));
        assertEquals(SearchResult.End.EXHAUSTED, result.end());
        List<String> found = result.findings().stream()
                .map(f -> name(f) + "@" + machine.expand(f.schedule()).length)
                .sorted()
                .toList();
        String verdict = found.isEmpty() ? "nothing found" : String.join(" ", found);
        String where = scenario.fetch().text() + "/" + scenario.chunk() + (note.isEmpty() ? "" : " " + note);
        lines.add(protocol + "; " + sites + " " + where + "; " + verdict + "; " + result.states() + " "
                + result.transitions() + " " + result.depth());
    }

    private static String name(Finding finding) {
        return finding.kind() == Finding.Kind.INCIDENT
                ? Incident.values()[Long.numberOfTrailingZeros(finding.incident())].name()
                : finding.kind().name();
    }

    private void compare() throws IOException {
        String text = String.join("\n", lines) + "\n";
        if (Boolean.getBoolean("pokecheck.promote")) {
            Files.writeString(PINNED, text, StandardCharsets.UTF_8);
        }
        assertEquals(Files.readString(PINNED, StandardCharsets.UTF_8), text);
    }
}
