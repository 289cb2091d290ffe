// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.Pins;
import dev.pokecheck.cpu.Profile;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.property.Incident;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Ghost;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.text.FetchModel;
import dev.pokecheck.text.Site;
import dev.pokecheck.text.StoreSplit;
import dev.pokecheck.text.fetch.Window;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Litmus tests of instruction fetch, each for every window and shape. Their names are those of data litmus tests with F for a fetch; the patched site
 * is whole in one word, so that nothing is torn but by the shape.
 */
class FetchLitmusTest {
    private static Litmus sites(FetchModel model, String... sites) {
        return Litmus.sites(sites)
                .with(b -> b.fetch(model).chunk(64).split(StoreSplit.WORD))
                .fetches();
    }

    private static boolean allows(FetchModel model, String outcome, String... program) {
        return sites(model, "nop5->jmp32", "nop5->call").run(program).finals().contains(outcome);
    }

    private static boolean isWithin(FetchModel model, Window window) {
        return window.contains(model.window());
    }

    /** Message passing: a flag is read, then the code is fetched. */
    @Pins("text.window")
    @Pins("text.loads")
    @ParameterizedTest
    @EnumSource
    void mpWithLoadThenFetch(FetchModel model) {
        assertEquals(!isWithin(model, Window.IN_ORDER), allows(model, "cpu1=old", "poke; x=1", "wait x 1; exec"));
        assertEquals(!isWithin(model, Window.IN_ORDER), allows(model, "cpu1=old 1", "poke; x=1", "r0=x; exec"));
    }

    /** The same where the flag is taken by a locked operation: it is the profile's to say whether that orders anything. */
    @Pins("text.locked-loads")
    @ParameterizedTest
    @EnumSource
    void mpWithLockedOperationThenFetch(FetchModel model) {
        String[] program = {"poke; x=1", "spin x 1 2; exec"};
        assertEquals(model != FetchModel.COHERENT, allows(model, "cpu1=old", program));
        Profile ordering = Profile.ARCHITECTURAL.lockOrdersFetch(true);
        assertEquals(
                !isWithin(model, Window.IN_ORDER),
                sites(model, "nop5->jmp32")
                        .with(b -> b.profile(ordering))
                        .run(program)
                        .finals()
                        .contains("cpu1=old"));
    }

    /** Store buffering with a locked instruction between store and fetch: seen on one CPU that was measured and not on the other. */
    @Pins("text.locked-loads")
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sbWithLockedInstruction(boolean orders) {
        Set<String> finals = sites(FetchModel.SPLIT_FETCH, "nop5->jmp32")
                .with(b -> b.data(DataModel.TSO).profile(Profile.ARCHITECTURAL.lockOrdersFetch(orders)))
                .run("poke; mfence; r0=x", "x=1; lock; exec")
                .finals();
        assertEquals(!orders, finals.contains("cpu1=old 0"));
    }

    /** What only the author reads, no CPU has loaded. */
    @Pins("text.loads")
    @ParameterizedTest
    @ValueSource(strings = {"ensure", "ghost"})
    void ghostsOrderNothing(String reader) {
        Set<String> finals = sites(FetchModel.SPLIT_FETCH, "nop5->jmp32")
                .run(b -> {
                    Site site = b.sites().get(0);
                    Shared flag = b.shared("x", 0, 0, 1);
                    Ghost through = b.ghost("through", 0, 0, 1);
                    Ghost copy = b.ghost("copy", 0, 0, 1);
                    b.thread(0, r -> {
                        r.textPoke("poke", site, 0, site.bytes(1));
                        r.ghostStore("through", through, Expr.of(1));
                        r.store("flag", flag, Expr.of(1));
                    });
                    b.thread(1, r -> {
                        r.awaitExchange("wait", flag.cell(), Expr.of(1), Expr.of(0));
                        if (reader.equals("ensure")) {
                            r.ensure("through", through.value().eq(1));
                        } else {
                            r.ghostStore("copy", copy, through.value());
                        }
                        r.execute("exec", site);
                    });
                })
                .finals();
        assertTrue(finals.contains("cpu1=old"), finals.toString());
    }

    /** Coherence: the same code is fetched twice. */
    @Pins("text.window")
    @ParameterizedTest
    @EnumSource
    void coFF(FetchModel model) {
        assertEquals(!isWithin(model, Window.FETCH_ORDER), allows(model, "cpu1=new,old", "poke", "exec; exec"));
    }

    /** Message passing between two sites: what is fetched from one counts for the other. */
    @Pins("text.window")
    @ParameterizedTest
    @EnumSource
    void mpWithTwoFetches(FetchModel model) {
        assertEquals(
                !isWithin(model, Window.FETCH_ORDER),
                allows(model, "cpu1=new,old", "poke; poke-site 1", "exec 1; exec"));
        assertEquals(true, allows(model, "cpu1=old,new", "poke; poke-site 1", "exec 1; exec"));
    }

    /** Write to read causality: one CPU has executed new code and says so to another. */
    @ParameterizedTest
    @EnumSource
    void wrcWithFetchOnBothSides(FetchModel model) {
        assertEquals(
                !isWithin(model, Window.IN_ORDER),
                allows(model, "cpu1=new cpu2=old", "poke", "exec; x=1", "wait x 1; exec"));
    }

    /** A fetch has seen new code, and a load then reads what was stored before it: in every window that ends now. */
    @ParameterizedTest
    @EnumSource
    void mpWithFetchThenLoad(FetchModel model) {
        assertEquals(false, allows(model, "cpu1=new 0", "x=1; poke", "exec; r0=x"));
    }

    @ParameterizedTest
    @EnumSource
    void behindASerializingInstructionNothingIsOld(FetchModel model) {
        assertEquals(model.window() == Window.FOREVER, allows(model, "cpu1=old", "poke; x=1", "wait x 1; iret; exec"));
    }

    /** An instruction in two chunks, by one store that does not tear: what each shape makes of it in every window that reaches back. */
    @ParameterizedTest
    @EnumSource
    void anInstructionInTwoChunks(FetchModel model) {
        Set<String> seen = new TreeSet<>(Litmus.sites("eb10->6690")
                .with(b -> b.fetch(model).chunk(1).split(StoreSplit.WORD))
                .run("poke", "exec")
                .names());
        seen.removeIf(name -> !name.contains("fetch"));
        Set<String> expected = new TreeSet<>(Set.of("cpu1 fetch site0 [eb 10]", "cpu1 fetch site0 [66 90]"));
        String shape = model.canBeStale() ? model.shape().text() : "insn";
        if (shape.equals("tail") || shape.equals("chunk")) {
            expected.add("cpu1 fetch site0 [66 10]");
        }
        if (shape.equals("head") || shape.equals("chunk")) {
            expected.add("cpu1 fetch site0 [eb 90]");
        }
        assertEquals(expected, seen);
    }

    /**
     * A barrier in the instruction stream: a site whose operand says whether the code behind it is new. Who fetches the old operand looks at it as
     * data, and serializes, before it believes that it is new.
     */
    private static Protocol.Definition barrier(boolean serializes) {
        return b -> {
            Site barrier = b.sites().get(0);
            Site guarded = b.sites().get(1);
            b.thread(0, r -> {
                r.textStore("code", guarded, 0, guarded.bytes(1));
                r.textStore("operand", barrier, 0, barrier.bytes(1));
            });
            b.thread(1, r -> {
                Local operand = r.local("operand", 0, 1);
                Local there = r.local("there", -1, 1);
                Local version = r.local("version", 0, 1);
                r.execute("barrier", barrier, operand);
                r.ifThen(operand.value().eq(0), () -> {
                    r.loadText("look", there, barrier, 0, barrier.bytes(0), barrier.bytes(1));
                    r.ifThen(there.value().ne(1), r::leave);
                    if (serializes) {
                        r.serialize("cpuid", Sync.CPUID);
                    }
                });
                r.execute("guarded", guarded, version);
                r.bugOn(version.value().eq(0), "old code behind an open barrier");
            });
        };
    }

    /** In the window of fetches the slow path needs its serialization, in that of loads it does not, and in none beyond is the fast path enough. */
    @Pins("text.window")
    @ParameterizedTest
    @EnumSource
    void aBarrierInTheInstructionStream(FetchModel model) {
        boolean fastPathHolds = isWithin(model, Window.FETCH_ORDER);
        boolean slowPathHolds = isWithin(model, Window.IN_ORDER);
        Litmus litmus = Litmus.sites("nop5->jmp32", "nop5->jmp32")
                .with(b -> b.fetch(model).chunk(64).split(StoreSplit.WORD));
        assertEquals(!fastPathHolds, litmus.run(barrier(true)).incidents().contains(Incident.BUG_ON));
        assertEquals(!slowPathHolds, litmus.run(barrier(false)).incidents().contains(Incident.BUG_ON));
    }
}
