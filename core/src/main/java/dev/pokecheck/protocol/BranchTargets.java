// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

import dev.pokecheck.insn.Insn;
import dev.pokecheck.text.Region;
import dev.pokecheck.text.Site;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the branches of the versions of sites lead, as {@link Places}: inside the region of their site, or to a function. The functions are numbered in the order in
 * which sites, versions and offsets first name them. For an indirect branch the function is known by the memory slot that holds its address, which nobody changes, or
 * else by the operand: the same operand is the same function, another one another.
 */
public final class BranchTargets {
    private final Places places;
    /** The address, memory slot or operand of each; an array, as branches look here at run time and must not box. */
    private final long[] functions;

    private final List<Caller> first = new ArrayList<>();

    /**
     * An instruction that leads to a function.
     *
     * @param version a version of the site
     * @param offset where in it the instruction is
     */
    public record Caller(Site site, int version, int offset) {
        /** The instruction. */
        public Insn insn() {
            return site.instruction(version, offset);
        }
    }

    /** The targets of all branches in some sites. */
    public BranchTargets(List<Site> sites, Places places) {
        this.places = places;
        Map<Long, Caller> found = new LinkedHashMap<>();
        for (Site site : sites) {
            callers(site).forEach(caller -> found.putIfAbsent(caller.insn().target(), caller));
        }
        functions = found.keySet().stream().mapToLong(Long::longValue).toArray();
        first.addAll(found.values());
    }

    /** The instructions of a site that lead to functions. */
    public List<Caller> callers(Site site) {
        List<Caller> all = new ArrayList<>();
        for (int v = 0; v < site.versions(); v++) {
            for (int offset = 0; offset < site.length(); offset++) {
                Caller caller = new Caller(site, v, offset);
                if (leaves(caller.insn()) && !isInside(site, caller.insn())) {
                    all.add(caller);
                }
            }
        }
        return all;
    }

    /** How many functions there are. */
    public int count() {
        return functions.length;
    }

    /** The first instruction that leads to a function. */
    public Caller caller(int function) {
        return first.get(function);
    }

    /** Whether an instruction calls or jumps. */
    public static boolean leaves(Insn insn) {
        return insn.isValid() && insn.hasTarget();
    }

    /** Whether a branch leads to a place of its site, or of one that overlaps it. */
    public boolean isInside(Site site, Insn insn) {
        Region region = places.region(site);
        return insn.kind().isRelativeBranch()
                && insn.target() >= region.address()
                && insn.target() <= region.address() + region.length();
    }

    /** Where a branch of a site goes. */
    public int placeOf(Site site, Insn insn) {
        if (isInside(site, insn)) {
            return places.of(site, (int) (insn.target() - site.address()));
        }
        int number = 0;
        while (functions[number] != insn.target()) {
            number++;
        }
        return places.firstFunction() + number;
    }
}
