// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pokecheck.Pins;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.property.Incident;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.text.FetchModel;
import dev.pokecheck.text.Site;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Text that is loaded, and compared and exchanged, as data. */
class TextAsDataTest {
    private static Litmus text(DataModel data) {
        return Litmus.sites("nop1->f4->f5", "nop2->f490").with(b -> b.data(data).fetch(FetchModel.STALE_CHUNK));
    }

    /** Whoever has loaded the new byte still fetches the old one, until it serializes. */
    @Pins("data.text-loads")
    @Test
    void aLoadIsNotStaleWhereAFetchIs() {
        Litmus litmus = text(DataModel.SC).fetches();
        assertEquals(
                Set.of("cpu1=old 0", "cpu1=old 1", "cpu1=new 0", "cpu1=new 1"),
                litmus.run("poke", "r0=text; exec").finals());
        assertEquals(
                Set.of("cpu1=old 0", "cpu1=new 0", "cpu1=new 1"),
                litmus.run("poke", "r0=text; cpuid; exec").finals());
    }

    @Pins("data.text-loads")
    @ParameterizedTest
    @EnumSource
    void aCpuSeesItsOwnStoresAtOnce(DataModel data) {
        assertEquals(
                Set.of("1 0", "1 1"), text(data).run("poke; r0=text", "r1=text").finals());
        assertEquals(
                Set.of("2 0"),
                text(data)
                        .with(b -> b.cpus(1))
                        .run("poke; poke 0 f5; r0=text; r1=x")
                        .finals());
    }

    /** Text and data stores of one CPU are seen in their order by loads of another. */
    @Pins("data.text-loads")
    @ParameterizedTest
    @EnumSource
    void loadsOfTextAreOrderedLikeOthers(DataModel data) {
        assertEquals(
                Set.of("0 0", "0 1", "1 1"),
                text(data).run("poke; x=1", "r0=x; r1=text").finals());
        assertEquals(
                Set.of("0 0", "0 1", "1 1"),
                text(data).run("x=1; poke", "r0=text; r1=x").finals());
    }

    /** The load may overtake the CPU's own store to data. */
    @Test
    void storeBufferingConcernsTextToo() {
        assertEquals(
                Set.of("0 0", "0 1", "1 0", "1 1"),
                text(DataModel.TSO).run("poke; r0=x", "x=1; r1=text").finals());
        assertEquals(
                Set.of("0 1", "1 0", "1 1"),
                text(DataModel.SC).run("poke; r0=x", "x=1; r1=text").finals());
    }

    @Pins("data.text-exchange")
    @ParameterizedTest
    @EnumSource
    void ofTwoExchangesOneSucceeds(DataModel data) {
        assertEquals(
                Set.of("0 1", "1 0"),
                text(data).run("r0=textcas 0 1", "r1=textcas 0 2").finals());
        assertEquals(
                Set.of("1 0", "1 1"),
                text(data).run("r0=textcas 0 1", "r1=textcas 1 2").finals());
    }

    @Test
    void bytesThatAreNoneOfTheValuesAreTold() {
        assertEquals(Set.of("-1"), text(DataModel.SC).run("poke 0 cc; r0=text").finals());
    }

    /**
     * A barrier in the instruction stream: while the site has its first version the guarded code may run, with the second it must not. Who executes
     * the second, or finds it as data, serializes and looks again.
     */
    private static Protocol.Definition barrier(boolean serializes) {
        return b -> {
            Site barrier = b.sites().get(0);
            Site guarded = b.sites().get(1);
            Shared disarmed = b.shared("disarmed", 0, 0, 1);
            b.thread(0, r -> {
                r.textStore("code", guarded, 0, guarded.bytes(1));
                r.textStore("arm", barrier, 0, barrier.bytes(1));
                r.store("disarmed", disarmed, Expr.of(1));
            });
            b.thread(1, r -> {
                Local there = r.local("there", -1, 1);
                Local version = r.local("version", 0, 1);
                r.loadText("look", there, barrier, 0, barrier.bytes(0), barrier.bytes(1));
                r.ifThen(there.value().eq(1), () -> {
                    if (serializes) {
                        r.serialize("cpuid", Sync.CPUID);
                    }
                    r.execute("guarded", guarded, version);
                    r.bugOn(version.value().eq(0), "old code after the barrier was seen");
                });
            });
        };
    }

    @Test
    void whoFindsNewTextAsDataMustSerializeBeforeItRunsIt() {
        Litmus litmus = Litmus.sites("nop1->f4", "nop1->f4");
        assertEquals(Set.of(), litmus.run(barrier(true)).incidents());
        assertEquals(Set.of(Incident.BUG_ON), litmus.run(barrier(false)).incidents());
        assertEquals(
                Set.of(),
                litmus.with(b -> b.fetch(FetchModel.COHERENT))
                        .run(barrier(false))
                        .incidents());
    }

    private static String refusal(Protocol.Definition definition) {
        return assertThrows(
                        IllegalArgumentException.class, () -> text(DataModel.SC).run(definition))
                .getMessage();
    }

    @Test
    void whatCannotBeLoadedOrExchangedIsRefused() {
        assertEquals(
                "thread0: look loads one of 2 values or -1 into there, which holds 0..1; declare it as -1..1",
                refusal(b -> b.thread(
                        0,
                        r -> r.loadText(
                                "look", r.local("there", 0, 1), b.sites().get(0), 0, new byte[] {1}, new byte[] {2}))));
        assertEquals(
                "a load of 2 bytes at site0+0 is outside the site",
                refusal(b -> b.thread(
                        0,
                        r -> r.loadText(
                                "look", r.local("there", -1, 1), b.sites().get(0), 0, new byte[2]))));
        assertEquals(
                "the values that a load of site0+0 is compared with are not of one length, or one is given twice",
                refusal(b -> b.thread(
                        0,
                        r -> r.loadText(
                                "look", r.local("there", -1, 1), b.sites().get(0), 0, new byte[1], new byte[1]))));
        assertEquals(
                "swap compares 2 bytes of site1 and stores 1; give as many",
                refusal(b -> b.thread(
                        0,
                        r -> r.compareExchangeText(
                                "swap", b.sites().get(1), 0, new byte[2], new byte[1], r.local("ok", 0, 1)))));
    }
}
