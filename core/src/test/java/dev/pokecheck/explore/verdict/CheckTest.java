// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.Pins;
import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.explore.search.DeadlockClass;
import dev.pokecheck.explore.search.SearchOptions;
import dev.pokecheck.explore.verdict.Verdict.Kind;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.ScenarioBuilder;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.property.Level;
import dev.pokecheck.property.Property;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.protocol.Setting.InterruptWork;
import dev.pokecheck.protocol.Setting.ThreadWork;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.schedule.ActionNames;
import dev.pokecheck.schedule.RandomScheduler;
import dev.pokecheck.text.FetchModel;
import dev.pokecheck.text.Site;
import dev.pokecheck.text.StoreSplit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Verdicts, each kind of them, on the smallest shipped protocols. */
class CheckTest {
    private static final CheckOptions DEFAULTS = CheckOptions.defaults();

    private static Machine machine(String protocol, UnaryOperator<ScenarioBuilder> change, String... sites) {
        List<SiteSpec> specs = List.of(sites).stream().map(SiteSpec::parse).toList();
        Scenario scenario = Scenario.of(specs.isEmpty() ? List.of(SiteSpec.parse("nop5->jmp32")) : specs)
                .with(change);
        return new Machine(scenario, Catalog.find(protocol).orElseThrow().record(scenario.setting()));
    }

    /** One aligned store, seen as a whole: old code can run for ever, but nothing is ever torn. */
    private static Machine wholeButStale() {
        return machine("naive", b -> b.fetch(FetchModel.STALE_INSN).split(StoreSplit.WORD));
    }

    private static List<Property> found(Verdict verdict) {
        return verdict.findings().stream().map(Violation::property).toList();
    }

    private static Property decided(Verdict verdict) {
        return verdict.violation().orElseThrow().property();
    }

    @Test
    void stopsAtTheFirstViolation() {
        Verdict verdict = Check.search(machine("naive", b -> b), DEFAULTS);
        assertEquals(Kind.VIOLATED, verdict.kind());
        assertEquals(List.of(Property.TORN), found(verdict));
        assertEquals(3, verdict.violation().orElseThrow().depth());
        assertEquals(Optional.empty(), verdict.level());
        assertEquals("VIOLATED: torn after 3 steps (bytes of no version were executed)", verdict.sentence());
    }

    @Test
    void allGoesOnAndReportsEachPropertyOnce() {
        Verdict verdict = Check.search(machine("naive", b -> b), DEFAULTS.all(true));
        assertEquals(Kind.VIOLATED, verdict.kind());
        assertEquals(List.of(Property.TORN, Property.STALE, Property.BACKWARDS), found(verdict));
        assertEquals(Property.TORN, decided(verdict));
        assertEquals(Optional.of(Level.NONE), verdict.level());
    }

    @Test
    void exhaustedWithoutAnythingIsTheStrongestLevel() {
        Verdict verdict = Check.search(machine("text_poke_bp_batch", b -> b), DEFAULTS);
        assertEquals(Kind.HOLDS, verdict.kind());
        assertEquals(Optional.of(Level.ATOMIC), verdict.level());
        assertEquals(List.of(), verdict.findings());
        assertEquals(Optional.empty(), verdict.violation());
    }

    @Test
    void levelGroupNeedsTwoSites() {
        CheckOptions group = DEFAULTS.require(Level.GROUP);
        Verdict one = Check.search(machine("text_poke_bp_batch", b -> b), group);
        assertEquals(Optional.of(Level.ATOMIC), one.level());
        assertEquals(
                "level group of one site is no more than level atomic",
                one.notes().get(0));
        Verdict two = Check.search(machine("text_poke_bp_batch", b -> b, "nop5->call", "call->nop5"), group);
        assertEquals(Property.GROUP, decided(two));
        Verdict held = Check.search(machine("stop_machine", b -> b, "nop5->call", "call->nop5"), group);
        assertEquals(Kind.VIOLATED, held.kind(), "a thread may be stopped between two sites");
    }

    @Test
    void aWeakerFindingBarsTheNextLevelOnly() {
        Verdict verdict = Check.search(wholeButStale(), DEFAULTS);
        assertEquals(Kind.HOLDS, verdict.kind());
        assertEquals(Optional.of(Level.SAFE), verdict.level());
        assertEquals(List.of(Property.STALE, Property.BACKWARDS), found(verdict));
        assertEquals(Property.STALE, decided(verdict));
    }

    @Test
    void aRequiredLevelMakesItFatal() {
        Verdict verdict = Check.search(wholeButStale(), DEFAULTS.require(Level.REGULAR));
        assertEquals(Kind.VIOLATED, verdict.kind());
        assertEquals(Property.STALE, decided(verdict));
        assertEquals(Optional.empty(), verdict.level());
    }

    @Test
    void noLevelIsClaimedBeyondWhatWasWatched() {
        Machine machine = machine("text_poke_bp_batch", b -> b.watch(Level.SAFE.watch()));
        assertEquals(
                Optional.of(Level.SAFE),
                Check.search(machine, DEFAULTS.require(Level.SAFE)).level());
    }

    @Test
    void noLevelIsClaimedIfOnlySomePropertiesAreLookedFor() {
        Verdict verdict = Check.search(
                machine("text_poke_bp_batch", b -> b),
                DEFAULTS.lookFor(EnumSet.of(Property.DEADLOCK, Property.LOST_PATCH, Property.GROUP)));
        assertEquals(Kind.HOLDS, verdict.kind());
        assertEquals(Optional.empty(), verdict.level());
        assertEquals(List.of(Property.DEADLOCK, Property.LOST_PATCH), verdict.tested());
        assertEquals(List.of(Property.GROUP), verdict.untested());
        assertTrue(verdict.sentence().startsWith("HOLDS for deadlock, lost-patch; all "), verdict.sentence());
    }

    /** A breakpoint of somebody else while the patcher's stack, with the descriptor, may be gone. */
    private static Machine stackDescriptor(Property lookedFor) {
        Machine machine =
                machine("text_poke_bp_batch@stack-desc", b -> b.thread(ThreadWork.FOREIGN), "nop2->jmp8->nop2");
        return Check.machineFor(machine, EnumSet.of(lookedFor));
    }

    private static Verdict lookingFor(Machine machine, Property property) {
        return Check.search(machine, DEFAULTS.lookFor(EnumSet.of(property)));
    }

    @Pins("explore.verdict.cut")
    @Test
    void nothingHoldsBehindWhatWasNotLookedFor() {
        Verdict cut = lookingFor(machine("naive", b -> b), Property.LOST_PATCH);
        assertEquals(Kind.NO_VIOLATION_WITHIN, cut.kind());
        assertEquals("runs up to torn (not looked for)", cut.bounds());
        assertEquals(
                Kind.HOLDS, lookingFor(wholeButStale(), Property.LOST_PATCH).kind());
        Machine endsAtDeadObjects = machine("text_poke_bp_batch@stack-desc", b -> b.thread(ThreadWork.FOREIGN));
        assertEquals(
                "runs up to dead-object (not looked for)",
                lookingFor(endsAtDeadObjects, Property.TORN).bounds());
    }

    @Pins("explore.verdict.cut")
    @Test
    void aLevelThatAllowsTornRunsHoldsUpToThese() {
        Verdict none = Check.search(machine("naive", b -> b), DEFAULTS.require(Level.NONE));
        assertEquals(Kind.HOLDS, none.kind());
        assertEquals(Optional.of(Level.NONE), none.level());
        assertTrue(
                none.notes().contains("runs were not followed beyond torn"),
                none.notes().toString());
    }

    @Pins("explore.verdict.dead-objects")
    @Test
    void whatComesAfterADeadObjectIsFoundIfThatIsNotLookedFor() {
        Verdict found = lookingFor(stackDescriptor(Property.UNHANDLED_INT3), Property.UNHANDLED_INT3);
        assertEquals(Kind.VIOLATED, found.kind());
        assertEquals(Property.UNHANDLED_INT3, decided(found));
        assertTrue(found(found).contains(Property.DEAD_OBJECT), "it is on the way");
        assertEquals(
                Property.DEAD_OBJECT, decided(lookingFor(stackDescriptor(Property.DEAD_OBJECT), Property.DEAD_OBJECT)));
    }

    @Pins("explore.verdict.dead-objects")
    @Test
    void nothingHoldsWhereItDependsOnWhatADeadObjectHeld() {
        Verdict sample = lookingFor(stackDescriptor(Property.LOST_PATCH), Property.LOST_PATCH);
        assertEquals(Kind.NO_VIOLATION_WITHIN, sample.kind());
        assertTrue(
                sample.bounds().endsWith(" and runs in which the memory of a dead object is nobody else's"),
                sample.bounds());
        Machine fixed = machine("text_poke_bp_batch", b -> b.thread(ThreadWork.FOREIGN));
        assertEquals(
                Kind.HOLDS,
                lookingFor(Check.machineFor(fixed, EnumSet.of(Property.LOST_PATCH)), Property.LOST_PATCH)
                        .kind());
    }

    @Pins("explore.verdict.length")
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text_poke_late@rfc18 | nop5->jmp32 | NONE",
                "text_poke_late@rfc18 | pvcall->unlock | LOCK",
                "text_poke_late@rfc17 | nop5->jmp32 | NONE",
                "naive | nop5->jmp32 | SITE"
            })
    void aViolationIsAsLongWhetherOrNotTheSearchGoesOn(String protocol, String site, InterruptWork work) {
        UnaryOperator<ScenarioBuilder> change =
                b -> work == InterruptWork.NONE ? b : b.nmis(1).nmiWork(work).thread(ThreadWork.NONE);
        Violation alone = Check.search(machine(protocol, change, site), DEFAULTS)
                .violation()
                .orElseThrow();
        Violation among = Check.search(machine(protocol, change, site), DEFAULTS.all(true))
                .violation()
                .orElseThrow();
        assertEquals(alone.property(), among.property());
        assertEquals(alone.depth(), among.depth());
    }

    /** Two CPUs take two locks in both orders, or the second waits for what never comes; the first may be anywhere when that happens. */
    private static void locksInBothOrders(ProtocolBuilder b) {
        Shared first = b.shared("a", 0, 0, 1);
        Shared second = b.shared("b", 0, 0, 1);
        b.patcher(r -> take(r, first, second));
        b.thread(1, r -> take(r, second, first));
    }

    private static void take(Recorder r, Shared first, Shared second) {
        r.awaitExchange("lock_" + first.var().name(), first.cell(), Expr.of(0), Expr.of(1));
        r.awaitExchange("lock_" + second.var().name(), second.cell(), Expr.of(0), Expr.of(1));
        r.store("unlock_" + second.var().name(), second, Expr.of(0));
        r.store("unlock_" + first.var().name(), first, Expr.of(0));
    }

    private static List<DeadlockClass> allDeadlocks(Protocol.Definition protocol, boolean reduce) {
        Scenario scenario = Scenario.of(List.of(SiteSpec.parse("nop1->nop1")))
                .with(b -> b.thread(ThreadWork.NONE).reduce(reduce));
        return Check.search(Machine.of(scenario, "test", protocol), DEFAULTS.sortDeadlocks())
                .deadlocks();
    }

    @Pins("explore.verdict.all-deadlocks")
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void allDeadlocksAreSorted(boolean reduce) {
        List<DeadlockClass> one = allDeadlocks(CheckTest::locksInBothOrders, reduce);
        assertEquals(
                List.of("cpu0 waits at lock_b in thread0\ncpu1 waits at lock_a in thread1"),
                one.stream().map(DeadlockClass::name).toList());
        assertEquals(1, one.get(0).states());
        assertEquals(2, one.get(0).first().depth());
        List<DeadlockClass> two = allDeadlocks(
                b -> {
                    locksInBothOrders(b);
                    Shared never = b.shared("never", 0, 0, 1);
                    b.thread(1, r -> r.await("for_ever", never.value().eq(1)));
                },
                reduce);
        assertEquals(
                List.of(
                        "cpu0 waits at lock_b in thread0\ncpu1 waits at lock_a in thread1",
                        "cpu0 has finished\ncpu1 waits at for_ever in thread1"),
                two.stream().map(DeadlockClass::name).toList());
    }

    @Pins("explore.verdict.all-deadlocks")
    @Test
    void aLoopThatNobodyEndsIsADeadlock() {
        List<DeadlockClass> all = allDeadlocks(
                b -> {
                    Shared never = b.shared("never", 0, 0, 1);
                    b.patcher(r -> {
                        Local seen = r.local("seen", 0, 1);
                        r.store("first", b.shared("x", 0, 0, 1), Expr.of(1));
                        r.whileTrue(seen.value().eq(0), () -> {
                            r.load("look", seen, never);
                            r.fence("relax");
                        });
                    });
                },
                false);
        assertEquals(
                List.of("cpu0 goes round look, relax in thread0\ncpu1 has finished"),
                all.stream().map(DeadlockClass::name).toList());
        assertEquals(2, all.get(0).states());
    }

    @Pins("explore.verdict.all-deadlocks")
    @Test
    void withoutADeadlockThereIsNone() {
        assertEquals(
                List.of(),
                allDeadlocks(b -> b.patcher(r -> take(r, b.shared("a", 0, 0, 1), b.shared("b", 0, 0, 1))), true));
    }

    @Test
    void aDeadlockStopsTheSearch() {
        Verdict verdict = Check.search(machine("text_poke_late@rfc18", b -> b), DEFAULTS);
        assertEquals(Property.DEADLOCK, decided(verdict));
    }

    @Pins("judge.vacuity-executed")
    @Test
    void nobodyWhoExecutesIsVacuous() {
        Verdict verdict = Check.search(machine("naive", b -> b.thread(ThreadWork.NONE)), DEFAULTS);
        assertEquals(Kind.VACUOUS, verdict.kind());
        assertEquals(List.of("a site executed during or after the patch call"), verdict.missing());
        assertEquals(Optional.empty(), verdict.level());
    }

    @Pins("judge.vacuity-handshake")
    @Test
    void aHandshakeAloneHoldsForWhatItIs() {
        Verdict verdict = Check.search(machine("text_poke_late@repaired", b -> b.thread(ThreadWork.NONE)), DEFAULTS);
        assertEquals(Kind.HOLDS, verdict.kind());
        assertEquals(Optional.empty(), verdict.level());
        assertTrue(
                verdict.tested().contains(Property.DEADLOCK), verdict.tested().toString());
        assertTrue(
                verdict.untested().contains(Property.TORN), verdict.untested().toString());
        assertTrue(verdict.notes().contains("no level is shown: in this scenario nobody executes a site"));
        Verdict level = Check.search(
                machine("text_poke_late@repaired", b -> b.thread(ThreadWork.NONE)), DEFAULTS.require(Level.SAFE));
        assertEquals(List.of("a site executed during or after the patch call"), level.missing());
        Verdict broken = Check.search(machine("text_poke_late@rfc18", b -> b.thread(ThreadWork.NONE)), DEFAULTS);
        assertEquals(Property.DEADLOCK, decided(broken));
    }

    @Pins("judge.vacuity-handshake")
    @Test
    void oneCpuWhoseNeighboursWereToExecuteIsVacuous() {
        assertEquals(
                Kind.VACUOUS,
                Check.search(machine("naive", b -> b.cpus(1)), DEFAULTS).kind());
    }

    @Pins("judge.vacuity-question")
    @Test
    void whatCouldNotBeViolatedIsVacuous() {
        Verdict group = lookingFor(machine("text_poke_bp_batch", b -> b), Property.GROUP);
        assertEquals(Kind.VACUOUS, group.kind());
        assertEquals(
                List.of(
                        "a path through two sites during or after the patch call, which group is about and which takes two"
                                + " sites"),
                group.missing());
        Verdict unhandled = lookingFor(machine("naive", b -> b), Property.UNHANDLED_INT3);
        assertEquals(Kind.VACUOUS, unhandled.kind());
        assertEquals(List.of("a breakpoint hit, which unhandled-int3 is about"), unhandled.missing());
        assertEquals(
                Kind.HOLDS,
                lookingFor(machine("text_poke_bp_batch", b -> b), Property.UNHANDLED_INT3)
                        .kind());
    }

    @Test
    void anNmiThatWasPromisedAndCameIsNotVacuous() {
        Machine machine = machine(
                "text_poke_bp_batch", b -> b.nmis(1).nmiWork(InterruptWork.SITE).thread(ThreadWork.NONE));
        assertEquals(Kind.HOLDS, Check.search(machine, DEFAULTS).kind());
    }

    @Test
    void aBoundIsNoProof() {
        SearchOptions bounded = SearchOptions.defaults().maxStates(100);
        Verdict verdict = Check.search(machine("text_poke_bp_batch", b -> b), DEFAULTS.search(bounded));
        assertEquals(Kind.NO_VIOLATION_WITHIN, verdict.kind());
        assertEquals(Optional.empty(), verdict.level());
        assertEquals(
                "NO VIOLATION WITHIN a bound of 100 states; 100 states visited, nothing is known of the others",
                verdict.sentence());
    }

    @Test
    void aSpentBudgetIsNamed() {
        SearchOptions bounded = SearchOptions.defaults().budget(() -> "a bound of 0 seconds");
        Machine machine = machine("text_poke_bp_batch", b -> b, "nop5->call", "call->nop5");
        Verdict verdict = Check.search(machine, DEFAULTS.search(bounded));
        assertEquals(Kind.NO_VIOLATION_WITHIN, verdict.kind());
        assertEquals("a bound of 0 seconds", verdict.bounds());
    }

    @Test
    void aSampleIsASample() {
        Verdict held = sample("text_poke_bp_batch", 50);
        assertEquals(Kind.SAMPLED, held.kind());
        assertEquals(Optional.empty(), held.level());
        assertEquals(
                "SAMPLED 50 runs of at most 200 steps, random; no violation met, nothing is known of other runs",
                held.sentence());
        Verdict torn = sample("naive", 50);
        assertEquals(Kind.VIOLATED, torn.kind());
        assertEquals(Property.TORN, decided(torn));
    }

    private static Verdict sample(String protocol, int runs) {
        return Check.sample(machine(protocol, b -> b), DEFAULTS, new RandomScheduler(1), "random", runs, 200);
    }

    @Test
    void schedulesAreThoseOfTheMachineWithoutReduction() {
        Machine reduced = machine("text_poke_late@rfc18", b -> b.reduce(true));
        Machine full = machine("text_poke_late@rfc18", b -> b);
        Verdict verdict = Check.search(reduced, DEFAULTS);
        int[] schedule = verdict.violation().orElseThrow().finding().schedule();
        assertEquals(schedule.length, ActionNames.of(full, schedule).size());
    }

    /** A patch call that writes its breakpoint, fails, takes it back and is given up; the handler is told by {@code active} that it is ours. */
    private static Machine givenUp(boolean synchronised) {
        Scenario scenario = Scenario.of(List.of(SiteSpec.parse("nop5->jmp32")));
        return Machine.of(scenario, "given up", b -> {
            Site site = b.sites().get(0);
            Shared active = b.shared("active", 0, 0, 1);
            b.patcher(r -> {
                r.patchBegin("begin", site, 1);
                r.store("activate", active, Expr.of(1));
                r.textPoke("int3", site, 0, (byte) 0xcc);
                r.syncEachCpu("sync1", Sync.IRET);
                r.textPoke("back", site, 0, site.at(0, 0));
                if (synchronised) {
                    r.syncEachCpu("sync2", Sync.IRET);
                }
                r.store("deactivate", active, Expr.of(0));
                r.patchAbort("abort", site, 1);
            });
            b.breakpoint(r -> {
                r.ifThen("ours", active.value().eq(0), () -> r.unhandled("not_ours"));
                r.setSavedAddress(Expr.savedAddress().minus(1));
            });
        });
    }

    @Pins("judge.vacuity-new-code")
    @Test
    void aPatchThatIsAlwaysGivenUpNeedNoNewCode() {
        Verdict holds = Check.search(givenUp(true), DEFAULTS);
        assertEquals(Kind.HOLDS, holds.kind(), holds.sentence());
        Verdict unhandled = Check.search(givenUp(false), DEFAULTS);
        assertEquals(Property.UNHANDLED_INT3, decided(unhandled));
    }
}
