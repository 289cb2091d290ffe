// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.lincheck;

/** The sequential specification: each site is a register; a patch call writes all of them. */
public class Registers {
    private int program;
    private int looked;
    private int version;

    /** Chooses the program. */
    public void setUp(int number, int site) {
        program = number;
        looked = site;
    }

    /** Writes. */
    public String patch(int newVersion) {
        version = newVersion;
        return "patched";
    }

    /** Reads. */
    public String execute(int cpu, int site) {
        return Subject.seen(site, looked, read(site));
    }

    /** Reads all at one moment. */
    public String executeAll(int cpu) {
        String all = "";
        for (int site = 0; site < Subject.sites(program); site++) {
            all += read(site);
        }
        return all;
    }

    /** Does nothing that one may notice. */
    public String prefetch(int cpu, int site) {
        return "prefetched";
    }

    private String read(int site) {
        return "v" + Subject.program(program).versionClass(site, version);
    }
}
