// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.corpus.Corpus;
import dev.pokecheck.corpus.Entry;
import dev.pokecheck.corpus.EntryProtocols;
import dev.pokecheck.corpus.Expectation;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.property.Property;
import dev.pokecheck.schedule.RecordingScheduler;
import dev.pokecheck.schedule.ReplayScheduler;
import dev.pokecheck.schedule.Walk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the violations of the corpus look like. */
class SymptomTest {
    private static final Path FAIL =
            Path.of(System.getProperty("basedir", "."), "..", "corpus", "fail").normalize();

    private record Known(Machine machine, List<Integer> actions, Property property) {
        int[] schedule() {
            return actions.stream().mapToInt(Integer::intValue).toArray();
        }

        Symptom symptom() {
            return Symptom.of(machine, schedule(), property);
        }

        Target target() {
            return Target.first(machine, schedule(), property, (any, state) -> true)
                    .orElseThrow()
                    .target();
        }
    }

    private static Known known(String file) {
        Entry entry = Corpus.read(FAIL.resolve(file + Corpus.SUFFIX));
        var scenario =
                entry.scenario().with(b -> b.watch(entry.expectation().level().watch()));
        Machine machine = new Machine(scenario, EntryProtocols.of(FAIL, entry)).unreduced();
        List<String> names = entry.schedule().orElseThrow();
        RecordingScheduler replay = new RecordingScheduler(new ReplayScheduler(machine, names));
        new Walk(machine, new Walk.Limits(0, names.size(), true)).run(replay, 0);
        Property property = ((Expectation.Violated) entry.expectation()).property();
        return new Known(
                machine, java.util.Arrays.stream(replay.actions()).boxed().toList(), property);
    }

    @Test
    void anIncidentIsNamedBySitePhaseAndContext() {
        assertEquals(
                new Symptom(Property.TORN, "site0", "patch to v1 under way, head v1, tail v0", "thread"),
                known("torn+line-crossing+stale-head").symptom());
        assertEquals(
                "mc in nmi in stop",
                known("torn+machine-check+primary").symptom().context());
        assertEquals("site1", known("group+one-site-first").symptom().site());
    }

    @Test
    void aBreakpointIsAboutTheSiteItStandsIn() {
        Symptom symptom = known("unhandled-int3+no-sync3").symptom();
        assertEquals("site0", symptom.site());
        assertEquals("bp", symptom.context());
    }

    @Test
    void aBugIsAboutNoSite() {
        assertEquals("", known("bug+second-ack+no-nmi").symptom().site());
    }

    @Test
    void aDeadlockIsNamedByWhoWaitsWhere() {
        assertEquals(
                "stop at sync_finish.sync_site.wait_state, thread at patch_worker.poke.site0.SYNC_0.acks.all",
                known("deadlock+stale-ack+no-nmi").symptom().context());
    }

    /** Of every fourth entry. */
    @Test
    void textAndSlugTellSymptomsApart() throws IOException {
        tellApart(4);
    }

    @Tag("full")
    @Test
    void textAndSlugTellAllSymptomsApart() throws IOException {
        tellApart(1);
    }

    private static void tellApart(int step) throws IOException {
        List<Path> files = Corpus.files(FAIL);
        List<Symptom> all = IntStream.iterate(0, n -> n < files.size(), n -> n + step)
                .mapToObj(n -> files.get(n).getFileName().toString())
                .map(name -> known(name.substring(0, name.length() - Corpus.SUFFIX.length()))
                        .symptom())
                .distinct()
                .toList();
        assertEquals(all.size(), all.stream().map(Symptom::slug).distinct().count());
        assertTrue(all.stream().allMatch(symptom -> symptom.slug().matches("[a-z0-9+-]+")));
        assertEquals(
                "torn at site0 in thread; patch to v1 under way, head v1, tail v0",
                known("torn+line-crossing+stale-head").symptom().text());
    }

    @Test
    void aTargetIsShownByItsOwnStepAndByNoEarlierOne() {
        Known known = known("torn+no-sync2");
        Machine machine = known.machine();
        int[] schedule = known.schedule();
        assertTrue(shown(machine, schedule, known.target()));
        assertEquals(
                Optional.empty(),
                Target.first(
                        machine,
                        java.util.Arrays.copyOf(schedule, schedule.length - 1),
                        Property.TORN,
                        (any, state) -> false));
        assertNotEquals(Target.Kind.DEADLOCK, known.target().kind());
    }

    /** The same incident in another phase, or in another context, is another violation. */
    @Test
    void anotherPhaseOrContextIsAnotherTarget() {
        Known early = known("torn+no-sync1");
        Known late = known("torn+no-sync2");
        assertEquals(early.symptom().context(), late.symptom().context());
        assertTrue(!shown(late.machine(), late.schedule(), early.target()));
        assertTrue(shown(late.machine(), late.schedule(), early.target().inAnyPhase()));
        Known nmi = known("torn+stop_machine+nmi");
        assertTrue(!shown(nmi.machine(), nmi.schedule(), late.target().inAnyPhase()));
    }

    private static boolean shown(Machine machine, int[] schedule, Target target) {
        long[] state = new long[machine.words()];
        long[] before = state;
        machine.initial(state);
        long raised = 0;
        for (int action : schedule) {
            before = state.clone();
            raised = machine.apply(state, action) | machine.inspect(state);
        }
        return target.isShownBy(machine, before, schedule[schedule.length - 1], raised);
    }
}
