// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.lincheck;

import org.jetbrains.lincheck.datastructures.Operation;

/** The operations of a machine, as Lincheck calls them: a new machine in every run. Public, as Lincheck demands. */
public class PatchedSites {
    /** Made here and not by {@link #setUp}: of what an operation makes, Lincheck believes that it is its thread's own, and switches threads nowhere. */
    private final ThreadMachine[] machines = Subject.newMachines();

    private ThreadMachine machine;
    private int sites;
    private int looked;

    /** Chooses the machine; first of all, on one thread. Of the executions only those of one site are looked at, but for what goes wrong. */
    @Operation
    public void setUp(int program, int site) {
        machine = machines[program];
        sites = Subject.sites(program);
        looked = site;
    }

    /** See {@link ThreadMachine#patch}. */
    @Operation
    public String patch(int version) {
        return machine.patch(version);
    }

    /** See {@link ThreadMachine#execute}. */
    @Operation
    public String execute(int cpu, int site) {
        return Subject.seen(site, looked, machine.execute(cpu, site));
    }

    /** Executes all sites, one after the other; the versions, or what went wrong. */
    @Operation
    public String executeAll(int cpu) {
        String all = "";
        for (int site = 0; site < sites; site++) {
            String result = machine.execute(cpu, site);
            if (!result.startsWith("v")) {
                return result;
            }
            all += result;
        }
        return all;
    }

    /** See {@link ThreadMachine#prefetch}. */
    @Operation
    public String prefetch(int cpu, int site) {
        return machine.prefetch(cpu, site);
    }
}
