// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.cpu.CpuLayout;
import dev.pokecheck.protocol.CallOrder;
import dev.pokecheck.protocol.Places;
import dev.pokecheck.protocol.TextStmt.PatchMark.Moment;
import dev.pokecheck.text.Site;

/**
 * Patch calls that bring versions in any order, from several CPUs, perhaps in vain. The state has, for each site, the versions that were ever to be
 * brought, those in force, and those that are overtaken, and for each CPU its call that is under way: the version, and which versions were in force when it began, as these are no
 * longer once it has returned. An execution keeps the versions that it may see, and those that were overtaken when it began.
 */
final class FreeCalls extends PatchCalls {
    private final CpuLayout cpu;
    /** For each step, the site that it executes, or -1. */
    private final int[] executedBy;
    /** Whether a site has any call; if not, its text must end as the last version, as in a protocol without marks. */
    private final boolean[] called;

    FreeCalls(CallOrder order, Layout layout, Site[] sites, Places places, int[] executedBy) {
        super(layout, sites, places);
        this.executedBy = executedBy;
        cpu = layout.cpu;
        called = new boolean[sites.length];
        for (int s = 0; s < sites.length; s++) {
            called[s] = order.hasCalls(sites[s]);
        }
    }

    @Override
    void initial(long[] state) {
        for (int s = 0; s < sites.length; s++) {
            layout.inForce[s].set(state, 0, 1);
            layout.brought[s].set(state, 0, 1);
        }
    }

    // ---- calls

    @Override
    boolean fits(long[] state, int c, int site, int version, Moment moment) {
        return moment == Moment.BEGINS
                ? !cpu.call[site].isSet(state, layout.cpuBase(c))
                : caller(state, c, site, version) >= 0;
    }

    @Override
    void mark(long[] state, int c, int site, int version, Moment moment) {
        if (moment == Moment.BEGINS) {
            begin(state, layout.cpuBase(c), site, version);
            return;
        }
        int base = caller(state, c, site, version);
        int before = cpu.callBefore[site].getInt(state, base);
        forget(state, base, site);
        if (moment == Moment.RETURNS) {
            bring(state, site, version, inForce(state, site) & ~before);
        }
    }

    private void begin(long[] state, int base, int site, int version) {
        cpu.call[site].set(state, base, version + 1L);
        cpu.callBefore[site].set(state, base, inForce(state, site));
        announce(state, site, version);
    }

    /** From now on executions may see a version, also those under way. */
    private void announce(long[] state, int site, int version) {
        layout.brought[site].set(state, 0, layout.brought[site].get(state, 0) | 1L << version);
        layout.overtaken[site].set(state, 0, layout.overtaken[site].get(state, 0) & ~(1L << version));
        for (int c = 0; c < layout.cpus; c++) {
            int other = layout.cpuBase(c);
            for (int level = cpu.top.getInt(state, other); level >= 0; level--) {
                mayBeSeen(state, cpu.frame(other, level), site, version);
            }
        }
    }

    /** An execution under way may see the version that a call begins to bring, and is not behind the times if it does. */
    private void mayBeSeen(long[] state, int frame, int site, int version) {
        if (cpu.versions.isSet(state, frame) && executedBy[cpu.pc.getInt(state, frame)] == site) {
            if (cpu.returned.bits() > 0) {
                cpu.returned.set(state, frame, cpu.returned.get(state, frame) | 1L << version);
            }
            cpu.seen.set(state, frame, cpu.seen.get(state, frame) & ~(1L << version));
        }
    }

    /** The CPU that has begun a call, the asking one first; its base, -1 if none has. */
    private int caller(long[] state, int c, int site, int version) {
        for (int i = 0; i < layout.cpus; i++) {
            int base = layout.cpuBase((c + i) % layout.cpus);
            if (cpu.call[site].getInt(state, base) == version + 1) {
                return base;
            }
        }
        return -1;
    }

    private void forget(long[] state, int base, int site) {
        cpu.call[site].set(state, base, 0);
        cpu.callBefore[site].set(state, base, 0);
    }

    /** A version comes into force beside others. Calls that began before this do not put it out of force when they return. */
    private void bring(long[] state, int site, int version, int beside) {
        layout.inForce[site].set(state, 0, beside | 1L << version);
        for (int c = 0; c < layout.cpus; c++) {
            int base = layout.cpuBase(c);
            cpu.callBefore[site].set(state, base, cpu.callBefore[site].get(state, base) & ~(1L << version));
        }
    }

    /** The versions of calls under way, as bits. */
    private int underWay(long[] state, int site) {
        int versions = 0;
        for (int c = 0; c < layout.cpus; c++) {
            int call = cpu.call[site].getInt(state, layout.cpuBase(c));
            versions |= call == 0 ? 0 : 1 << (call - 1);
        }
        return versions;
    }

    // ---- executions

    @Override
    void enter(long[] state, int frame, int site) {
        if (cpu.returned.bits() > 0) {
            cpu.returned.set(state, frame, inForce(state, site) | underWay(state, site));
        }
        cpu.seen.set(state, frame, layout.overtaken[site].get(state, 0));
    }

    /** {@inheritDoc} Those that it may see, if it can have been one of them: others only have the same bytes. */
    @Override
    int narrowed(long[] state, int frame, int site, int versions) {
        int may = versions & (inForce(state, site) | underWay(state, site) | cpu.returned.getInt(state, frame));
        return may == 0 ? versions : may;
    }

    /** {@inheritDoc} A call for any version may yet begin. */
    @Override
    boolean isSureToBeStale(long[] state, int frame, int versions) {
        return false;
    }

    @Override
    boolean isStale(long[] state, int frame, int versions) {
        return cpu.returned.bits() > 0 && (versions & cpu.returned.get(state, frame)) == 0;
    }

    @Override
    boolean goesBack(long[] state, int frame, int versions) {
        return (versions & ~cpu.seen.get(state, frame)) == 0;
    }

    /** {@inheritDoc} What is older than all that it can have been is overtaken. Of calls that overlap none is older. */
    @Override
    void complete(long[] state, int site, int versions) {
        int inForce = inForce(state, site);
        if (layout.overtaken[site].bits() == 0 || (versions & ~(inForce | underWay(state, site))) != 0) {
            return;
        }
        int older = -1;
        for (int left = versions; left != 0; left &= left - 1) {
            int version = Integer.numberOfTrailingZeros(left);
            older &= (inForce >>> version & 1) != 0 ? 0 : olderThan(state, site, version);
        }
        int gone = layout.brought[site].getInt(state, 0) & ~(inForce | underWay(state, site));
        layout.overtaken[site].set(state, 0, layout.overtaken[site].get(state, 0) | gone | older);
    }

    /** What was in force when each of the calls under way for a version began. */
    private int olderThan(long[] state, int site, int version) {
        int older = -1;
        for (int c = 0; c < layout.cpus; c++) {
            int base = layout.cpuBase(c);
            if (cpu.call[site].getInt(state, base) == version + 1) {
                older &= cpu.callBefore[site].getInt(state, base);
            }
        }
        return older & ~(1 << version);
    }

    @Override
    boolean newCodeWasSeen(long[] state, int site) {
        return layout.overtaken[site].isSet(state, 0);
    }

    // ---- what is asked for

    @Override
    boolean hasBegun(long[] state, int site) {
        return layout.brought[site].get(state, 0) != 1;
    }

    @Override
    public boolean isUnderWay(long[] state, int site) {
        return underWay(state, site) != 0;
    }

    @Override
    boolean isRequested(long[] state, int site, int version) {
        return called[site]
                ? ((inForce(state, site) | underWay(state, site)) >>> version & 1) != 0
                : version == sites[site].versions() - 1;
    }

    @Override
    public int pending(long[] state, int site) {
        int versions = underWay(state, site);
        return versions == 0 ? inForce(state, site) : versions;
    }

    @Override
    public int inForce(long[] state, int site) {
        return layout.inForce[site].getInt(state, 0);
    }

    /** {@inheritDoc} Versions have no order here. */
    @Override
    public int newestSeen(long[] state, int site) {
        return 0;
    }
}
