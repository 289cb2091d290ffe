// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.Pins;
import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.catalog.FittingSites;
import dev.pokecheck.catalog.Representatives;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.explore.search.Finding;
import dev.pokecheck.explore.search.Retry;
import dev.pokecheck.explore.search.Search;
import dev.pokecheck.explore.search.SearchOptions;
import dev.pokecheck.explore.search.SearchResult;
import dev.pokecheck.explore.verdict.Check;
import dev.pokecheck.explore.verdict.CheckOptions;
import dev.pokecheck.explore.verdict.Violation;
import dev.pokecheck.judge.Livelock;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.ScenarioBuilder;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.property.Incidents;
import dev.pokecheck.property.Property;
import dev.pokecheck.protocol.Setting.InterruptWork;
import dev.pokecheck.protocol.Setting.ThreadWork;
import dev.pokecheck.schedule.ActionNames;
import dev.pokecheck.schedule.RecordingScheduler;
import dev.pokecheck.schedule.ReplayScheduler;
import dev.pokecheck.schedule.Walk;
import dev.pokecheck.text.FetchModel;
import dev.pokecheck.text.Site;
import dev.pokecheck.text.StoreSplit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LivelockOfProtocolsTest {
    private static ScenarioBuilder nmi(ScenarioBuilder s) {
        return s.thread(ThreadWork.NONE).nmis(1).nmiWork(InterruptWork.SITE);
    }

    /** The livelock of a machine, the same with and without merged steps, as {@link Check} reports it. */
    private static Optional<Finding> livelock(Machine machine) {
        CheckOptions options = CheckOptions.defaults().lookFor(EnumSet.of(Property.LIVELOCK));
        Optional<Finding> found = Check.search(machine, options).violation().map(Violation::finding);
        Machine other = new Machine(
                machine.scenario().with(s -> s.reduce(!machine.scenario().reduce())), machine.protocol());
        Optional<Finding> same = Check.search(other, options).violation().map(Violation::finding);
        assertEquals(
                found.map(finding -> finding.loop().orElseThrow().missed()),
                same.map(finding -> finding.loop().orElseThrow().missed()));
        return found;
    }

    private static boolean isMissed(Finding finding) {
        return finding.loop().orElseThrow().missed();
    }

    /** An NMI keeps the patcher from going on; in one on another CPU no IPI would come through, so that it would wait for ever. */
    @ParameterizedTest
    @EnumSource
    void aHandlerThatOnlyGoesBackHangsInAnNmi(DataModel data) {
        Machine machine = Retry.machine(Retry::again, s -> nmi(s).data(data));
        Finding finding = livelock(machine).orElseThrow();
        assertFalse(isMissed(finding));
        int from = finding.loop().orElseThrow().from();
        List<String> names = ActionNames.of(machine.unreduced(), finding.schedule());
        assertEquals(List.of("cpu0.nmi fetch site0 [cc]", "cpu0.bp iret"), names.subList(from, names.size()));
    }

    /** In a thread the IPI is delivered after the IRET, before the breakpoint is hit again. */
    @Pins("judge.livelock-prompt")
    @Test
    void inAThreadItDoesNot() {
        assertEquals(Optional.empty(), livelock(Retry.machine(Retry::again, s -> s)));
    }

    /** The stopper comes when the handler has returned, before the breakpoint is hit again. */
    @Pins("judge.livelock-prompt")
    @Test
    void aStopIsPrompt() {
        assertEquals(Optional.empty(), livelock(Retry.machine(Retry::stopped, s -> s)));
    }

    @Pins("judge.livelock-prompt")
    @Test
    void aSentNmiIsPrompt() {
        assertEquals(Optional.empty(), livelock(Retry.machine(Retry::sent, s -> s)));
    }

    @Test
    void aHandlerThatEmulatesInAnNmiIsNoLivelock() {
        assertEquals(Optional.empty(), livelock(Retry.machine(Retry::emulate, LivelockOfProtocolsTest::nmi)));
    }

    @Test
    void aWaitForNobodyToBeThereMayAlwaysLookAtTheWrongMoment() {
        assertTrue(
                isMissed(livelock(Retry.machine(Retry::whenNobodyLooks, s -> s)).orElseThrow()));
    }

    @ParameterizedTest
    @EnumSource
    void politenessMayGoOnForEver(DataModel data) {
        UnaryOperator<ScenarioBuilder> nobodyElse =
                s -> s.thread(ThreadWork.NONE).data(data);
        assertFalse(
                isMissed(livelock(Retry.machine(Retry::afterYou, nobodyElse)).orElseThrow()));
        assertEquals(Optional.empty(), livelock(Retry.machine(Retry::ladiesFirst, nobodyElse)));
    }

    /** A jump to itself as a placeholder, which the patcher replaces or not. */
    private static Machine placeholder(boolean replaced) {
        Scenario scenario = Scenario.of(List.of(SiteSpec.parse("nop2->ebfe->nop2")))
                .with(s -> s.fetch(FetchModel.COHERENT).split(StoreSplit.WORD).thread(ThreadWork.NONE));
        return Machine.of(scenario, "placeholder", b -> {
            Site site = b.sites().get(0);
            b.thread(0, r -> {
                for (int v = 1; v <= (replaced ? 2 : 1); v++) {
                    r.patchBegin("begin" + v, site, v);
                    r.textPoke("poke" + v, site, 0, site.bytes(v));
                    r.patchEnd("end" + v, site, v);
                }
            });
            b.thread(1, r -> r.execute("exec", site));
        });
    }

    /** Nobody is done by going round on a placeholder; but the patcher, if there is one, is not put off for ever. */
    @Pins("judge.livelock-spin")
    @Test
    void aPlaceholderThatIsNeverReplacedIsALivelock() {
        Finding finding = livelock(placeholder(false)).orElseThrow();
        int from = finding.loop().orElseThrow().from();
        List<String> names = ActionNames.of(placeholder(false).unreduced(), finding.schedule());
        assertEquals(List.of("cpu1 fetch site0 [eb fe]"), names.subList(from, names.size()));
        assertEquals(Optional.empty(), livelock(placeholder(true)));
    }

    @Test
    void aPlaceholderThatIsNeverReplacedIsADeadlockToo() {
        CheckOptions options = CheckOptions.defaults().lookFor(EnumSet.of(Property.DEADLOCK));
        assertTrue(Check.search(placeholder(false), options).violation().isPresent());
        assertFalse(Check.search(placeholder(true), options).violation().isPresent());
    }

    private static List<Scenario> scenarios() {
        Scenario one = Scenario.of(List.of(SiteSpec.parse("nop2->jmp8")));
        Scenario lock = Scenario.of(List.of(SiteSpec.parse("pvcall->unlock")));
        List<Scenario> all = new ArrayList<>();
        for (DataModel data : DataModel.values()) {
            all.add(one.with(s -> s.data(data)));
            all.add(one.with(s -> nmi(s).data(data)));
            all.add(one.with(s -> s.data(data).irqs(1)));
            all.add(lock.with(s -> s.data(data).thread(ThreadWork.NONE).nmis(1).nmiWork(InterruptWork.LOCK)));
        }
        return all;
    }

    /** Shipped protocols at two CPUs, in full and with merged steps: the one that has a livelock is rfc18, where NMIs take a lock. */
    @Test
    void whatTheShippedProtocolsHave() {
        whatHave(Stream.concat(Stream.of("text_poke_late@rfc18"), Representatives.ofEachName())
                .toList());
    }

    @Tag("full")
    @Test
    void whatAllShippedProtocolsHave() {
        whatHave(Representatives.all().toList());
    }

    private static void whatHave(List<String> protocols) {
        TreeSet<String> found = new TreeSet<>();
        for (String protocol : protocols) {
            CatalogEntry entry = Catalog.find(protocol).orElseThrow();
            for (Scenario scenario : scenarios()) {
                for (boolean reduce : new boolean[] {true, false}) {
                    Scenario used = FittingSites.in(protocol, scenario).with(s -> s.reduce(reduce));
                    Machine machine = new Machine(used, entry.record(used.setting()));
                    SearchOptions options = SearchOptions.defaults()
                            .pruneOn(Incidents.FATAL)
                            .livelock(true)
                            .maxStates(1_000_000);
                    SearchResult result = Search.run(machine, options);
                    assertEquals(SearchResult.End.EXHAUSTED, result.end());
                    result.findings().stream()
                            .filter(finding -> finding.kind() == Finding.Kind.LIVELOCK)
                            .map(finding -> protocol + " " + used.nmiWork().text() + " "
                                    + used.data().text() + (reduce ? " merged " : " ") + isMissed(finding))
                            .forEach(found::add);
                }
            }
        }
        assertEquals(
                List.of(
                        "text_poke_late@rfc18 lock sc false",
                        "text_poke_late@rfc18 lock sc merged false",
                        "text_poke_late@rfc18 lock tso false",
                        "text_poke_late@rfc18 lock tso merged false"),
                List.copyOf(found));
    }

    @Test
    void aFindingIsJudgedAgain() {
        Machine machine =
                Retry.machine(Retry::again, LivelockOfProtocolsTest::nmi).unreduced();
        int[] schedule = livelock(machine).orElseThrow().schedule();
        int length = schedule.length;
        assertEquals(Optional.empty(), Livelock.objection(machine, schedule, length - 2));
        assertEquals(Optional.of("no step is left for the loop"), Livelock.objection(machine, schedule, length));
        assertEquals(
                Optional.of("the loop does not close: the state behind step " + length + " is not the one before step "
                        + length),
                Livelock.objection(machine, schedule, length - 1));
    }

    @Pins("machine.duty")
    @Pins("judge.livelock-fair")
    @Test
    void aLoopThatPutsSomebodyOffIsRefused() {
        Machine machine = Retry.machine(Retry::again, s -> s).unreduced();
        int[] start = actions(machine, "cpu0 begin", "cpu0 int3", "cpu1 fetch site0 [cc]", "cpu1.bp iret");
        String[] round = {
            "cpu0 begin", "cpu0 int3", "cpu1 fetch site0 [cc]", "cpu1.bp iret", "cpu1 fetch site0 [cc]", "cpu1.bp iret"
        };
        assertEquals(
                Optional.of("the loop is not fair: it puts off \"cpu0 sync1\" for ever"),
                Livelock.objection(machine, actions(machine, round), start.length));
    }

    private static int[] actions(Machine machine, String... names) {
        RecordingScheduler recorder = new RecordingScheduler(new ReplayScheduler(machine, List.of(names)));
        new Walk(machine, new Walk.Limits(0, Integer.MAX_VALUE, true)).run(recorder, 0);
        return recorder.actions();
    }
}
