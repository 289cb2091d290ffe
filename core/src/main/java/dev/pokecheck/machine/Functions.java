// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.insn.Insn;
import dev.pokecheck.insn.Printer;
import dev.pokecheck.protocol.BranchTargets;
import dev.pokecheck.protocol.Effect;
import dev.pokecheck.protocol.Places;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.text.Site;

/** The functions that the versions of the sites call or jump to, and what their calls do. */
public final class Functions {
    /** The operand of an indirect branch begins with it. */
    private static final char OPERAND = '*';

    private final BranchTargets targets;
    private final String[] names;
    /** Whether each is called from the site that unlocks. */
    private final boolean[] unlocks;

    private final Places places;
    private final int unlockSite;
    private final Protocol protocol;

    Functions(Protocol protocol, Places places) {
        this.protocol = protocol;
        this.places = places;
        unlockSite = protocol.unlockSite().map(Site::index).orElse(-1);
        targets = new BranchTargets(protocol.setting().sites(), places);
        names = new String[targets.count()];
        unlocks = new boolean[targets.count()];
        for (int function = 0; function < names.length; function++) {
            BranchTargets.Caller caller = targets.caller(function);
            names[function] = name(caller.site(), caller.version(), caller.offset());
        }
        protocol.unlockSite().stream()
                .flatMap(site -> targets.callers(site).stream())
                .forEach(caller -> unlocks[placeOf(caller.site(), caller.insn()) - places.firstFunction()] = true);
    }

    private static String name(Site site, int version, int offset) {
        Insn insn = site.instruction(version, offset);
        if (insn.hasAddress()) {
            return Long.toHexString(insn.target());
        }
        String text = Printer.att(site.bytes(version), offset, site.length(), site.address() + offset);
        return text.substring(text.indexOf(OPERAND));
    }

    int count() {
        return targets.count();
    }

    /** The name of a function in schedules: its address or that of the memory slot in hex digits, or the operand, {@code *%rax}. */
    String name(int function) {
        return names[function];
    }

    /** The same as reports have it: {@code 0x82345670}, {@code *%rax}. */
    public String text(int function) {
        return names[function].indexOf(OPERAND) == 0 ? names[function] : "0x" + names[function];
    }

    boolean hasEffect(int function) {
        return unlocks[function];
    }

    /** Whether the inlined operation of a site does something to shared data. */
    public boolean inlineHasEffect(Site site) {
        return site.index() == unlockSite;
    }

    private Effect effect() {
        return protocol.unlock().orElseThrow();
    }

    /** The cell that the effect stores to; its index is a constant 0. */
    public int effectCell(Memory memory) {
        return memory.cell(effect().cell().var().id(), 0);
    }

    int effectValue() {
        return effect().value();
    }

    /** Where a branch of a version goes. */
    int placeOf(Site site, Insn insn) {
        return targets.placeOf(site, insn);
    }

    /** Whether an instruction calls or jumps. */
    static boolean leaves(Insn insn) {
        return BranchTargets.leaves(insn);
    }

    /** Whether the instruction at an offset of any of some versions, given as bits, calls or jumps. */
    static boolean anyLeaves(Site site, int offset, int versions) {
        boolean leaves = false;
        for (int v = 0; v < site.versions(); v++) {
            leaves |= (versions >>> v & 1) != 0 && site.isBoundary(v, offset) && leaves(site.emulated(v, offset));
        }
        return leaves;
    }

    /**
     * Those of some versions of a site, as bits, whose instruction at an offset leads to where a context goes on. If none does, but an instruction of
     * a site that overlaps this one and has that place, too, it is right for all.
     */
    int doneBy(Site site, int offset, int versions, int place, int returnTo) {
        int done = versions & ownDoneBy(site, offset, place, returnTo);
        if (done != 0) {
            return done;
        }
        for (int other : places.others(site)) {
            int at = places.offset(places.of(site, offset), other);
            Site of = protocol.setting().sites().get(other);
            if (at >= 0 && at < of.length() && ownDoneBy(of, at, place, returnTo) != 0) {
                return versions;
            }
        }
        return 0;
    }

    private int ownDoneBy(Site site, int offset, int place, int returnTo) {
        int done = 0;
        for (int v = 0; v < site.versions(); v++) {
            if (site.isBoundary(v, offset) && didIt(site, offset, site.emulated(v, offset), place, returnTo)) {
                done |= 1 << v;
            }
        }
        return done;
    }

    /** Whether a context that goes on at {@code place}, with a return address, is where an instruction at an offset leads. */
    boolean didIt(Site site, int offset, Insn insn, int place, int returnTo) {
        int behind = places.of(site, offset + insn.length());
        return switch (insn.kind()) {
            case CALL_REL32, CALL_INDIRECT -> place == placeOf(site, insn) && returnTo == behind;
            case JMP_REL32, JMP_REL8, JMP_INDIRECT -> place == placeOf(site, insn) && returnTo == 0;
            case JCC_REL32, JCC_REL8 -> (place == placeOf(site, insn) || place == behind) && returnTo == 0;
            case NOP, ENDBR64 -> place == behind && returnTo == 0;
            case RET -> place == 0 && returnTo == 0;
            case UD2, INT3, INLINE, OTHER -> false;
        };
    }
}
