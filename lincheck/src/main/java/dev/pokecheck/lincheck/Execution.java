// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.lincheck;

import dev.pokecheck.text.Site;
import java.util.ArrayList;
import java.util.List;

/** An execution of a site under way: where it is, what it has done, and of which versions each of its instructions so far was one. */
final class Execution {
    /** No breakpoint is being handled. */
    static final int NOT_TRAPPED = -1;

    final Site site;
    final List<String> effects = new ArrayList<>();
    int offset;
    int versions;
    /** The offset of the breakpoint whose handler runs, or has just run. */
    int trapped = NOT_TRAPPED;
    /** The return address that its breakpoint handler has pushed, as a place; 0 for none. */
    int pushed;
    /** Whether control has left the site. */
    boolean left;

    Execution(Site site) {
        this.site = site;
        versions = (1 << site.versions()) - 1;
    }

    /** Keeps the versions that have these bytes as one instruction at an offset; returns whether any has them at all. */
    boolean narrow(int at, byte[] insn) {
        int having = site.versionsWith(at, insn);
        versions &= having;
        return having != 0;
    }

    boolean finished() {
        return left || offset == site.length();
    }
}
