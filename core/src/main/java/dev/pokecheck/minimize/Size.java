// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.minimize;

import dev.pokecheck.machine.ActionKind;
import dev.pokecheck.machine.Scenario;

/**
 * How large a schedule and its scenario are.
 *
 * @param steps the steps
 * @param switches how often a step is of another CPU than the one before
 * @param interrupts the interrupts delivered: NMIs, IRQs and machine checks
 * @param cpus the CPUs of the scenario
 * @param sites its sites
 */
public record Size(int steps, int switches, int interrupts, int cpus, int sites) {

    static Size of(Scenario scenario, int[] schedule) {
        int interrupts = 0;
        for (int action : schedule) {
            interrupts += Delivery.is(action) ? 1 : 0;
        }
        return new Size(
                schedule.length,
                switches(schedule),
                interrupts,
                scenario.cpus(),
                scenario.sites().size());
    }

    static int switches(int[] schedule) {
        int switches = 0;
        for (int i = 1; i < schedule.length; i++) {
            if (ActionKind.cpu(schedule[i]) != ActionKind.cpu(schedule[i - 1])) {
                switches++;
            }
        }
        return switches;
    }

    /** In words. */
    public String text() {
        return count(steps, "step", "steps") + ", " + count(switches, "switch", "switches") + ", "
                + count(interrupts, "interrupt", "interrupts") + ", " + count(cpus, "CPU", "CPUs") + ", "
                + count(sites, "site", "sites");
    }

    private static String count(int number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }
}
