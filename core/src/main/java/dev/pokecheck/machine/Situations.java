// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.cpu.CpuLayout;
import dev.pokecheck.text.Fetched;

/** Numbers what is about to happen, for {@link Machine#situation}. */
final class Situations {
    /** The bits above those of the phase: what is fetched 2, the context 3, the kind of action 4. */
    static final int BITS = 9;

    private static final int NOTHING = 0;
    private static final int VERSION = 1;
    private static final int BREAKPOINT = 2;
    private static final int TORN = 3;

    private final MachineTables tables;
    private final Layout layout;
    private final CpuLayout cpu;

    Situations(Hardware hw) {
        tables = hw.tables;
        layout = tables.layout;
        cpu = tables.cpu;
    }

    int of(long[] state, int action) {
        int base = layout.cpuBase(ActionKind.cpu(action));
        int frame = cpu.topFrame(state, base);
        boolean fetches = ActionKind.of(action) == ActionKind.FETCH;
        int site = fetches ? tables.fetchedFrom(state, frame) : underWay(state);
        int seen = fetches ? seen(tables.views[site].fetched(ActionKind.fetched(action))) : NOTHING;
        int rest = ActionKind.of(action).ordinal() << 5 | cpu.kind.getInt(state, frame) << 2 | seen;
        return rest << PatchPhase.BITS | PatchPhase.of(tables, site, state);
    }

    /** The site that an action is about, -1 if it is about none. */
    int concerned(long[] state, int action) {
        int base = layout.cpuBase(ActionKind.cpu(action));
        int frame = cpu.topFrame(state, base);
        if (ActionKind.of(action) == ActionKind.FETCH) {
            return tables.fetchedFrom(state, frame);
        }
        int trapped = cpu.trapped.getInt(state, frame);
        if (trapped != 0) {
            return tables.siteAt(state, frame - cpu.frameWords(), trapped);
        }
        int site = tables.siteAt(state, frame, cpu.place.getInt(state, frame));
        return site >= 0 ? site : tables.siteAt(state, frame, cpu.returnTo.getInt(state, frame));
    }

    /** The kinds of a CPU's contexts, from the thread up, three bits each, the thread's highest. */
    long contexts(long[] state, int c) {
        int base = layout.cpuBase(c);
        long kinds = 0;
        for (int level = 0; level <= cpu.top.getInt(state, base); level++) {
            kinds = kinds << 3 | cpu.kind.get(state, cpu.frame(base, level));
        }
        return kinds;
    }

    boolean fetchesPresent(long[] state, int action) {
        if (ActionKind.of(action) != ActionKind.FETCH) {
            return false;
        }
        int site = concerned(state, action);
        long content = layout.content[site].get(state, 0);
        return !tables.views[site].fetched(ActionKind.fetched(action)).differsFrom(content);
    }

    int underWay(long[] state) {
        for (int s = 0; s < tables.sites.length; s++) {
            if (tables.calls.isUnderWay(state, s)) {
                return s;
            }
        }
        return 0;
    }

    private static int seen(Fetched fetched) {
        if (fetched.isBreakpoint()) {
            return BREAKPOINT;
        }
        return fetched.versions() == 0 ? TORN : VERSION;
    }
}
