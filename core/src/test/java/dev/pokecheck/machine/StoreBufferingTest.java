// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static dev.pokecheck.data.DataModel.SC;
import static dev.pokecheck.data.DataModel.TSO;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pokecheck.Pins;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SB: two CPUs store to one variable and then load the other; both loads see 0 only with store buffers and no barrier. */
class StoreBufferingTest {
    private static final Set<String> ALL = Set.of("0 0", "0 1", "1 0", "1 1");
    private static final Set<String> NOT_BOTH_OLD = Set.of("0 1", "1 0", "1 1");

    @Pins("data.buffer")
    @Test
    void storesMayWaitUnderTso() {
        assertEquals(ALL, Litmus.data(TSO).run("x=1; r0=y", "y=1; r1=x").finals());
    }

    @Pins("data.sc")
    @Test
    void storesDoNotWaitUnderSc() {
        assertEquals(NOT_BOTH_OLD, Litmus.data(SC).run("x=1; r0=y", "y=1; r1=x").finals());
    }

    @Pins("cpu.serializing-waits")
    @Pins("data.locked")
    @ParameterizedTest
    @ValueSource(strings = {"fence", "mfence", "lock", "cpuid", "iret", "serialize", "mov_cr", "xchg z 1"})
    void aBarrierOnBothSidesForbidsIt(String barrier) {
        assertEquals(
                NOT_BOTH_OLD,
                Litmus.data(TSO)
                        .run("x=1; " + barrier + "; r0=y", "y=1; " + barrier + "; r1=x")
                        .finals());
    }

    @ParameterizedTest
    @ValueSource(strings = {"fence", "mfence", "lock", "cpuid", "iret", "serialize", "mov_cr", "xchg z 1"})
    void aBarrierOnOneSideDoesNot(String barrier) {
        assertEquals(
                ALL,
                Litmus.data(TSO).run("x=1; " + barrier + "; r0=y", "y=1; r1=x").finals());
    }

    @Pins("cpu.syscall")
    @ParameterizedTest
    @ValueSource(strings = {"lfence", "syscall", "sysret", "jump", "none"})
    void whatIsNoBarrierDoesNot(String nothing) {
        assertEquals(
                ALL,
                Litmus.data(TSO)
                        .run("x=1; " + nothing + "; r0=y", "y=1; " + nothing + "; r1=x")
                        .finals());
    }

    @Pins("cpu.syscall")
    @ParameterizedTest
    @ValueSource(strings = {"syscall", "sysret"})
    void onlySyscallDrainsIfAProfileSaysSo(String call) {
        Litmus litmus = Litmus.data(TSO).with(b -> b.profile(b.profile().syscallDrains(true)));
        assertEquals(
                call.equals("syscall") ? NOT_BOTH_OLD : ALL,
                litmus.run("x=1; " + call + "; r0=y", "y=1; " + call + "; r1=x").finals());
    }

    @Pins("data.locked")
    @Test
    void storingByExchangeForbidsIt() {
        assertEquals(
                NOT_BOTH_OLD,
                Litmus.data(TSO).run("xchg x 1; r0=y", "xchg y 1; r1=x").finals());
    }

    @Test
    void aFailedCompareExchangeIsABarrierToo() {
        assertEquals(
                Set.of("0 1 0", "1 0 0", "1 1 0"),
                Litmus.data(TSO)
                        .run("x=1; r2=cas z 1 2; r0=y", "y=1; r2=cas z 1 2; r1=x")
                        .finals());
    }

    @Test
    void waitingForALockIsABarrierToo() {
        assertEquals(
                NOT_BOTH_OLD,
                Litmus.data(TSO)
                        .run("x=1; spin z 0 0; r0=y", "y=1; spin z 0 0; r1=x")
                        .finals());
    }
}
