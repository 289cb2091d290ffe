// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.Pins;
import dev.pokecheck.property.Incident;
import dev.pokecheck.property.Reached;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.text.FetchModel;
import dev.pokecheck.text.Site;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a breakpoint saves, and what its handler may make of the context that ran into it. */
class BreakpointTest {
    private static final Set<Incident> NOTHING = Set.of();

    /** The one CPU puts a breakpoint on the first site and runs into it. */
    private static Protocol.Definition trap(BiConsumer<ProtocolBuilder, Recorder> handler) {
        return b -> {
            trapOnly().record(b);
            b.breakpoint(r -> handler.accept(b, r));
        };
    }

    private static Protocol.Definition trapOnly() {
        return b -> b.thread(0, r -> {
            r.textPoke("int3", b.sites().get(0), 0, (byte) 0xcc);
            r.execute("exec", b.sites().get(0));
        });
    }

    private static Outcomes outcomes(String site, Protocol.Definition definition) {
        Outcomes outcomes = Litmus.sites(site, "call->jmp32")
                .with(b -> b.cpus(1).fetch(FetchModel.COHERENT))
                .run(definition);
        outcomes.incidents().remove(Incident.LOST_PATCH);
        return outcomes;
    }

    private static Set<Incident> incidents(String site, BiConsumer<ProtocolBuilder, Recorder> handler) {
        return outcomes(site, trap(handler)).incidents();
    }

    private static Site first(ProtocolBuilder b) {
        return b.sites().get(0);
    }

    @Pins("cpu.saved-address")
    @Test
    void theSavedAddressIsBehindTheBreakpoint() {
        assertEquals(NOTHING, incidents("nop5->jmp32", (b, r) -> {
            r.bugOn(Expr.savedAddress().ne(b.addressOf(first(b)).plus(1)), "not site+1");
            r.emulate("emulate", first(b), 0, true);
        }));
        assertEquals(
                Set.of(Incident.BUG_ON),
                incidents(
                        "nop5->jmp32",
                        (b, r) -> r.bugOn(
                                Expr.savedAddress().eq(b.addressOf(first(b)).plus(1)), "site+1")));
    }

    @Test
    void nobodyHandlesABreakpointWithoutAHandler() {
        Outcomes outcomes = outcomes("nop5->jmp32", trapOnly());
        assertEquals(Set.of(Incident.UNHANDLED_INT3), outcomes.incidents());
        assertTrue(outcomes.met(Reached.BREAKPOINT));
    }

    @Test
    void aHandlerMayGiveUp() {
        assertEquals(Set.of(Incident.UNHANDLED_INT3), incidents("nop5->jmp32", (b, r) -> r.unhandled("no")));
    }

    @Test
    void aHandlerThatDoesNothingResumesInsideTheInstruction() {
        assertEquals(Set.of(Incident.MID_INSTRUCTION), incidents("nop5->jmp32", (b, r) -> {}));
        assertEquals(Set.of(Incident.MID_INSTRUCTION), incidents("call->jmp32", (b, r) -> {}));
    }

    @Test
    void aHandlerThatDoesNothingEmulatesAOneByteNop() {
        assertEquals(NOTHING, incidents("nop1->f4", (b, r) -> {}));
        assertEquals(Set.of(Incident.WRONG_TARGET), incidents("f4->f4", (b, r) -> {}));
    }

    @Pins("machine.breakpoint-return")
    @Test
    void aHandlerMayLetTheContextTryAgain() {
        Outcomes outcomes = outcomes("nop5->jmp32", trap((b, r) -> {
            r.textPoke("back", first(b), 0, first(b).at(0, 0));
            r.setSavedAddress(Expr.savedAddress().minus(1));
        }));
        assertEquals(NOTHING, outcomes.incidents());
        assertTrue(outcomes.took("cpu0 fetch site0 [0f 1f 44 00 00]"));
    }

    @Pins("machine.breakpoint-return")
    @ParameterizedTest
    @CsvSource({"nop5->jmp32", "call->jmp32", "jmp32->call", "call->call", "jmp8->nop2", "nop2->jmp8", "nop1->nop1"})
    void emulatingTheOldOrTheNewInstructionIsRight(String site) {
        for (int v = 0; v < 2; v++) {
            int version = v;
            Outcomes outcomes = outcomes(site, trap((b, r) -> r.emulate("emulate", first(b), version, true)));
            assertEquals(NOTHING, outcomes.incidents());
            assertFalse(outcomes.deadlock());
            assertTrue(outcomes.met(Reached.COMPLETE));
        }
    }

    @Pins("machine.breakpoint-return")
    @Test
    void emulatingARetLeavesTheSite() {
        for (int v = 0; v < 2; v++) {
            int version = v;
            Outcomes outcomes = outcomes("ret->ret", trap((b, r) -> r.emulate("emulate", first(b), version, true)));
            assertEquals(NOTHING, outcomes.incidents());
            assertTrue(outcomes.met(Reached.COMPLETE));
        }
        assertEquals(Set.of(Incident.WRONG_TARGET), incidents("ret->ret", (b, r) -> {}), "a RET is no NOP");
        assertEquals(
                Set.of(Incident.WRONG_TARGET),
                incidents("nop1->nop1", (b, r) -> r.setSavedAddress(Expr.of(0))),
                "a NOP is no RET");
    }

    @Pins("machine.breakpoint-return")
    @Test
    void anEmulatedConditionalJumpGoesEitherWay() {
        Outcomes outcomes = outcomes("jcc32->jcc32", trap((b, r) -> r.emulate("emulate", first(b), 1, true)));
        assertEquals(NOTHING, outcomes.incidents());
        assertTrue(outcomes.took("cpu0.bp emulate") && outcomes.took("cpu0.bp emulate jumps"));
        assertEquals(Set.of(Incident.LOST_CALL), incidents("jcc32->jcc32", (b, r) -> r.setSavedAddress(Expr.of(0))));
    }

    @Pins("cpu.emulated-call")
    @Test
    void anEmulatedCallNeedsAGap() {
        assertEquals(
                Set.of(Incident.EMULATION_OVERWROTE_FRAME),
                incidents("call->nop5", (b, r) -> r.emulate("emulate", first(b), 0, false)));
        assertEquals(NOTHING, incidents("call->nop5", (b, r) -> r.emulate("emulate", first(b), 1, false)));
        assertEquals(NOTHING, incidents("jmp32->nop5", (b, r) -> r.emulate("emulate", first(b), 0, false)));
    }

    @Test
    void onlyCallsJumpsAndNopsCanBeEmulated() {
        assertEquals(Set.of(Incident.BUG_ON), incidents("f4->f4", (b, r) -> r.emulate("emulate", first(b), 0, true)));
    }

    @Test
    void anEmulatedCallOfTheSiteItselfIsANestedCall() {
        assertEquals(
                Set.of(Incident.NESTED_CALL),
                incidents("e8fbffffff->e8fbffffff", (b, r) -> r.emulate("emulate", first(b), 0, true)));
    }

    @Pins("machine.breakpoint-return")
    @Test
    void skippingTheSiteLosesACall() {
        BiConsumer<ProtocolBuilder, Recorder> skip =
                (b, r) -> r.setSavedAddress(b.addressOf(first(b)).plus(5));
        assertEquals(Set.of(Incident.LOST_CALL), incidents("call->call", skip));
        assertEquals(Set.of(Incident.LOST_CALL), incidents("call->jmp32", skip));
        assertEquals(NOTHING, incidents("call->nop5", skip));
        assertEquals(NOTHING, incidents("nop5->call", skip));
    }

    @Test
    void skippingTheFirstOfTwoInstructionsIsItsEmulationOnlyIfItIsANop() {
        BiConsumer<ProtocolBuilder, Recorder> skip =
                (b, r) -> r.setSavedAddress(b.addressOf(first(b)).plus(2));
        assertEquals(NOTHING, incidents("66906690->0f1f4000", skip));
        assertEquals(Set.of(Incident.WRONG_TARGET), incidents("0f1f4000->0f1f4000", skip));
    }

    @Test
    void goingToAFunctionOfAnotherSiteIsWrong() {
        for (String site : new String[] {"call->call", "nop5->jmp32", "jmp32->nop5"}) {
            assertEquals(
                    Set.of(Incident.WRONG_TARGET),
                    incidents(site, (b, r) -> r.emulate("emulate", b.sites().get(1), 0, true)));
            assertEquals(
                    Set.of(Incident.WRONG_TARGET),
                    incidents(site, (b, r) -> r.emulate("emulate", b.sites().get(1), 1, true)));
        }
    }

    @Test
    void jumpingWhereACallWasDueIsWrong() {
        // The same function for both versions, but one of them pushes no return address.
        String call = "e800010000";
        String jump = "e900010000";
        assertEquals(NOTHING, incidents(call + "->" + jump, (b, r) -> r.emulate("emulate", first(b), 1, true)));
        assertEquals(
                Set.of(Incident.WRONG_TARGET),
                incidents(call + "->nop5", (b, r) -> r.setSavedAddress(Expr.of(b.maxAddress() + 1))));
    }

    @Pins("machine.call-returns")
    @Pins("cpu.call-stack")
    @Test
    void aCalledFunctionReturnsIntoTheSite() {
        Outcomes outcomes =
                outcomes("e800010000" + "90->nop6", trap((b, r) -> r.emulate("emulate", first(b), 0, true)));
        assertEquals(NOTHING, outcomes.incidents());
        assertTrue(outcomes.took("cpu0 fetch site0+5 [90]"), outcomes.names()::toString);
    }

    @Pins("machine.breakpoint-return")
    @Test
    void anEmulationMustFitTheVersionsThatAreStillPossible() {
        // The execution has run a first instruction that only version 0 has.
        Protocol.Definition second = b -> {
            b.thread(0, r -> {
                r.textPoke("int3", first(b), 2, (byte) 0xcc);
                r.execute("exec", first(b));
            });
            b.breakpoint(r -> r.setSavedAddress(b.addressOf(first(b)).plus(4)));
        };
        assertEquals(NOTHING, outcomes("66906690->90906690", second).incidents());
        assertEquals(
                Set.of(Incident.LOST_CALL),
                outcomes("6690eb10->90906690", second).incidents());
    }

    @Test
    void emulatingWithoutABreakpointIsABugOfTheProtocol() {
        Protocol.Definition definition = b -> {
            b.thread(0, r -> r.sendNmi("send", Expr.thisCpu()));
            b.nmi(r -> r.emulate("emulate", first(b), 0, true));
        };
        assertFalse(outcomes("nop5->jmp32", definition).incidents().isEmpty());
    }

    @Test
    void aNestedBreakpointIsRecursion() {
        assertEquals(Set.of(Incident.RECURSION), incidents("nop1->nop1", (b, r) -> r.execute("exec", first(b))));
    }

    @Pins("text.torn")
    @Test
    void anyFirstByteThatIsABreakpointTraps() {
        assertEquals(
                NOTHING,
                outcomes("int3->nop1", b -> {
                            b.thread(0, r -> r.execute("exec", first(b)));
                            b.breakpoint(r -> r.emulate("emulate", first(b), 1, true));
                        })
                        .incidents());
    }
}
