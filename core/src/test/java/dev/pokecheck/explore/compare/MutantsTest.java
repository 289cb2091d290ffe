// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.explore.compare.Mutants.Answer;
import dev.pokecheck.explore.compare.Mutants.Baseline;
import dev.pokecheck.explore.compare.Mutants.Cell;
import dev.pokecheck.explore.compare.Mutants.Fate;
import dev.pokecheck.explore.compare.Mutants.Row;
import dev.pokecheck.explore.search.SearchOptions;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.property.Level;
import dev.pokecheck.property.Property;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Setting.InterruptWork;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.protocol.mutation.Mutation;
import dev.pokecheck.protocol.mutation.Mutations;
import dev.pokecheck.text.FetchModel;
import dev.pokecheck.text.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MutantsTest {
    private static final List<FetchModel> MODELS = FetchModel.compared();

    private static final Scenario SMALL =
            Scenario.of(List.of(SiteSpec.parse("nop5->jmp32"))).with(s -> s.reduce(true));

    private static CatalogEntry entry(String name) {
        return Catalog.find(name).orElseThrow();
    }

    private static List<Baseline> baselines(String protocol, Scenario scenario, List<FetchModel> models) {
        return models.stream()
                .map(model -> Mutants.baseline(
                        entry(protocol).record(scenario.setting()),
                        scenario.with(s -> s.fetch(model)),
                        SearchOptions.defaults()))
                .toList();
    }

    private static Mutation mutation(String protocol, Scenario scenario, String name) {
        return Mutations.of(protocol, scenario.setting(), entry(protocol).definition()).stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Row row(String protocol, Scenario scenario, String name) {
        return new Mutants(baselines(protocol, scenario, MODELS), SearchOptions.defaults())
                .row(mutation(protocol, scenario, name));
    }

    private static List<String> properties(Row row) {
        return row.cells().stream()
                .map(cell -> cell.violation().map(it -> it.property().text()).orElse("-"))
                .toList();
    }

    @Test
    void theSynchronisationsOfTheBreakpointMethodAreNeededWhereTheyAre() {
        assertEquals(
                List.of("-", "-", "-", "torn", "torn"),
                properties(row("text_poke_bp_batch", SMALL, "thread0/sync1:drop")));
        assertEquals(
                List.of("-", "-", "torn", "-", "torn"),
                properties(row("text_poke_bp_batch", SMALL, "thread0/sync2:drop")));
        Row third = row("text_poke_bp_batch", SMALL, "thread0/sync3:drop");
        assertTrue(properties(third).stream().allMatch("unhandled-int3"::equals), third.toString());
        assertEquals(Fate.KILLED, third.fate());
    }

    @Test
    void fatesAreToldApart() {
        assertEquals(
                Fate.EQUIVALENT,
                row("text_poke_bp_batch", SMALL, "thread0/publish:weaken").fate());
        assertEquals(
                Fate.NEVER_EXECUTED,
                row("text_poke_bp_batch", SMALL, "thread0/refs0:drop").fate());
        assertEquals(
                Fate.SURVIVED,
                row("text_poke_bp_batch", SMALL, "thread0/nr_entries:drop").fate());
    }

    /** Nobody can tell the order of two stores before the publication; that a wait is gone somebody can, if only it does no harm. */
    @Test
    void whatBreaksNothingIsComparedWithTheProtocol() {
        Mutants mutants = new Mutants(
                baselines("text_poke_bp_batch", SMALL, List.of(FetchModel.STALE_CHUNK)), SearchOptions.defaults());
        Mutation swap = mutation("text_poke_bp_batch", SMALL, "thread0/queue.site0.rel_addr:swap");
        assertEquals(Fate.SURVIVED, mutants.row(swap).fate());
        assertEquals(Optional.empty(), mutants.difference(swap));

        Protocol.Definition waits = b -> {
            Site site = b.sites().get(0);
            Shared go = b.shared("go", 0, 0, 1);
            b.patcher(r -> {
                r.patchBegin("begin", site, 1);
                r.textPoke("poke", site, 0, site.bytes(1));
                r.syncEachCpu("sync", Sync.IRET);
                r.patchEnd("end", site, 1);
                r.store("go", go, Expr.of(1));
            });
            b.thread(1, r -> r.await("wait", go.value().eq(1)));
        };
        Scenario scenario = Scenario.of(List.of(SiteSpec.parse("90->f8")))
                .with(s -> s.reduce(true).fetch(FetchModel.COHERENT));
        Mutants patient = new Mutants(
                List.of(Mutants.baseline(
                        Protocol.record("p", scenario.setting(), waits), scenario, SearchOptions.defaults())),
                SearchOptions.defaults());
        Mutation hasty = Mutations.of("p", scenario.setting(), waits).stream()
                .filter(it -> it.name().equals("thread1/wait:drop"))
                .findFirst()
                .orElseThrow();
        assertEquals(Fate.SURVIVED, patient.row(hasty).fate());
        assertEquals(
                Optional.of("it adds the history \"cpu1 begins to execute site0\" under coherent"),
                patient.difference(hasty));
        Mutants bounded = new Mutants(
                List.of(Mutants.baseline(
                        Protocol.record("p", scenario.setting(), waits), scenario, SearchOptions.defaults())),
                SearchOptions.defaults().maxStates(3));
        assertEquals(Optional.of("a bound ended the comparison"), bounded.difference(hasty));
    }

    @Test
    void aMutantThatOnlyLowersTheLevelIsCaught() {
        Scenario scenario = SMALL.with(s -> s.nmis(1).nmiWork(InterruptWork.SITE));
        List<Baseline> coherent = baselines("text_poke_bp_batch", scenario, List.of(FetchModel.COHERENT));
        assertEquals(Level.ATOMIC, coherent.get(0).verdict().level().orElseThrow());
        Baseline chunk = baselines("text_poke_bp_batch", scenario, List.of(FetchModel.STALE_CHUNK))
                .get(0);
        assertTrue(!chunk.kept().contains(Property.BACKWARDS) && chunk.kept().contains(Property.STALE));
        Row row = row("stop_machine", SMALL, "thread0/stop_machine_text_poke_elsewhere.sync_core:weaken");
        assertEquals(List.of("-", "torn", "torn", "torn", "torn"), properties(row));
    }

    /** What is taken over from a machine that allows more is what a search of the other machine shows. */
    @Test
    void savedSearchesChangeNothing() {
        List<Mutation> all = Mutations.of(
                "text_poke_bp_batch",
                SMALL.setting(),
                entry("text_poke_bp_batch").definition());
        List<Baseline> baselines = baselines("text_poke_bp_batch", SMALL, MODELS);
        Mutants together = new Mutants(baselines, SearchOptions.defaults());
        List<Mutants> alone = baselines.stream()
                .map(baseline -> new Mutants(List.of(baseline), SearchOptions.defaults()))
                .toList();
        for (Mutation mutation : all) {
            List<Cell> apart = new ArrayList<>();
            alone.forEach(one -> apart.add(one.row(mutation).cells().get(0)));
            assertEquals(
                    apart.stream().map(Cell::answer).toList(),
                    together.row(mutation).cells().stream().map(Cell::answer).toList(),
                    mutation.name());
        }
    }

    @Test
    void aBoundLeavesTheQuestionOpen() {
        Mutants bounded = new Mutants(
                baselines("text_poke_bp_batch", SMALL, MODELS),
                SearchOptions.defaults().maxStates(20));
        Row row = bounded.row(mutation("text_poke_bp_batch", SMALL, "thread0/refs0:drop"));
        assertEquals(Fate.OPEN, row.fate());
        assertTrue(row.cells().stream().allMatch(cell -> cell.answer() == Answer.OPEN));
    }

    @Test
    void aProtocolThatDoesNotHoldIsNotAsked() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new Mutants(baselines("naive", SMALL, List.of(FetchModel.COHERENT)), SearchOptions.defaults()));
    }
}
