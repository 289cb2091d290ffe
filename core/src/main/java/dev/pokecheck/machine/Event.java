// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.cpu.ContextKind;
import dev.pokecheck.protocol.TextStmt.PatchMark.Moment;

/**
 * What a run looks like to those who use a protocol: the history of executions, which are reads, and patch calls, which are writes, of sites, which
 * are registers. A run has five sorts of events: an execution begins, an execution ends and has seen certain versions, a patch call begins, has returned, or has
 * been given up. All that consistency levels speak of is in them.
 *
 * <p>An event is a number that does not depend on the program of the protocol, so that the histories of two protocols in one scenario can be
 * compared: the sort in bits 0..2, the CPU from bit 3, the kind of context from bit 6, the site from bit 12, versions from bit 16.
 */
public final class Event {
    private static final int CPU_SHIFT = 3;
    private static final int KIND_SHIFT = 6;
    private static final int SITE_SHIFT = 12;
    private static final int VERSIONS_SHIFT = 16;

    /** The sorts, in the order of their numbers. */
    private enum Sort {
        EXECUTION_BEGINS,
        EXECUTION_ENDS,
        CALL_BEGINS,
        CALL_RETURNS,
        CALL_ABORTS
    }

    private Event() {}

    /** A context of a CPU begins to execute a site. */
    static long begin(int cpu, int kind, int site) {
        return of(Sort.EXECUTION_BEGINS, cpu, kind, site, 0);
    }

    /** It has executed the site; what it saw is consistent with these versions. */
    static long end(int cpu, int kind, int site, long versions) {
        return of(Sort.EXECUTION_ENDS, cpu, kind, site, versions);
    }

    /** The patch call for a version of a site begins, has returned, or has been given up. */
    static long call(int site, int version, Moment moment) {
        Sort sort = switch (moment) {
            case BEGINS -> Sort.CALL_BEGINS;
            case RETURNS -> Sort.CALL_RETURNS;
            case ABORTS -> Sort.CALL_ABORTS;
        };
        return of(sort, 0, 0, site, version);
    }

    private static long of(Sort sort, int cpu, int kind, int site, long versions) {
        return sort.ordinal()
                | (long) cpu << CPU_SHIFT
                | (long) kind << KIND_SHIFT
                | (long) site << SITE_SHIFT
                | versions << VERSIONS_SHIFT;
    }

    /** An event in words: {@code cpu1.nmi has executed site0: v1}. */
    public static String text(long event) {
        Sort sort = Sort.values()[(int) event & 7];
        long versions = event >>> VERSIONS_SHIFT;
        String site = "site" + (event >>> SITE_SHIFT & 15);
        String context = ContextKind.of((int) (event >>> KIND_SHIFT) & 7).text();
        String who = "cpu" + (event >>> CPU_SHIFT & 7) + (context.isEmpty() ? "" : "." + context);
        return switch (sort) {
            case EXECUTION_BEGINS -> who + " begins to execute " + site;
            case EXECUTION_ENDS -> who + " has executed " + site + ", " + versions(versions);
            case CALL_BEGINS -> "the patch call for v" + versions + " of " + site + " begins";
            case CALL_RETURNS -> "the patch call for v" + versions + " of " + site + " has returned";
            case CALL_ABORTS -> "the patch call for v" + versions + " of " + site + " has been given up";
        };
    }

    private static String versions(long set) {
        StringBuilder text = new StringBuilder();
        for (int v = 0; set >>> v != 0; v++) {
            if ((set >>> v & 1) != 0) {
                text.append(text.isEmpty() ? "v" : " or v").append(v);
            }
        }
        return text.toString();
    }
}
