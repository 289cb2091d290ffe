// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.corpus.Corpus;
import dev.pokecheck.corpus.CorpusException;
import dev.pokecheck.corpus.Entry;
import dev.pokecheck.corpus.ReplayResult.Outcome;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.explore.verdict.Verdict.Kind;
import dev.pokecheck.property.Level;
import dev.pokecheck.property.Property;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Setting.InterruptWork;
import dev.pokecheck.protocol.Setting.ThreadWork;
import dev.pokecheck.text.FetchModel;
import dev.pokecheck.text.StoreSplit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PokecheckTest {
    @TempDir
    private Path parent;

    private Path folder;

    @BeforeEach
    void folder() {
        folder = parent.resolve("made/when/needed");
    }

    private ProtocolCheck store() {
        return Pokecheck.check(new Store()).named("store").saveTo(folder);
    }

    private ProtocolCheck wholeStore() {
        return store().fetch(FetchModel.STALE_INSN).scenario(b -> b.split(StoreSplit.WORD));
    }

    private static Protocol.Definition shipped(String name) {
        return Catalog.find(name).orElseThrow().definition();
    }

    private static String failureOf(org.junit.jupiter.api.function.Executable check) {
        return assertThrows(AssertionError.class, check).getMessage();
    }

    private List<Path> saved() throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Test
    void whatHoldsPassesAndSaysHowFar() throws IOException {
        Shown shown = wholeStore().holds(Level.REGULAR);
        assertEquals(Kind.HOLDS, shown.verdict().kind());
        assertEquals(Level.REGULAR, shown.verdict().level().orElseThrow());
        assertTrue(shown.timeline().isEmpty());
        assertEquals(List.of(), shown.steps());
        assertEquals(List.of(), saved());
    }

    @Test
    void theDemandedLevelDecides() {
        String message = failureOf(() -> wholeStore().holds(Level.ATOMIC));
        assertTrue(message.contains("expected to hold at level atomic, but VIOLATED: backwards after "), message);
        wholeStore().holds();
    }

    @Test
    void aFailureIsTheTimelineAndHowToSeeItAgain() throws IOException {
        String message = failureOf(() -> store().holds());
        Path file = saved().get(0);
        assertEquals(1, saved().size());
        assertTrue(
                message.startsWith(
                        "store in cpus=2 site0=nop5->jmp32: expected to hold at level safe, but VIOLATED: torn after 3"
                                + " steps (bytes of no version were executed).\n\nstore: torn in step 3\n"),
                message);
        assertTrue(message.contains("\nTORN IN STEP 3\n"), message);
        assertTrue(message.contains("\nsaved      " + file + "\n"), message);
        assertTrue(
                message.contains("\nreplay     Pokecheck.replay(Path.of(\"" + file + "\"), definition).reproduces()\n"),
                message);
        assertTrue(message.contains(" replay " + file + " --protocol-class 'dev.pokecheck.junit.Store'\n"), message);
        assertTrue(file.getFileName().toString().matches("store-torn-[0-9a-f]{8}\\.poke"), file.toString());

        Entry entry = Corpus.read(file);
        assertEquals("violated torn", entry.expectation().text());
        Replayed replayed = Pokecheck.replay(file, new Store()).reproduces();
        assertTrue(message.contains(replayed.timeline()), "the same interleaving");
    }

    @Test
    void aLambdaHasNoNameAndSoNoCommand() {
        Protocol.Definition lambda = b -> new Store().record(b);
        String message = failureOf(() -> Pokecheck.check(lambda).saveTo(folder).holds());
        assertFalse(message.contains("--protocol-class"), message);
        assertTrue(message.contains("Pokecheck.replay("), message);
    }

    @Test
    void twoScenariosAreTwoFilesAndOneScenarioIsOne() throws IOException {
        failureOf(() -> store().holds());
        failureOf(() -> store().holds());
        assertEquals(1, saved().size());
        failureOf(() -> store().cpus(3).holds());
        failureOf(() -> store().data(DataModel.TSO).holds());
        assertEquals(3, saved().size());
    }

    /** Both are named as nobody named them; one must not overwrite the other. */
    @Test
    void twoProtocolsAreTwoFiles() throws IOException {
        Protocol.Definition nothing = b -> {};
        Protocol.Definition noEnd =
                b -> b.patcher(r -> r.patchBegin("begin", b.sites().get(0), 1));
        for (Protocol.Definition definition : List.of(nothing, noEnd)) {
            String message =
                    failureOf(() -> Pokecheck.check(definition).saveTo(folder).holds());
            assertTrue(message.contains("VIOLATED: lost-patch "), message);
        }
        assertEquals(2, saved().size());
        for (Path file : saved()) {
            boolean empty = Corpus.read(file).schedule().orElseThrow().isEmpty();
            Pokecheck.replay(file, empty ? nothing : noEnd).reproduces();
        }
    }

    @Test
    void aBoundNeverPassesSilently() {
        ProtocolCheck bounded = wholeStore().maxStates(5);
        String message = failureOf(bounded::holds);
        assertTrue(message.contains("but NO VIOLATION WITHIN a bound of 5 states"), message);
        assertTrue(message.contains("A bound is no proof. Raise it"), message);
        assertEquals(
                Kind.NO_VIOLATION_WITHIN, bounded.findsNoViolation().verdict().kind());
        String violates = failureOf(() -> bounded.violates(Property.TORN));
        assertTrue(violates.contains("expected a violation of torn, but NO VIOLATION WITHIN"), violates);
    }

    @Test
    void aSampleNeverPassesSilently() {
        for (ProtocolCheck sampled :
                List.of(wholeStore().random(1, 20), wholeStore().pct(1, 20))) {
            String message = failureOf(sampled::holds);
            assertTrue(message.contains("but SAMPLED 20 runs"), message);
            assertTrue(message.contains("A sample is no proof."), message);
            assertEquals(Kind.SAMPLED, sampled.findsNoViolation().verdict().kind());
        }
    }

    @Test
    void aVacuousRunNeverPasses() {
        ProtocolCheck vacuous = store().threads(ThreadWork.NONE);
        for (String message : List.of(failureOf(vacuous::holds), failureOf(vacuous::findsNoViolation))) {
            assertTrue(message.contains("but VACUOUS: "), message);
            assertTrue(message.contains("Nothing was tested."), message);
        }
        assertTrue(failureOf(() -> vacuous.violates(Property.TORN)).contains("but VACUOUS: "));
    }

    @Test
    void aViolationThatIsClaimedMustBeThatOne() throws IOException {
        Shown torn = store().violates(Property.TORN);
        assertEquals(3, torn.steps().size());
        assertTrue(torn.timeline().orElseThrow().contains("TORN IN STEP 3"));
        assertEquals(List.of(), saved(), "what was expected is not saved");
        String message = failureOf(() -> wholeStore().violates(Property.TORN));
        assertTrue(message.contains("expected a violation of torn, but HOLDS"), message);
        assertThrows(IllegalArgumentException.class, () -> store().violates(Property.VACUOUS));
    }

    /** Others come earlier, and would end the search. */
    @Test
    void otherViolationsDoNotHideIt() {
        ProtocolCheck check = Pokecheck.check(shipped("naive")).scenario(b -> b.split(StoreSplit.WORD));
        check.violates(Property.TORN);
        check.fetch(FetchModel.STALE_INSN).violates(Property.STALE);
        check.fetch(FetchModel.STALE_INSN).violates(Property.BACKWARDS);
    }

    @Test
    void aSampledViolationIsMadeShort() {
        Shown shown = store().random(3, 1000).violates(Property.TORN);
        assertTrue(shown.steps().size() <= 4, shown.steps().toString());
        assertTrue(
                shown.verdict().notes().get(0).startsWith("minimised from "),
                shown.verdict().toString());
        assertTrue(failureOf(() -> store().random(3, 1000).holds()).contains("TORN IN STEP 3"));
    }

    @Test
    void aLivelockIsSavedWithItsLoop() throws IOException {
        ProtocolCheck check = Pokecheck.check(shipped("text_poke_late@rfc18"))
                .named("late@rfc18")
                .sites("pvcall->unlock")
                .threads(ThreadWork.NONE)
                .nmis(1)
                .nmiWork(InterruptWork.LOCK);
        Path file = parent.resolve("livelock.poke");
        check.violates(Property.LIVELOCK).save(file);
        Pokecheck.replay(file, shipped("text_poke_late@rfc18")).reproduces();
    }

    @Test
    void aChangedProtocolIsNoticedAtReplay() throws IOException {
        Path file = parent.resolve("torn.poke");
        store().violates(Property.TORN).save(file);
        Replayed replayed = Pokecheck.replay(
                file,
                b -> b.patcher(r -> {
                    r.patchBegin("begin", b.sites().get(0), 1);
                    r.textPoke("store", b.sites().get(0), 0, b.sites().get(0).bytes(1));
                    r.patchEnd("end", b.sites().get(0), 1);
                }));
        assertEquals(Outcome.CHANGED, replayed.result().outcome());
        String message = failureOf(replayed::reproduces);
        assertTrue(message.contains(file + ": CHANGED: the protocol has changed since the entry was written"), message);

        Files.writeString(file, Files.readString(file).replace("violated torn", "violated stale"));
        assertEquals(Outcome.OTHER, Pokecheck.replay(file, new Store()).result().outcome());
    }

    @Test
    void whatCannotBeReplayedIsNamed() throws IOException {
        Path missing = parent.resolve("no.poke");
        assertThrows(CorpusException.class, () -> Pokecheck.replay(missing, new Store()));
        Path holds = parent.resolve("holds.poke");
        Files.writeString(
                holds, "poke-corpus 1\nprotocol: store\nscenario: cpus=2 site0=nop5->jmp32\nexpect: holds safe\n");
        String message = assertThrows(IllegalArgumentException.class, () -> Pokecheck.replay(holds, new Store()))
                .getMessage();
        assertTrue(message.contains("has no schedule; check that its level holds"), message);
    }

    @Test
    void aCheckIsNotChangedByWhatIsMadeOfIt() {
        ProtocolCheck torn = store();
        ProtocolCheck whole = torn.fetch(FetchModel.STALE_INSN).scenario(b -> b.split(StoreSplit.WORD));
        assertNotEquals(torn, whole);
        whole.holds();
        torn.violates(Property.TORN);
    }

    @Test
    void badSettingsAreNamed() {
        for (String bad : List.of("", "a b", "../x", "x\ny")) {
            assertThrows(IllegalArgumentException.class, () -> store().named(bad));
        }
        assertThrows(IllegalArgumentException.class, () -> store().cpus(9));
        assertThrows(IllegalArgumentException.class, () -> store().sites("nop5"));
    }
}
