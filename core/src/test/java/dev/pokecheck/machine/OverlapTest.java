// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.Pins;
import dev.pokecheck.cpu.Profile;
import dev.pokecheck.cpu.SelfModification;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.property.Incident;
import dev.pokecheck.property.Reached;
import dev.pokecheck.protocol.Copy;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Setting.InterruptWork;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.text.FetchModel;
import dev.pokecheck.text.Site;
import dev.pokecheck.text.StoreSplit;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Sites that overlap: what is stored to one of them, who executes another sees. */
class OverlapTest {
    /** Two NOPs; site 1 is the second of them. */
    private static final String WHOLE = "66900f1f00->jmp32";

    private static final String TAIL = "0f1f00->eb1090@site0+2";

    /** Stores arrive whole, and are seen whole and at once. */
    private static Litmus litmus(String... sites) {
        return Litmus.sites(sites).with(b -> b.split(StoreSplit.WORD).fetch(FetchModel.COHERENT, 64));
    }

    /** What goes wrong, but for sites that a program has not brought to their last version. */
    private static Set<Incident> wrong(Outcomes outcomes) {
        Set<Incident> incidents = EnumSet.noneOf(Incident.class);
        incidents.addAll(outcomes.incidents());
        incidents.remove(Incident.LOST_PATCH);
        return incidents;
    }

    // ---- where they lie

    private static String refused(String... sites) {
        return assertThrows(IllegalArgumentException.class, () -> Litmus.sites(sites))
                .getMessage();
    }

    @Pins("text.overlap")
    @Test
    void aSiteLiesOverAnEarlierOne() {
        List<Site> sites = Litmus.sites("nop5->jmp32@9", "nop5->call@site0+0", "nop1->int3")
                .machine(b -> {})
                .protocol()
                .setting()
                .sites();
        assertEquals(sites.get(0).address(), sites.get(1).address());
        assertEquals(0x81000009L, sites.get(0).address());
        assertEquals(0x81002000L, sites.get(2).address());
    }

    @ParameterizedTest
    @CsvSource({
        "nop5->jmp32, nop2->jmp8@site0+0, site1 overlaps site0; version 0 has 66 at site1+0 and 0f at site0+0",
        "nop5->jmp32, nop2->jmp8@site1+0, site1 is to overlap site1",
        "nop5->jmp32, nop2->jmp8@site0+5, site0+5",
        "nop5->jmp32, nop2->jmp8@site0, siteN+k",
        "nop5->jmp32, nop2->jmp8@site-1+0, siteN+k"
    })
    void whatCannotBeIsRefused(String first, String second, String says) {
        String message = refused(first, second);
        for (String part : says.split("; ", -1)) {
            assertTrue(message.contains(part), message);
        }
    }

    @Test
    void sitesAreWrittenInTheOrderOfTheirAddresses() {
        assertTrue(refused("nop5->jmp32", "nop1->int3", "nop5->call@site0+0").contains("site2 would lie before site1"));
    }

    @Pins("machine.copy")
    @Test
    void copiesOverlapNothing() {
        Litmus litmus = litmus("6690->eb00", "6690->eb00@site0+0", "6690->eb00");
        Protocol.Definition copied =
                b -> b.copy(new Copy(b.sites().get(0), 0, b.sites().get(2), Map.of(0, 0)));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> litmus.machine(copied))
                .getMessage()
                .contains("site0 is copied"));
        Protocol.Definition apart =
                b -> b.copy(new Copy(b.sites().get(0), 0, b.sites().get(1), Map.of(0, 0)));
        litmus("6690->eb00", "6690->eb00").machine(apart);
    }

    @Test
    void aSiteThatReleasesALockOverlapsNothing() {
        Litmus litmus = Litmus.sites("unlock->unlock", "c60700->c60700@site0+0")
                .with(b -> b.nmis(1).nmiWork(InterruptWork.LOCK));
        assertThrows(IllegalArgumentException.class, () -> litmus.machine(b -> {}));
    }

    // ---- one text

    @Pins("text.overlap")
    @Test
    void whatIsStoredToOneIsExecutedInTheOther() {
        Outcomes outcomes = litmus(WHOLE, TAIL).run("poke-site 1", "exec");
        assertEquals(Set.of(), wrong(outcomes));
        assertTrue(outcomes.took("cpu1 fetch site0+2 [eb 10]"));
        assertTrue(outcomes.took("cpu1 fetch site0+2 [0f 1f 00]"));
        assertEquals(Set.of(Incident.TORN), wrong(litmus(WHOLE, TAIL).run("poke", "exec 1")));
        assertEquals(Set.of(), wrong(litmus(WHOLE, "0f1f00->eb1090").run("poke", "exec 1")));
    }

    @Pins("text.overlap")
    @ParameterizedTest
    @EnumSource
    void theyHaveOneWindow(FetchModel model) {
        Litmus litmus = Litmus.sites("6690->eb10", "6690->eb10@site0+0")
                .with(b -> b.split(StoreSplit.WORD).fetch(model, 64))
                .fetches();
        String back = "cpu1=new,old";
        assertEquals(
                model.canBeStale() && !model.window().movesByFetch(),
                litmus.run("poke", "exec; exec 1").finals().contains(back));
        Outcomes coherent = litmus.with(b -> b.fetchCoherent(true)).run("poke", "exec; exec 1");
        assertEquals(Set.of("cpu1=old,old", "cpu1=old,new", "cpu1=new,new"), coherent.finals());
    }

    @Pins("text.overlap")
    @Test
    void aFetchReadsOnWhereAnotherSiteHasMoreBytes() {
        Outcomes outcomes =
                litmus("6690->eb10", "66900f1f00->0f1f440000@site0+0").run("poke-site 1", "exec");
        assertEquals(Set.of(), wrong(outcomes));
        assertTrue(outcomes.took("cpu1 fetch site0 [0f 1f 44 00 00]"));
    }

    @ParameterizedTest
    @EnumSource
    void aCpuIsSureOfItsOwnStoresToEither(DataModel data) {
        Litmus litmus = Litmus.sites("6690->eb10", "6690->eb10@site0+0")
                .with(b -> b.split(StoreSplit.WORD).chunk(64).data(data))
                .fetches();
        for (SelfModification needs : SelfModification.values()) {
            Set<String> seen = litmus.with(b -> b.profile(Profile.ARCHITECTURAL.inPlace(needs)))
                    .run("in-place poke-site 1; jump; exec")
                    .finals();
            assertEquals(
                    needs == SelfModification.SERIALIZE ? Set.of("cpu0=old", "cpu0=new") : Set.of("cpu0=new"), seen);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aReadOfOneSeesStoresToTheOtherInTheBuffer(DataModel data) {
        Litmus litmus = Litmus.sites("6690->eb10", "6690->eb10@site0+0")
                .with(b -> b.split(StoreSplit.WORD).data(data));
        assertEquals(Set.of("1"), litmus.run("poke-site 1; r0=text").finals());
    }

    @Pins("machine.serialized-since")
    @Test
    void aStoreToSharedBytesIsOneToBoth() {
        for (int stored = 0; stored < 2; stored++) {
            int offset = stored;
            Protocol.Definition asks = b -> b.thread(0, r -> {
                r.textPoke("poke", b.sites().get(0), offset, (byte) 0x90);
                r.ensure("serialized", Expr.everyCpuSerializedSince(b.sites().get(1)));
            });
            Set<Incident> incidents = litmus("9090->90c3", "90->c3@site0+1")
                    .with(b -> b.fetch(FetchModel.STALE_CHUNK))
                    .run(asks)
                    .incidents();
            assertEquals(offset == 1, incidents.contains(Incident.ENSURE), "+" + offset);
        }
    }

    // ---- what is right

    @Pins("text.of-another")
    @Test
    void anInstructionThatMixesTheTwoIsTorn() {
        Outcomes outcomes = litmus(WHOLE, TAIL).run("poke; poke-site 1", "exec");
        assertEquals(Set.of(Incident.TORN), wrong(outcomes));
        assertTrue(outcomes.names().stream().anyMatch(name -> name.matches("cpu1 fetch site0 \\[e9 .. eb 10 90]")));
        assertEquals(Set.of(), wrong(litmus(WHOLE, TAIL).run("poke-site 1", "exec")));
    }

    @Pins("text.of-another")
    @Test
    void whoeverHasStoredAnInstructionOfTheSiteItIsOfItsVersion() {
        // The second instruction is one of version 1 of site 0, the first one of version 0.
        String same = "66900f1f00->eb00eb1090";
        assertEquals(Set.of(Incident.MIXED), wrong(litmus(same, TAIL).run("poke-site 1", "exec")));
        // Site 1 brings back what site 0 had before its own patch call.
        Set<Incident> incidents = litmus("6690->eb10", "6690->90c3->6690@site0+0")
                .run(calls(0, 1, 1, 1, 1, 2))
                .incidents();
        assertEquals(Set.of(Incident.STALE), incidents);
        assertEquals(
                Set.of(),
                litmus("6690->eb10", "6690->90c3@site0+0")
                        .run(calls(0, 1, 1, 1))
                        .incidents());
    }

    /** Both sites are to have {@code eb 10 90} at the end: who sees it after the old beginning of site 0 may owe it to the patch call of site 1. */
    @Pins("text.of-another")
    @Test
    void whatACallForTheOtherSiteBringsMixesNothing() {
        Litmus litmus = litmus("66900f1f00->eb00eb1090", TAIL);
        assertEquals(Set.of(), wrong(litmus.run(called(1))));
        assertEquals(Set.of(Incident.MIXED), wrong(litmus.run(called(0))));
    }

    /** One site is patched while another CPU executes site 0. */
    private static Protocol.Definition called(int patched) {
        return b -> {
            Site site = b.sites().get(patched);
            b.thread(0, r -> {
                r.patchBegin("begin", site, 1);
                r.textStore("store", site, 0, site.bytes(1));
                r.patchEnd("end", site, 1);
            });
            b.thread(1, r -> r.execute("exec", b.sites().get(0)));
        };
    }

    /** Patch calls one after the other, given by site and version; then another CPU executes site 0. */
    private static Protocol.Definition calls(int... pairs) {
        return b -> {
            Shared done = b.shared("done", 0, 0, 1);
            b.thread(0, r -> {
                for (int i = 0; i < pairs.length; i += 2) {
                    Site site = b.sites().get(pairs[i]);
                    r.patchBegin("begin" + i, site, pairs[i + 1]);
                    r.textStore("store" + i, site, 0, site.bytes(pairs[i + 1]));
                    r.patchEnd("end" + i, site, pairs[i + 1]);
                }
                r.store("done", done, Expr.of(1));
            });
            b.thread(1, r -> {
                r.await("wait", done.value().eq(1));
                r.serialize("sync", Sync.CPUID);
                r.execute("exec", b.sites().get(0));
            });
        };
    }

    @Pins("machine.out-of-overlap")
    @Test
    void whoComesToBytesOfTheOtherOnlyHasLeft() {
        Litmus litmus = litmus("6690->eb10", "66900f1f0090->0f1f44000090@site0+0");
        Outcomes outcomes = litmus.run("poke-site 1", "exec; exec");
        assertEquals(Set.of(), wrong(outcomes));
        assertFalse(outcomes.deadlock());
        assertFalse(outcomes.names().stream().anyMatch(name -> name.startsWith("cpu1 fetch site1")));
        assertTrue(litmus.run("poke-site 1", "exec 1").took("cpu1 fetch site1+5 [90]"));
    }

    // ---- who is in the middle

    @Pins("machine.inside-another")
    @Test
    void whoGoesOnInsideAnInstructionOfTheOtherIsLost() {
        String other = "66900f1f00->eb10909090";
        assertEquals(
                Set.of(Incident.MID_INSTRUCTION),
                wrong(litmus(other, "66900f1f00->jmp32@site0+0").run(patch(false))));
        assertEquals(Set.of(), wrong(litmus(other, "66900f1f00->jmp32@site0+0").run(patch(true))));
        assertEquals(
                Set.of(Incident.TORN),
                wrong(litmus(other, "66900f1f00->jmp32@site0+0").run("poke-site 1", "exec")));
    }

    /** Site 1 is patched whole while another CPU executes site 0, or before that. */
    private static Protocol.Definition patch(boolean waits) {
        return b -> {
            Site site = b.sites().get(1);
            Shared done = b.shared("done", 0, 0, 1);
            b.thread(0, r -> {
                r.patchBegin("begin", site, 1);
                r.textStore("store", site, 0, site.bytes(1));
                r.patchEnd("end", site, 1);
                r.store("done", done, Expr.of(1));
            });
            b.thread(1, r -> {
                if (waits) {
                    r.await("wait", done.value().eq(1));
                }
                r.execute("exec", b.sites().get(0));
            });
        };
    }

    /** A probe is put on site 1, and perhaps site 0 patched before; the handler knows site 1 only. */
    private static Protocol.Definition probed(boolean patched, int claimed) {
        return b -> {
            Site site = b.sites().get(0);
            Site probe = b.sites().get(1);
            Shared done = b.shared("done", 0, 0, 1);
            b.thread(0, r -> {
                if (patched) {
                    r.patchBegin("begin", site, 1);
                    r.textStore("store", site, 0, site.bytes(1));
                    r.patchEnd("end", site, 1);
                }
                r.textStore("arm", probe, 0, probe.at(1, 0));
                r.store("done", done, Expr.of(1));
            });
            b.thread(1, r -> {
                r.await("wait", done.value().eq(1));
                r.execute("exec", site);
            });
            b.breakpoint(r -> {
                r.ifThen(Expr.savedAddress().minus(1).eq(b.addressOf(probe)), () -> {
                    r.emulate("single_step", probe, claimed, true);
                    r.leave();
                });
                r.unhandled("unknown");
            });
        };
    }

    @Pins("machine.either-handler")
    @Test
    void theHandlerOfOneMayHandleWhatIsHitInTheOther() {
        Litmus litmus = litmus("66900f1f00->eb10909090", "0f1f00->probe->eb1090@site0+2");
        Outcomes outcomes = litmus.run(probed(false, 1));
        assertEquals(Set.of(), wrong(outcomes));
        assertTrue(outcomes.met(Reached.BREAKPOINT) && outcomes.met(Reached.EMULATED));
        assertTrue(outcomes.took("cpu1 fetch site0+2 [cc]"));
        // What the other site's version does is right here, too; a way that no version goes is not.
        assertEquals(Set.of(), wrong(litmus.run(probed(false, 2))));
        assertEquals(Set.of(Incident.WRONG_TARGET), wrong(litmus.run(probedAndSkipped())));
    }

    private static Protocol.Definition probedAndSkipped() {
        return b -> {
            b.thread(0, r -> r.textStore("arm", b.sites().get(1), 0, (byte) 0xcc));
            b.thread(1, r -> r.execute("exec", b.sites().get(0)));
            b.breakpoint(r -> r.setSavedAddress(b.addressOf(b.sites().get(0))));
        };
    }

    @Pins("machine.either-handler")
    @Test
    void aProbeThatKeepsAnOldInstructionMakesThePatchStale() {
        Litmus litmus = litmus("nop5->jmp32", "nop5->probe@site0+0");
        assertEquals(Set.of(Incident.STALE), wrong(litmus.run(probed(true, 1))));
        assertEquals(Set.of(), wrong(litmus.run(probed(false, 1))));
    }

    // ---- what has to be there at the end

    private static Set<Incident> ends(Consumer<Sequence> what) {
        Protocol.Definition sequence = b -> {
            List<Site> sites = b.sites();
            b.thread(
                    0,
                    r -> what.accept(new Sequence() {
                        @Override
                        public void begin(int site) {
                            r.patchBegin("begin" + site, sites.get(site), 1);
                        }

                        @Override
                        public void store(int site, int from) {
                            Site at = sites.get(site);
                            byte[] bytes = at.bytes(1);
                            r.textStore("store" + site, at, from, Arrays.copyOfRange(bytes, from, bytes.length));
                        }

                        @Override
                        public void end(int site) {
                            r.patchEnd("end" + site, sites.get(site), 1);
                        }
                    }));
        };
        return litmus(WHOLE, TAIL).run(sequence).incidents();
    }

    /** What one CPU does to version 1 of the two sites. */
    private interface Sequence {
        void begin(int site);

        void store(int site, int from);

        void end(int site);

        default void call(int site) {
            begin(site);
            store(site, 0);
            end(site);
        }
    }

    @Pins("machine.overlapping-text")
    @Test
    void theLastPatchCallSaysWhatSharedBytesAre() {
        assertEquals(Set.of(), ends(c -> {
            c.call(0);
            c.call(1);
        }));
        assertEquals(Set.of(), ends(c -> {
            c.call(1);
            c.call(0);
        }));
        assertEquals(
                Set.of(Incident.LOST_PATCH),
                ends(c -> {
                    c.begin(0);
                    c.end(0);
                    c.begin(1);
                    c.store(1, 0);
                    c.store(0, 0);
                    c.end(1);
                }),
                "site 0 is stored in the later call of site 1");
    }

    @Pins("machine.overlapping-text")
    @Test
    void ofCallsThatOverlapEitherMayBeLast() {
        for (int last = 0; last < 2; last++) {
            int later = last;
            assertEquals(Set.of(), ends(c -> {
                c.begin(0);
                c.begin(1);
                c.store(1 - later, 0);
                c.store(later, 0);
                c.end(0);
                c.end(1);
            }));
        }
        assertEquals(
                Set.of(Incident.LOST_PATCH),
                ends(c -> {
                    c.begin(0);
                    c.begin(1);
                    c.store(0, 0);
                    c.store(1, 1);
                    c.end(0);
                    c.end(1);
                }),
                "part of one, part of the other");
    }

    // ---- no reduction hides anything

    @Pins("machine.pieces-together")
    @Test
    void bytesThatNoFetchOfOneTellsApartAnotherDoes() {
        Outcomes outcomes = Litmus.sites("e990909090->e9f4f4f4f4", "90->f4@site0+2", "90->f4@site0+3")
                .with(b -> b.fetch(FetchModel.COHERENT))
                .fetches()
                .run("poke", "exec 2; exec 1");
        assertEquals(Set.of("cpu1=old,old", "cpu1=old,new", "cpu1=new,old", "cpu1=new,new"), outcomes.finals());
    }

    /** Site 1 is to be what an entry of site 0 is: whoever executes it sees the same, whichever of the two is stored to. */
    @Pins("text.overlap")
    @ParameterizedTest
    @EnumSource
    void aSiteOverAnotherIsAsAnEntryOfThat(FetchModel model) {
        aSiteOverAnother(model, number -> number % 2 == model.ordinal() % 2);
    }

    @Tag("full")
    @ParameterizedTest
    @EnumSource
    void soItIsWhicheverTheMachine(FetchModel model) {
        aSiteOverAnother(model, number -> true);
    }

    /**
     * Both ways of a site over another.
     *
     * @param wanted which of the machines are tried: those of splits, data models and chunks, of which each next differs
     */
    private static void aSiteOverAnother(FetchModel model, IntPredicate wanted) {
        String whole = "66900f1f00->6690eb1090+2";
        for (StoreSplit split : List.of(StoreSplit.BYTE, StoreSplit.WORD)) {
            for (DataModel data : DataModel.values()) {
                for (int chunk : new int[] {1, 8}) {
                    if (!wanted.test(split.ordinal() + data.ordinal() + chunk / 8)) {
                        continue;
                    }
                    UnaryOperator<ScenarioBuilder> machine =
                            b -> b.fetch(model, chunk).split(split).data(data).fetchCoherent(split == StoreSplit.BYTE);
                    String[] alone = {whole + "@5"};
                    String[] over = {whole + "@5", TAIL};
                    Outcomes entry = Litmus.sites(alone)
                            .with(machine)
                            .fetches()
                            .run("poke 2 eb1090; poke 2 0f1f00", "exec; exec-at 2");
                    for (String stores : List.of("poke 2 eb1090; poke 2 0f1f00", "poke-site 1; poke 2 0f1f00")) {
                        Outcomes both =
                                Litmus.sites(over).with(machine).fetches().run(stores, "exec; exec 1");
                        assertEquals(entry.finals(), both.finals(), stores);
                        assertEquals(
                                entry.incidents().contains(Incident.TORN),
                                both.incidents().contains(Incident.TORN),
                                stores);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void everySearchSaysTheSame(FetchModel model) {
        Litmus litmus = Litmus.sites("9090->c390", "90->c3@site0+1").with(b -> b.fetch(model));
        for (int chunk : new int[] {1, 8}) {
            for (DataModel data : DataModel.values()) {
                litmus.with(b -> b.chunk(chunk).data(data).fetchCoherent(chunk == 8))
                        .run("poke; poke-site 1", "exec; exec 1");
            }
        }
    }
}
