// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.lincheck;

/** The sequential specification: each site is a register; a patch call writes all of them. */
public class Registers {
    private int version;

    /** Writes. */
    public String patch(int newVersion) {
        version = newVersion;
        return "patched";
    }

    /** Reads. */
    public String execute(int cpu, int site) {
        return Subject.seen(site, "v" + Subject.program().versionClass(site, version));
    }

    /** Reads all at one moment. */
    public String executeAll(int cpu) {
        String all = "";
        for (int site = 0; site < Subject.sites(); site++) {
            all += "v" + Subject.program().versionClass(site, version);
        }
        return all;
    }

    /** Does nothing that one may notice. */
    public String prefetch(int cpu, int site) {
        return "prefetched";
    }
}
