// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static dev.pokecheck.data.DataModel.SC;
import static dev.pokecheck.data.DataModel.TSO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.Pins;
import dev.pokecheck.data.DataModel;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The classic shapes of x86-TSO (Sewell et al., CACM 2010): exactly the outcomes that the model allows. */
class TsoLitmusTest {
    @ParameterizedTest
    @EnumSource
    void messagePassingNeverSeesTheFlagWithoutTheData(DataModel model) {
        assertEquals(
                Set.of("0 0", "0 1", "1 1"),
                Litmus.data(model).run("x=1; y=1", "r0=y; r1=x").finals());
    }

    @ParameterizedTest
    @EnumSource
    void loadBufferingNeverSeesTheFuture(DataModel model) {
        assertEquals(
                Set.of("0 0", "0 1", "1 0"),
                Litmus.data(model).run("r0=x; y=1", "r1=y; x=1").finals());
    }

    @ParameterizedTest
    @EnumSource
    void shapeSNeverLosesTheLaterStore(DataModel model) {
        assertEquals(
                Set.of("0 1", "0 2", "1 1"),
                Litmus.data(model).finals("x").run("x=2; y=1", "r0=y; x=1").finals());
    }

    @ParameterizedTest
    @EnumSource
    void storesOfTwoCpusReachMemoryInBothProgramOrders(DataModel model) {
        assertEquals(
                Set.of("1 2", "2 1", "2 2"),
                Litmus.data(model).finals("x", "y").run("x=1; y=2", "y=1; x=2").finals());
    }

    @Test
    void shapeRLetsALoadPassAStore() {
        assertEquals(
                Set.of("0 1", "1 1", "1 2"),
                Litmus.data(SC).finals("y").run("x=1; y=1", "y=2; r0=x").finals());
        assertEquals(
                Set.of("0 1", "0 2", "1 1", "1 2"),
                Litmus.data(TSO).finals("y").run("x=1; y=1", "y=2; r0=x").finals());
        assertEquals(
                Set.of("0 1", "1 1", "1 2"),
                Litmus.data(TSO)
                        .finals("y")
                        .run("x=1; y=1", "y=2; mfence; r0=x")
                        .finals());
    }

    @ParameterizedTest
    @EnumSource
    void twoReadersAgreeOnTheOrderOfIndependentWrites(DataModel model) {
        Set<String> finals =
                Litmus.data(model).run("x=1", "y=1", "r0=x; r1=y", "r2=y; r3=x").finals();
        assertFalse(finals.contains("1 0 1 0"));
        assertEquals(15, finals.size());
    }

    @Test
    void ownStoresAreSeenEarlyN6() {
        assertTrue(Litmus.data(TSO)
                .finals("x")
                .run("x=1; r0=x; r1=y", "y=2; x=2")
                .finals()
                .contains("1 0 1"));
        assertFalse(Litmus.data(SC)
                .finals("x")
                .run("x=1; r0=x; r1=y", "y=2; x=2")
                .finals()
                .contains("1 0 1"));
    }

    @ParameterizedTest
    @EnumSource
    void nobodySeesTheOthersStoreBeforeItsOwnN5(DataModel model) {
        assertEquals(
                Set.of("1 1", "1 2", "2 2"),
                Litmus.data(model).run("x=1; r0=x", "x=2; r1=x").finals());
    }

    @ParameterizedTest
    @EnumSource
    void aLoadDoesNotSeeALaterStoreN4b(DataModel model) {
        assertEquals(
                Set.of("0 0", "0 1", "2 0"),
                Litmus.data(model).run("r0=x; x=1", "r1=x; x=2").finals());
    }

    @Pins("data.forwarding")
    @Test
    void forwardingIsVisibleOnlyToTheOwner() {
        String[] program = {"x=1; r0=x; r1=y", "y=1; r2=y; r3=x"};
        assertTrue(Litmus.data(TSO).run(program).finals().contains("1 0 1 0"));
        assertFalse(Litmus.data(SC).run(program).finals().contains("1 0 1 0"));
    }

    @Pins("data.forwarding")
    @Test
    void aLoadTakesTheNewestOfItsBufferedStores() {
        assertEquals(
                Set.of("2"), Litmus.data(TSO).run("x=1; x=2; y=1; r0=x", "").finals());
    }

    @ParameterizedTest
    @EnumSource
    void exchangesAreAtomic(DataModel model) {
        assertEquals(
                Set.of("0 1", "2 0"),
                Litmus.data(model).run("r0=xchg x 1", "r1=xchg x 2").finals());
        assertEquals(
                Set.of("0 1", "1 0"),
                Litmus.data(model).run("r0=cas x 0 1", "r1=cas x 0 2").finals());
    }
}
