// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.Pins;
import dev.pokecheck.property.Incident;
import dev.pokecheck.property.Reached;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.protocol.Setting.ThreadWork;
import dev.pokecheck.protocol.Shared;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Breakpoints of somebody else: the protocol's handler is asked first, and should leave them alone. */
class ForeignInt3Test {
    private static final Set<Incident> NOTHING = Set.of();

    private static Outcomes outcomes(BiConsumer<ProtocolBuilder, Recorder> handler) {
        Outcomes outcomes = Litmus.sites("nop5->jmp32").with(b -> b.cpus(1)).run(b -> {
            Shared after = b.shared("after", 0, 0, 1);
            b.thread(0, r -> {
                r.foreignInt3("int3.other");
                r.store("after", after, Expr.of(1));
            });
            b.breakpoint(r -> handler.accept(b, r));
        });
        outcomes.incidents().remove(Incident.LOST_PATCH);
        return outcomes;
    }

    @Pins("machine.foreign-breakpoint")
    @Test
    void itsOwnerHandlesWhatTheProtocolDoesNotClaim() {
        Outcomes outcomes = outcomes((b, r) -> {
            r.unhandled("not_ours");
            r.bugOn(Expr.of(1), "the handler ends where it gives up");
        });
        assertEquals(NOTHING, outcomes.incidents());
        assertTrue(outcomes.met(Reached.COMPLETE));
        assertFalse(outcomes.met(Reached.BREAKPOINT), "no site's breakpoint was hit");
        assertTrue(outcomes.took("cpu0 after"));
    }

    @Test
    void itIsHandledWithoutAProtocolHandler() {
        Outcomes outcomes = Litmus.sites("nop5->jmp32").run("int3; x=1", "");
        assertEquals(Set.of(Incident.LOST_PATCH), outcomes.incidents());
        assertTrue(outcomes.took("cpu0 s1"));
    }

    @Test
    void givingUpInsideAFunctionEndsTheHandler() {
        assertEquals(
                NOTHING,
                outcomes((b, r) -> {
                            r.call("find", "find()", () -> r.unhandled("none"));
                            r.bugOn(Expr.of(1), "behind the function");
                        })
                        .incidents());
    }

    @Pins("machine.foreign-breakpoint")
    @Test
    void theSavedAddressIsBehindABreakpointOfNoSite() {
        assertEquals(
                NOTHING,
                outcomes((b, r) -> {
                            for (int offset = 0; offset < 5; offset++) {
                                r.bugOn(
                                        Expr.savedAddress()
                                                .minus(1)
                                                .eq(b.addressOf(b.sites().get(0))
                                                        .plus(offset)),
                                        "in the site");
                            }
                        })
                        .incidents());
    }

    @Pins("machine.foreign-astray")
    @Test
    void whoClaimsItLeadsItAstray() {
        assertEquals(
                Set.of(Incident.WRONG_TARGET),
                outcomes((b, r) -> r.setSavedAddress(Expr.savedAddress().plus(1)))
                        .incidents());
        assertEquals(
                Set.of(Incident.WRONG_TARGET),
                outcomes((b, r) -> r.emulate("emulate", b.sites().get(0), 1, true))
                        .incidents());
    }

    @Pins("machine.foreign-astray")
    @Test
    void whoGoesBackToItHitsItAgain() {
        Outcomes outcomes =
                outcomes((b, r) -> r.setSavedAddress(Expr.savedAddress().minus(1)));
        assertEquals(NOTHING, outcomes.incidents());
        assertFalse(outcomes.met(Reached.COMPLETE));
    }

    @Test
    void bystandersHitOneIfTheScenarioSaysSo() {
        Outcomes outcomes = Litmus.sites("nop5->jmp32")
                .with(b -> b.cpus(2).thread(ThreadWork.FOREIGN))
                .run(b -> b.breakpoint(r -> r.unhandled("not_ours")));
        assertTrue(outcomes.took("cpu1 int3.foreign"));
        assertEquals(Set.of(Incident.LOST_PATCH), outcomes.incidents());
    }
}
