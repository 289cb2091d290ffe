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
import java.util.function.BiFunction;
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
            all.add(new SmallerScenario(scenario.with(b -> b.cpus(scenario.cpus() - 1)), Renaming.withoutCpu(c), true));
        }
        for (int s = scenario.sites().size() - 1; s >= 0 && scenario.sites().size() > 1; s--) {
            all.add(withoutSite(scenario, s));
        }
        fewer(all, scenario, scenario.nmis(), ScenarioBuilder::nmis);
        fewer(all, scenario, scenario.irqs(), ScenarioBuilder::irqs);
        fewer(all, scenario, scenario.mcs(), ScenarioBuilder::mcs);
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
        boolean isInterruptRemoved =
                smaller.nmis() + smaller.irqs() + smaller.mcs() < scenario.nmis() + scenario.irqs() + scenario.mcs();
        all.add(new SmallerScenario(smaller, Renaming.none(), isInterruptRemoved));
    }

    /** None at all, or one less. */
    private static void fewer(
            List<SmallerScenario> all,
            Scenario scenario,
            int budget,
            BiFunction<ScenarioBuilder, Integer, ScenarioBuilder> set) {
        if (budget > 0) {
            add(all, scenario, b -> set.apply(b, 0));
        }
        if (budget > 1) {
            add(all, scenario, b -> set.apply(b, budget - 1));
        }
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
