// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pokecheck.Pins;
import dev.pokecheck.cpu.Profile;
import dev.pokecheck.cpu.SelfModification;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.hardware.Profiles;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.property.Incident;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.text.FetchModel;
import dev.pokecheck.text.Site;
import dev.pokecheck.text.StoreSplit;
import dev.pokecheck.text.fetch.Window;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a CPU fetches of the code that it has stored itself. */
class SelfModificationTest {
    private static final Set<String> OLD_OR_NEW = Set.of("cpu0=old", "cpu0=new");
    private static final Set<String> NEW = Set.of("cpu0=new");

    private static Litmus sites(FetchModel model, SelfModification inPlace, String... sites) {
        return Litmus.sites(sites)
                .with(b -> b.fetch(model)
                        .chunk(64)
                        .split(StoreSplit.WORD)
                        .profile(Profile.ARCHITECTURAL.inPlace(inPlace).throughAlias(SelfModification.SERIALIZE)))
                .fetches();
    }

    private static Set<String> finals(FetchModel model, SelfModification inPlace, String... program) {
        return sites(model, inPlace, "nop5->jmp32").run(program).finals();
    }

    @Pins("text.own-stores")
    @ParameterizedTest
    @EnumSource
    void itNeedsWhatItsProfileAsksFor(FetchModel model) {
        Set<String> mayBeOld = model.canBeStale() ? OLD_OR_NEW : NEW;
        Set<String> serialized = model.window() == Window.FOREVER ? OLD_OR_NEW : NEW;
        assertEquals(NEW, finals(model, SelfModification.NONE, "in-place poke; exec"));
        assertEquals(mayBeOld, finals(model, SelfModification.JUMP, "in-place poke; exec"));
        assertEquals(NEW, finals(model, SelfModification.JUMP, "in-place poke; jump; exec"));
        assertEquals(mayBeOld, finals(model, SelfModification.SERIALIZE, "in-place poke; jump; exec"));
        assertEquals(serialized, finals(model, SelfModification.SERIALIZE, "in-place poke; cpuid; exec"));
        assertEquals(serialized, finals(model, SelfModification.JUMP, "in-place poke; cpuid; exec"));
    }

    @Pins("text.own-alias")
    @ParameterizedTest
    @EnumSource
    void aStoreGoesThroughAnAliasUnlessItSaysOtherwise(SelfModification alias) {
        Litmus litmus = Litmus.sites("nop5->jmp32")
                .with(b -> b.split(StoreSplit.WORD)
                        .chunk(64)
                        .profile(Profile.ARCHITECTURAL
                                .inPlace(SelfModification.NONE)
                                .throughAlias(alias)))
                .fetches();
        assertEquals(
                alias == SelfModification.NONE ? NEW : OLD_OR_NEW,
                litmus.run("poke; exec").finals());
        assertEquals(
                alias == SelfModification.SERIALIZE ? OLD_OR_NEW : NEW,
                litmus.run("poke; jump; exec").finals());
        assertEquals(NEW, litmus.run("in-place poke; exec").finals());
    }

    /** What is executed between the store and the code: site 1, in its old version. */
    @Pins("text.own-jump")
    @ParameterizedTest
    @CsvSource({
        "jmp32->call, false",
        "jmp8->nop2, false",
        "call->nop5, false",
        "ret->nop1, false",
        "ffe0->nop2, false",
        "jcc32->nop6, true",
        "nop5->call, true",
        "unlock->nop3, true"
    })
    void aJumpIsABranchThatIsTaken(String between, boolean mayBeOld) {
        Set<String> finals = sites(FetchModel.STALE_CHUNK, SelfModification.JUMP, "nop5->jmp32", between)
                .run("in-place poke; exec 1; exec")
                .finals();
        assertEquals(mayBeOld ? Set.of("cpu0=old,new", "cpu0=old,old") : Set.of("cpu0=old,new"), finals);
    }

    /** Neither a branch of a routine nor an IPI whose return does not serialize. */
    @Pins("text.own-jump")
    @Test
    void whatIsNoJump() {
        assertEquals(
                OLD_OR_NEW,
                finals(FetchModel.STALE_CHUNK, SelfModification.JUMP, "in-place poke; r0=any 2; exec").stream()
                        .map(outcome -> outcome.split(" ", -1)[0])
                        .collect(Collectors.toSet()));
        Litmus interrupted = sites(FetchModel.STALE_CHUNK, SelfModification.JUMP, "nop5->jmp32")
                .with(b -> b.profile(b.profile().without(Sync.IRET)));
        assertEquals(
                OLD_OR_NEW,
                interrupted
                        .run("in-place poke; x=1; wait y 1; exec", "wait x 1; sync mfence; y=1")
                        .finals());
    }

    private static Set<String> bytes(Litmus litmus, String... program) {
        Set<String> seen = new TreeSet<>(litmus.run(program).names());
        seen.removeIf(name -> !name.startsWith("cpu0 fetch"));
        return seen;
    }

    @Pins("text.own-bytes")
    @Test
    void whatOthersHaveStoredBesideItMayBeOld() {
        Litmus litmus =
                Litmus.sites("6690->eb10").with(b -> b.profile(Profile.ARCHITECTURAL.inPlace(SelfModification.NONE)));
        assertEquals(
                Set.of("cpu0 fetch site0 [eb 10]", "cpu0 fetch site0 [eb 90]"),
                bytes(litmus, "wait x 1; in-place poke 0 eb; exec", "poke 1 10; x=1"));
    }

    @Pins("text.own-bytes")
    @ParameterizedTest
    @EnumSource
    void whatAnotherHasStoredSinceEndsThePromiseOfAJump(SelfModification need) {
        Litmus litmus = Litmus.sites("nop1->f4->fa").with(b -> b.profile(Profile.ARCHITECTURAL.inPlace(need)));
        Set<String> seen = bytes(litmus, "in-place poke; x=1; wait y 1; jump; exec", "wait x 1; poke 0 fa; y=1");
        Set<String> expected = new TreeSet<>(Set.of("cpu0 fetch site0 [f4]", "cpu0 fetch site0 [fa]"));
        if (need != SelfModification.NONE) {
            expected.add("cpu0 fetch site0 [90]");
        }
        assertEquals(expected, seen);
    }

    /** A CPU whose fetches see memory as it is now may still have stores in its buffer. */
    @Pins("text.own-buffer")
    @ParameterizedTest
    @EnumSource
    void soDoesOneThatSeesThePresent(SelfModification need) {
        Set<String> lazy = need == SelfModification.SERIALIZE ? OLD_OR_NEW : NEW;
        Litmus litmus = sites(FetchModel.COHERENT, need, "nop1->f4").with(b -> b.data(DataModel.TSO));
        assertEquals(
                need == SelfModification.NONE ? NEW : OLD_OR_NEW,
                litmus.run("in-place poke; exec").finals());
        assertEquals(lazy, litmus.run("in-place poke; jump; exec").finals());
    }

    private static Set<String> buffered(SelfModification need, String... program) {
        return sites(FetchModel.STALE_CHUNK, need, "nop1->f4")
                .with(b -> b.data(DataModel.TSO))
                .run(program)
                .finals();
    }

    @Pins("text.own-buffer")
    @ParameterizedTest
    @EnumSource
    void aFetchWaitsForTheStoresThatItIsSureToSee(SelfModification need) {
        assertEquals(need == SelfModification.NONE ? NEW : OLD_OR_NEW, buffered(need, "in-place poke; exec"));
        assertEquals(
                need == SelfModification.SERIALIZE ? OLD_OR_NEW : NEW, buffered(need, "in-place poke; jump; exec"));
        assertEquals(
                need == SelfModification.SERIALIZE ? OLD_OR_NEW : NEW,
                buffered(need, "x=1; in-place poke; jump; x=2; exec"));
        // Store buffering: text in the buffer is passed by a load only if no fetch has waited for it.
        String other = "y=1; mfence; r1=text";
        Set<String> plain = buffered(need, "in-place poke; exec; r0=y", other);
        assertEquals(need != SelfModification.NONE, plain.contains("cpu0=old 0 0"));
        assertEquals(false, plain.contains("cpu0=new 0 0"));
        Set<String> jumped = buffered(need, "in-place poke; jump; r0=y; exec", other);
        assertEquals(true, jumped.contains("cpu0=new 0 0"));
    }

    /** A patch call on the CPU that alone executes the site. */
    private static Protocol.Definition alone(boolean inPlace, Optional<Sync> between) {
        return b -> {
            Site site = b.sites().get(0);
            b.thread(0, r -> {
                r.patchBegin("begin", site, 1);
                Runnable poke = () -> r.textStore("poke", site, 0, site.bytes(1));
                if (inPlace) {
                    r.inPlace(poke);
                } else {
                    poke.run();
                }
                between.ifPresent(sync -> r.serialize("between", sync));
                r.patchEnd("end", site, 1);
                r.execute("execute", site);
            });
        };
    }

    @Pins("text.own-stores")
    @Pins("text.own-alias")
    @ParameterizedTest
    @CsvSource({
        "observed-zen4, true, NONE, true",
        "observed-zen4, false, NONE, true",
        "amd-apm-async, true, NONE, true",
        "amd-apm-async, false, NONE, true",
        "observed-intel-6-207, false, NONE, true",
        "architecture, true, NONE, false",
        "architecture, true, JUMP, true",
        "architecture, false, JUMP, false",
        "architecture, false, CPUID, true",
        "coherent, false, NONE, true"
    })
    void aCpuThatPatchesCodeThatItAloneExecutes(String profile, boolean inPlace, Sync between, boolean holds) {
        Outcomes outcomes = Litmus.sites("nop5->jmp32")
                .with(b -> b.cpus(1).hardware(Profiles.find(profile).orElseThrow()))
                .run(alone(inPlace, Optional.of(between).filter(sync -> sync != Sync.NONE)));
        assertEquals(holds, outcomes.incidents().isEmpty(), outcomes.incidents().toString());
        assertEquals(!holds, outcomes.incidents().contains(Incident.STALE));
    }
}
