// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

import dev.pokecheck.protocol.TextStmt.PatchMark;
import dev.pokecheck.protocol.TextStmt.PatchMark.Moment;
import dev.pokecheck.text.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * In which order the patch calls of a protocol bring the versions of each site, as far as its text says so.
 *
 * <p>The order is <em>ascending</em> if each version of a site that has calls is brought for certain, no call is given up, and the numbers only grow:
 * the marks of a routine do, in the order in which they stand; no branch and no loop begins a call, nor a handler, nor what {@code stop_machine} or
 * {@code on_each_cpu} runs on the other CPUs, as these may run never or again; and if calls return in several routines, they all bring the same one version.
 */
public final class CallOrder {
    private final List<List<PatchMark>> byRoutine = new ArrayList<>();
    private boolean conditional;

    private CallOrder() {}

    /** Looks through a protocol. */
    static CallOrder of(Protocol protocol) {
        CallOrder order = new CallOrder();
        protocol.threads().forEach(thread -> order.add(thread.body(), false));
        protocol.handlers().forEach(handler -> order.add(handler.body(), true));
        return order;
    }

    private void add(List<Stmt> body, boolean isHandler) {
        List<PatchMark> marks = new ArrayList<>();
        collect(body, marks, isHandler);
        byRoutine.add(marks);
    }

    private void collect(List<Stmt> body, List<PatchMark> marks, boolean notForCertain) {
        for (Stmt stmt : body) {
            if (stmt instanceof PatchMark mark) {
                marks.add(mark);
                conditional |= notForCertain && mark.moment() == Moment.BEGINS;
            }
            boolean branches = stmt instanceof ControlStmt.If || stmt instanceof ControlStmt.While;
            for (Stmt.Body inside : stmt.bodies()) {
                boolean elsewhere =
                        stmt instanceof CpuStmt.Elsewhere && !inside.head().isEmpty();
                collect(inside.statements(), marks, notForCertain || branches || elsewhere);
            }
        }
    }

    /** The first mark that ends a call for a version of a site that no mark begins: no run can come to it rightly. */
    Optional<PatchMark> withoutBeginning() {
        List<PatchMark> all = marks();
        Set<Long> begun = new TreeSet<>();
        all.stream().filter(mark -> mark.moment() == Moment.BEGINS).forEach(mark -> begun.add(brings(mark)));
        return all.stream()
                .filter(mark -> mark.moment() != Moment.BEGINS && !begun.contains(brings(mark)))
                .findFirst();
    }

    /** The site and the version of a mark as one number. */
    private static long brings(PatchMark mark) {
        return ((long) mark.site().index() << Integer.SIZE) | (mark.version() & 0xffff_ffffL);
    }

    /** Whether one routine at most begins calls for a site. */
    public boolean hasOneCaller(Site site) {
        return byRoutine.stream()
                        .filter(marks -> marks.stream().anyMatch(mark -> begins(mark, site)))
                        .count()
                <= 1;
    }

    private static boolean begins(PatchMark mark, Site site) {
        return mark.moment() == Moment.BEGINS && mark.site().index() == site.index();
    }

    private List<PatchMark> marks() {
        return byRoutine.stream().flatMap(List::stream).toList();
    }

    /** Whether any call is for a site. */
    public boolean hasCalls(Site site) {
        return marks().stream().anyMatch(mark -> mark.site().index() == site.index());
    }

    /** Whether calls are given up, and none returns. */
    public boolean onlyGivesUp() {
        List<Moment> ends = marks().stream()
                .map(PatchMark::moment)
                .filter(m -> m != Moment.BEGINS)
                .toList();
        return !ends.isEmpty() && !ends.contains(Moment.RETURNS);
    }

    /** Whether all versions are brought in the order of their numbers. */
    public boolean isAscending() {
        return !conditional
                && marks().stream().noneMatch(mark -> mark.moment() == Moment.ABORTS)
                && marks().stream().map(PatchMark::site).distinct().allMatch(this::isAscending);
    }

    private boolean isAscending(Site site) {
        List<Set<Integer>> ended = new ArrayList<>();
        Set<Integer> brought = new TreeSet<>();
        for (List<PatchMark> all : byRoutine) {
            List<PatchMark> marks = all.stream()
                    .filter(mark -> mark.site().index() == site.index())
                    .toList();
            marks.forEach(mark -> brought.add(mark.version()));
            Set<Integer> returned = new TreeSet<>();
            int last = 0;
            for (PatchMark mark : marks) {
                if (mark.version() < Math.max(last, 1)) {
                    return false;
                }
                last = mark.version();
                if (mark.moment() == Moment.RETURNS) {
                    returned.add(mark.version());
                }
            }
            if (!returned.isEmpty()) {
                ended.add(returned);
            }
        }
        boolean all = brought.size() == site.versions() - 1;
        return all
                && (ended.size() <= 1 || ended.stream().allMatch(one -> one.size() == 1 && one.equals(ended.get(0))));
    }
}
