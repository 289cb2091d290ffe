// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.minimize;

import dev.pokecheck.data.DataModel;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.ScenarioBuilder;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.protocol.Setting.InterruptWork;
import dev.pokecheck.protocol.Setting.ThreadWork;
import dev.pokecheck.text.FetchModel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The scenarios that are one thing smaller than another, those that matter most first.
 *
 * @param scenario the smaller scenario
 * @param names how steps are named there
 * @param isWorthMoreSteps whether a CPU, site or interrupt was removed; only then may the schedule get longer
 */
record SmallerScenario(Scenario scenario, Renaming names, boolean isWorthMoreSteps) {
    static List<SmallerScenario> of(Scenario scenario) {
        List<SmallerScenario> all = new ArrayList<>();
        for (int c = scenario.cpus() - 1; c >= 0 && scenario.cpus() > 1; c--) {
            int gone = c;
            Scenario fewer = scenario.with(b -> b.cpus(scenario.cpus() - 1)
                    .nmis(scenario.nmiBudget().without(gone))
                    .irqs(scenario.irqBudget().without(gone))
                    .mcs(scenario.mcBudget().without(gone)));
            all.add(new SmallerScenario(fewer, Renaming.withoutCpu(c), true));
        }
        for (int s = scenario.sites().size() - 1; s >= 0 && scenario.sites().size() > 1; s--) {
            int gone = s;
            // Who overlaps that one, or one after it, names it by its number.
            if (scenario.sites().stream().noneMatch(spec -> spec.under() >= gone)) {
                all.add(withoutSite(scenario, s));
            }
        }
        scenario.nmiBudget().smaller().forEach(budget -> add(all, scenario, b -> b.nmis(budget)));
        scenario.irqBudget().smaller().forEach(budget -> add(all, scenario, b -> b.irqs(budget)));
        scenario.mcBudget().smaller().forEach(budget -> add(all, scenario, b -> b.mcs(budget)));
        if (scenario.nmiWork() != InterruptWork.NONE) {
            add(all, scenario, b -> b.nmiWork(InterruptWork.NONE));
        }
        if (scenario.thread() != ThreadWork.NONE) {
            add(all, scenario, b -> b.thread(ThreadWork.NONE));
        }
        if (scenario.data() != DataModel.SC) {
            add(
                    all,
                    scenario,
                    b -> b.data(DataModel.SC)
                            .bufferDepth(Scenario.of(scenario.sites()).bufferDepth()));
        }
        for (FetchModel model : scenario.fetch().simpler()) {
            add(all, scenario, b -> b.fetch(model));
        }
        return all;
    }

    private static void add(List<SmallerScenario> all, Scenario scenario, UnaryOperator<ScenarioBuilder> change) {
        Scenario smaller = scenario.with(change);
        all.add(new SmallerScenario(smaller, Renaming.none(), smaller.interrupts() < scenario.interrupts()));
    }

    private static SmallerScenario withoutSite(Scenario scenario, int site) {
        List<SiteSpec> left = new ArrayList<>(scenario.sites());
        left.remove(site);
        Scenario smaller = scenario.with(b -> b.sites(left));
        return new SmallerScenario(
                smaller,
                Renaming.withoutSite(
                        site, scenario.setting().sites(), smaller.setting().sites()),
                true);
    }
}
