// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.explore.search.Search;
import dev.pokecheck.explore.search.SearchOptions;
import dev.pokecheck.property.Incident;
import dev.pokecheck.protocol.Setting.InterruptWork;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Neither {@code enabled} nor {@code apply} nor {@code situation} allocates once a machine is warm. */
class MachineAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int STEPS = 200_000;

    private static void walk(Machine machine, long[] state, ActionList actions) {
        SplittableRandom random = new SplittableRandom(20250750);
        machine.initial(state);
        for (int step = 0; step < STEPS; step++) {
            machine.enabled(state, actions);
            machine.inspect(state);
            if (actions.size() == 0) {
                machine.initial(state);
                continue;
            }
            int action = actions.get(random.nextInt(actions.size()));
            machine.situation(state, action);
            if (machine.apply(state, action) != 0) {
                machine.initial(state);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void noStepAllocates(DataModel data) {
        measure("nop5->nop5@6", data);
    }

    @ParameterizedTest
    @EnumSource
    void noStepOfACallAllocates(DataModel data) {
        measure("nop5->call@6", data);
    }

    @ParameterizedTest
    @EnumSource
    void noStepOfSitesThatOverlapAllocates(DataModel data) {
        measure(List.of("nop5->nop5@6", "nop5->call@site0+0"), data);
    }

    private static void measure(String site, DataModel data) {
        measure(List.of(site), data);
    }

    private static void measure(List<String> sites, DataModel data) {
        Scenario scenario = Scenario.of(sites.stream().map(SiteSpec::parse).toList())
                .with(b -> b.data(data)
                        .chunk(8)
                        .nmis(1)
                        .nmiWork(InterruptWork.SITE)
                        .irqs(1));
        Machine machine = new Machine(
                scenario, Catalog.find("text_poke_bp_batch").orElseThrow().record(scenario.setting()));
        long[] state = new long[machine.words()];
        ActionList actions = new ActionList();
        walk(machine, state, actions);
        walk(machine, state, actions);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        walk(machine, state, actions);
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < 1000, () -> allocated + " bytes for " + STEPS + " steps");
    }

    @ParameterizedTest
    @EnumSource
    void aSearchAllocatesForItsStatesOnly(DataModel data) {
        Scenario scenario = Scenario.of(List.of(SiteSpec.parse("nop5->call@6")))
                .with(b -> b.data(data).chunk(8));
        Machine machine = new Machine(
                scenario, Catalog.find("text_poke_bp_batch").orElseThrow().record(scenario.setting()));
        SearchOptions options = SearchOptions.defaults().pruneOn(-1L & ~Incident.LOST_PATCH.bit());
        Search.run(machine, options);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        var result = Search.run(machine, options);
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        long allowed = 3_000_000 + 4 * (long) (result.states() * result.bytesPerState());
        assertTrue(allocated < allowed, () -> allocated + " bytes for " + result);
    }
}
