// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.cpu.ContextKind;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.machine.ActionList;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.ScenarioBuilder;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.view.StateView.Cpu;
import dev.pokecheck.view.StateView.Execution;
import dev.pokecheck.view.StateView.Reason;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

final class StateViewTest {
    /** A run by names, and the view of the state it ends in. */
    private static StateView after(
            UnaryOperator<ScenarioBuilder> change, Protocol.Definition definition, String... names) {
        Scenario scenario = Scenario.of(List.of(SiteSpec.parse("nop5->jmp32"))).with(change);
        Machine machine = Machine.of(scenario, "test", definition);
        long[] state = new long[machine.words()];
        machine.initial(state);
        ActionList enabled = new ActionList();
        for (String name : names) {
            machine.enabled(state, enabled);
            int found = -1;
            for (int i = 0; i < enabled.size(); i++) {
                if (machine.describe(state, enabled.get(i)).equals(name)) {
                    found = enabled.get(i);
                }
            }
            assertTrue(found >= 0, name);
            machine.apply(state, found);
        }
        return new StateView(machine, state);
    }

    @Test
    void aBreakpointInAThread() {
        StateView view = after(
                s -> s,
                b -> {
                    Shared flag = b.shared("flag", 0, 0, 1);
                    b.patcher(r -> r.textPoke("int3", b.sites().get(0), 0, (byte) 0xcc));
                    b.breakpoint(r -> r.call(
                            "handler",
                            "poke_int3_handler()",
                            () -> r.await("wait", flag.value().eq(1))));
                },
                "cpu0 int3",
                "cpu1 fetch site0 [cc]");
        Cpu cpu = view.cpus().get(1);
        assertEquals("cpu1.bp", cpu.name());
        assertEquals(ContextKind.THREAD, cpu.contexts().get(0).kind());
        assertEquals(
                Optional.of(new Execution("site0+1", "", List.of(0, 1))),
                cpu.contexts().get(0).execution());
        assertEquals("site0+0", cpu.top().trapped());
        assertEquals("handler.wait", cpu.top().label());
        assertEquals(List.of("poke_int3_handler()"), cpu.top().functions());
        assertEquals("while (!(flag == 1)) cpu_relax();", cpu.top().text());
        assertFalse(cpu.interruptFlag());
        assertEquals(
                List.of("0f 1f 44 00 00", "cc 1f 44 00 00"), cpu.fetchable().get(0));
        assertEquals("cc 1f 44 00 00", view.patches().get(0).memory());
        assertEquals(Reason.CONDITION, view.waiting(1).reason());
        assertEquals(List.of(), view.waiting(1).helpers());
        assertEquals(Reason.FINISHED, view.waiting(0).reason());
        assertFalse(view.complete());
    }

    @Test
    void aStoreInTheBuffer() {
        StateView view = after(
                s -> s.data(DataModel.TSO),
                b -> {
                    Shared flag = b.shared("flag", 0, 0, 1);
                    b.patcher(r -> {
                        r.store("set", flag, Expr.named("ON", 1));
                        r.textPoke("int3", b.sites().get(0), 0, (byte) 0xcc);
                        r.fence("mb");
                    });
                },
                "cpu0 set",
                "cpu0 int3");
        assertEquals(List.of("flag = ON", "site0+0 = cc"), view.cpus().get(0).stores());
        assertEquals("0", view.variables().get(0).text());
        assertEquals(Reason.STORE_BUFFER, view.waiting(0).reason());
        assertEquals(Reason.AT_REST, view.waiting(1).reason());
    }

    @Test
    void objectsThatAreDead() {
        Protocol.Definition definition = b -> {
            var desc = b.object("desc");
            Shared field = desc.field("refs", 0, 0, 1);
            b.patcher(r -> {
                r.begin("begin", desc);
                r.store("refs", field, Expr.of(1));
            });
        };
        assertFalse(after(s -> s, definition).variables().get(0).alive());
        assertTrue(after(s -> s, definition, "cpu0 begin").variables().get(0).alive());
    }
}
