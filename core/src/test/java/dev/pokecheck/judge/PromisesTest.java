// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.Pins;
import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.ScenarioBuilder;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.property.Property;
import dev.pokecheck.property.Reached;
import dev.pokecheck.protocol.Setting.InterruptWork;
import dev.pokecheck.protocol.Setting.ThreadWork;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What is promised, as seen by a machine that has not moved, so that every promise is broken. */
class PromisesTest {
    private static final Set<Property> ALL = EnumSet.allOf(Property.class);

    private static final String COMPLETE = "a complete run";
    private static final String EXECUTED = "a site executed during or after the patch call";
    private static final String BREAKPOINT = "a breakpoint hit";
    private static final String NMI = "an NMI delivered during the patch call";

    private static List<String> promised(
            String protocol, Set<Property> properties, UnaryOperator<ScenarioBuilder> change) {
        Scenario scenario = Scenario.of(List.of(SiteSpec.parse("nop5->jmp32"))).with(change);
        Machine machine =
                new Machine(scenario, Catalog.find(protocol).orElseThrow().record(scenario.setting()));
        return Promises.broken(machine, properties, false);
    }

    @Pins("judge.vacuity-executed")
    @Test
    void somebodyMustExecuteASite() {
        assertEquals(List.of(COMPLETE, EXECUTED), promised("naive", ALL, b -> b));
        assertEquals(List.of(COMPLETE, EXECUTED), promised("naive", ALL, b -> b.thread(ThreadWork.NONE)));
    }

    @Pins("judge.vacuity-complete")
    @Test
    void aCheckForDeadlocksAlonePromisesNoExecution() {
        assertEquals(List.of(COMPLETE), promised("naive", EnumSet.of(Property.DEADLOCK), b -> b));
    }

    @Pins("judge.vacuity-interrupts")
    @Test
    void eachInterruptIsPromisedByItsBudget() {
        assertEquals(
                List.of(
                        COMPLETE,
                        EXECUTED,
                        NMI,
                        "an IRQ delivered during the patch call",
                        "a machine check delivered during the patch call"),
                promised("naive", ALL, b -> b.nmis(1).irqs(1).mcs(1)));
    }

    @Pins("judge.vacuity-breakpoint")
    @Test
    void threadsPromiseABreakpointUnlessTheyAreStopped() {
        assertEquals(List.of(COMPLETE, EXECUTED, BREAKPOINT), promised("text_poke_bp_batch", ALL, b -> b));
        assertEquals(List.of(COMPLETE, EXECUTED), promised("text_poke_late@rfc18", ALL, b -> b));
        assertEquals(List.of(COMPLETE, EXECUTED), promised("text_poke_bp_batch", ALL, b -> b.thread(ThreadWork.NONE)));
    }

    @Pins("judge.vacuity-breakpoint")
    @Test
    void nmisThatExecuteSitesPromiseABreakpointInAnyCase() {
        assertEquals(
                List.of(COMPLETE, EXECUTED, BREAKPOINT, NMI),
                promised("text_poke_late@rfc18", ALL, b -> b.nmis(1).nmiWork(InterruptWork.SITE)));
        assertEquals(List.of(COMPLETE, EXECUTED, NMI), promised("text_poke_late@rfc18", ALL, b -> b.nmis(1)));
    }

    @Pins("judge.vacuity-new-code")
    @Test
    void newCodeIsPromisedWhereSitesAreExecuted() {
        Scenario scenario = Scenario.of(List.of(SiteSpec.parse("nop5->jmp32")));
        Machine machine =
                new Machine(scenario, Catalog.find("naive").orElseThrow().record(scenario.setting()));
        for (Reached executed : List.of(Reached.SITE_DURING_PATCH, Reached.SITE_AFTER_PATCH)) {
            machine.setReached(executed.bit());
            assertEquals(List.of(COMPLETE, "new code executed"), Promises.broken(machine, ALL, false));
            assertEquals(List.of(COMPLETE), Promises.broken(machine, EnumSet.of(Property.DEADLOCK), false));
            machine.setReached(executed.bit() | Reached.NEW_CODE.bit());
            assertEquals(List.of(COMPLETE), Promises.broken(machine, ALL, false));
        }
    }

    private static boolean isNoted(boolean documented, boolean met) {
        Scenario scenario = Scenario.of(List.of(SiteSpec.parse("nop5->jmp32")))
                .with(b -> b.profile(b.profile().xmcDocumented(documented)));
        Machine machine =
                new Machine(scenario, Catalog.find("naive").orElseThrow().record(scenario.setting()));
        machine.setReached(met ? Reached.UNSYNCHRONISED.bit() : 0);
        return Promises.notes(machine).stream().anyMatch(note -> note.startsWith("undocumented-xmc: "));
    }

    @Test
    void aVerdictThatReliesOnMoreThanAManualSaysIsNoted() {
        assertTrue(isNoted(false, true));
        assertFalse(isNoted(true, true));
        assertFalse(isNoted(false, false));
    }
}
