// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

import dev.pokecheck.text.Site;
import java.util.List;

/**
 * What a protocol is recorded for: the part of a scenario that its text depends on.
 *
 * @param cpus the number of CPUs; CPU 0 patches
 * @param sites the sites to patch, ascending by address
 * @param thread what the threads of the other CPUs do
 * @param nmiWork what the NMI handlers do besides the protocol's own part
 * @param irqs whether there are spontaneous IRQs; their handler executes all sites
 * @param mcs whether there are machine checks; their handler executes all sites
 * @param widestStore the bytes of the widest store that is single
 */
public record Setting(
        int cpus,
        List<Site> sites,
        ThreadWork thread,
        InterruptWork nmiWork,
        boolean irqs,
        boolean mcs,
        int widestStore) {
    /** What a thread does that takes no part in patching. */
    public enum ThreadWork {
        /** Nothing. */
        NONE("none"),
        /** Executes all sites, again and again. */
        LOOP("thread"),
        /** The same, and between two rounds hits a breakpoint that belongs to somebody else. */
        FOREIGN("foreign");

        private final String text;

        ThreadWork(String text) {
            this.text = text;
        }

        /** Its name in scenarios and on the command line. */
        public String text() {
            return text;
        }
    }

    /** What an NMI handler does. */
    public enum InterruptWork {
        /** Nothing of interest here. */
        NONE("none"),
        /** Executes all sites once. */
        SITE("site"),
        /** Takes a spinlock, and releases it through the first site. */
        LOCK("lock"),
        /** Takes a spinlock through the first site and releases it through the second; all versions agree on what the lock looks like. */
        PAIR("pair"),
        /** The same, but only the first version of either site takes the lock for a byte; later versions take it for tickets. */
        TICKET("ticket");

        private final String text;

        InterruptWork(String text) {
            this.text = text;
        }

        /** Its name in scenarios and on the command line. */
        public String text() {
            return text;
        }
    }

    /** Copies the list. */
    public Setting {
        sites = List.copyOf(sites);
    }

    /** The numbers of the addresses of these sites. */
    public Places places() {
        return new Places(sites);
    }

    /** The largest number of versions of a site. */
    public int versions() {
        return sites.stream().mapToInt(Site::versions).max().orElse(2);
    }
}
