// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import java.util.List;

/**
 * The scenarios in which a protocol is asked which of its steps it needs, as corpus entries write them, the one that most steps are needed in first.
 * Each of the others is there because some step is needed in it and in none before.
 */
public final class Battery {
    private static final String SITE = "cpus=2 site0=nop5->jmp32";

    /** For the breakpoint method, while threads run on. */
    private static final List<String> RUNNING = List.of(
            SITE,
            SITE + " thread=foreign data=tso",
            "cpus=2 site0=nop2->jmp8->nop2 thread=foreign",
            SITE + " thread=foreign nmi=1 nmi-work=site",
            "cpus=2 site0=nop2->jmp8 site1=nop2->jmp8 site2=nop2->jmp8",
            "cpus=2 site0=nop2->jmp8 site1=nop2->jmp8 site2=nop2->jmp8 site3=nop2->jmp8");

    /** For what stops all threads, so that nobody but NMIs executes a site. */
    private static final List<String> STOPPED = List.of(
            SITE + " thread=none nmi=1 nmi-work=site",
            "cpus=2 site0=nop2->jmp8->nop2 thread=foreign nmi=1 nmi-work=site",
            "cpus=2 site0=nop2->jmp8 site1=nop2->jmp8 thread=none nmi=1 nmi-work=site",
            "cpus=2 site0=nop2->jmp8 thread=none nmi=2 nmi-work=site",
            "cpus=2 site0=call->unlock chunk=8 thread=none nmi=1 nmi-work=lock");

    private Battery() {}

    /** The scenarios for a protocol, all variants of it, by its name. */
    public static List<String> of(String protocol) {
        return switch (protocol) {
            case "text_poke_bp_batch", "smp_text_poke_batch" -> RUNNING;
            case "text_poke_late" -> STOPPED;
            default -> List.of(SITE);
        };
    }
}
