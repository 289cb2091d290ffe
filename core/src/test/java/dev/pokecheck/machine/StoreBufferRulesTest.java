// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static dev.pokecheck.data.DataModel.SC;
import static dev.pokecheck.data.DataModel.TSO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.Pins;
import dev.pokecheck.property.Reached;
import dev.pokecheck.text.FetchModel;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Depth of the store buffer, and the way of text stores through it. */
class StoreBufferRulesTest {
    private static final String[] FIVE_STORES = {"x=1; y=1; x=2; y=2; z=1", ""};

    private static Litmus text() {
        return Litmus.sites("nop1->f4").with(b -> b.data(TSO).fetch(FetchModel.COHERENT));
    }

    @Pins("data.room")
    @Test
    void aStoreWaitsForRoomInTheBuffer() {
        assertTrue(Litmus.data(TSO).with(b -> b.bufferDepth(4)).run(FIVE_STORES).met(Reached.FULL_BUFFER));
        assertFalse(
                Litmus.data(TSO).with(b -> b.bufferDepth(5)).run(FIVE_STORES).met(Reached.FULL_BUFFER));
        assertFalse(Litmus.data(SC).with(b -> b.bufferDepth(1)).run(FIVE_STORES).met(Reached.FULL_BUFFER));
    }

    @Pins("data.room")
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 15})
    void aShallowBufferForbidsWhatNeedsADeepOne(int depth) {
        String[] program = {"x=1; y=1; r0=z", "z=1; mfence; r1=x"};
        Set<String> finals =
                Litmus.data(TSO).with(b -> b.bufferDepth(depth)).run(program).finals();
        assertEquals(depth > 1, finals.contains("0 0"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 15})
    void noDepthOfTheBufferBlocksForEver(int depth) {
        assertFalse(Litmus.data(TSO)
                .with(b -> b.bufferDepth(depth))
                .run(FIVE_STORES)
                .deadlock());
    }

    @Test
    void drainsAreNamedAfterWhatTheyWrite() {
        Outcomes outcomes = text().run("x=2; poke", "");
        assertTrue(outcomes.took("cpu0 drain x=2"), outcomes.names()::toString);
        assertTrue(outcomes.took("cpu0 drain site0+0 [f4]"), outcomes.names()::toString);
    }

    @Pins("machine.complete")
    @Test
    void aRunIsNotCompleteBeforeTheBuffersAreEmpty() {
        assertEquals(Set.of("1"), Litmus.data(TSO).finals("x").run("x=1", "").finals());
    }

    @Pins("data.text-stores")
    @Test
    void aTextStoreWaitsInTheBuffer() {
        Set<String> old = Set.of("cpu1=old 0");
        assertTrue(
                text().fetches().run("poke; r0=x", "x=1; mfence; exec").finals().containsAll(old));
        assertFalse(text().with(b -> b.data(SC))
                .fetches()
                .run("poke; r0=x", "x=1; mfence; exec")
                .finals()
                .containsAll(old));
        assertFalse(text().fetches()
                .run("poke; mfence; r0=x", "x=1; mfence; exec")
                .finals()
                .containsAll(old));
    }

    @Pins("data.text-stores")
    @Test
    void aFlagStoredBehindATextStoreIsNotSeenBeforeIt() {
        assertFalse(text().fetches().run("poke; x=1", "wait x 1; exec").finals().contains("cpu1=old"));
        assertTrue(text().fetches().run("x=1; poke", "wait x 1; exec").finals().contains("cpu1=old"));
    }

    @Pins("data.text-stores")
    @Test
    void aTextStoreBehindAFlagIsNotSeenBeforeIt() {
        assertFalse(text().fetches().run("x=1; poke", "exec; r0=x").finals().contains("cpu1=new 0"));
        assertTrue(text().fetches().run("poke; x=1", "exec; r0=x").finals().contains("cpu1=new 0"));
    }
}
