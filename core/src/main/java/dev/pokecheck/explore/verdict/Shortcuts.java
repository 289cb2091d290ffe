// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.verdict;

import dev.pokecheck.explore.search.DeadEndPolicy;
import dev.pokecheck.explore.search.Finding;
import dev.pokecheck.explore.search.Search;
import dev.pokecheck.explore.search.SearchOptions;
import dev.pokecheck.explore.search.SearchResult;
import dev.pokecheck.explore.search.SearchResult.End;
import dev.pokecheck.explore.store.Storage;
import dev.pokecheck.judge.Target;
import dev.pokecheck.machine.Machine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Shorter schedules to the same violation, by bounded breadth-first searches of a machine without reduction: one from the initial state, which
 * finds the shortest if it fits its bound. If it does not, smaller ones from the states along the known schedule, from the last to the first, each
 * to any later state of it or to the violation. What they find is shorter, and not always the shortest.
 *
 * <p>The bounds are numbers of states, so that the same question has the same answer on every machine. A search from the initial state that a
 * table of the machine has no room for has found nothing, and the tables are as they were before it; one from along the way ends the
 * search for a shorter schedule.
 */
public final class Shortcuts {
    private final int wholeStates;
    private final int freshStates;
    private final int cutStates;
    private final int allStates;

    /**
     * The bounds.
     *
     * @param wholeStates the states of the search from the initial state
     * @param freshStates the same where no schedule is known, and perhaps there is none
     * @param cutStates the states of one search from a state along the way
     * @param allStates the states of all of those together
     */
    public Shortcuts(int wholeStates, int freshStates, int cutStates, int allStates) {
        this.wholeStates = wholeStates;
        this.freshStates = freshStates;
        this.cutStates = cutStates;
        this.allStates = allStates;
    }

    /** Bounds with which minimising takes less than two seconds for every shipped violation. */
    public static Shortcuts quick() {
        return new Shortcuts(150_000, 8_000, 2_000, 60_000);
    }

    /**
     * Looks for a shorter schedule.
     *
     * @param machine a machine without reduction
     * @param known a schedule that shows the target in its last step; empty if none is known, so that any will do
     * @return a shorter one; empty if none was found
     */
    public Optional<int[]> shorten(Machine machine, int[] known, Target target) {
        long reached = machine.reached();
        int[] shorter = switch (target.kind()) {
            case STUCK -> firstStuck(machine, known, target);
            case LIVELOCK -> firstLivelock(machine, known, target);
            case INCIDENT, DEADLOCK -> shorter(machine, known, target);
        };
        machine.setReached(reached);
        return Optional.ofNullable(shorter);
    }

    private int maxStates(int[] known) {
        return known.length == 0 ? freshStates : wholeStates;
    }

    private int @Nullable [] firstStuck(Machine machine, int[] known, Target target) {
        SearchOptions options = SearchOptions.defaults()
                .pruneOn(machine.scenario().fatal())
                .deadEnds(DeadEndPolicy.IGNORE)
                .stuck(true)
                .maxStates(maxStates(known));
        SearchResult whole = orAsBefore(machine, () -> Search.run(machine, options));
        int[] found = shorterThan(known, whole, Finding.Kind.STUCK, 0);
        if (found == null) {
            return null;
        }
        List<long[]> path = path(machine, found);
        return target.isStuckAt(machine, path.get(found.length)) ? found : null;
    }

    /** The livelock that a search to the end finds; none if its bound is too small for that. */
    private int @Nullable [] firstLivelock(Machine machine, int[] known, Target target) {
        SearchOptions options = SearchOptions.defaults()
                .pruneOn(machine.scenario().fatal())
                .deadEnds(DeadEndPolicy.IGNORE)
                .livelock(true)
                .maxStates(maxStates(known));
        SearchResult whole = orAsBefore(machine, () -> Search.run(machine, options));
        int[] found = shorterThan(known, whole, Finding.Kind.LIVELOCK, 0);
        return found != null && target.isLivelockOf(machine, found) ? found : null;
    }

    private int @Nullable [] shorter(Machine machine, int[] known, Target target) {
        long[] start = new long[machine.words()];
        machine.initial(start);
        SearchResult whole = orAsBefore(
                machine, () -> search(new GoalDirectedSystem(machine, target, start, List.of()), maxStates(known)));
        boolean bounded = whole.end() == End.STATE_BOUND || whole.end() == End.TABLE_FULL;
        if (!bounded || known.length == 0) {
            return shorterThan(known, whole, Finding.Kind.INCIDENT, GoalDirectedSystem.VIOLATION);
        }
        int[] cut = cut(machine, known, target);
        return cut.length < known.length ? cut : null;
    }

    /** What a search from the initial state shows. If it has filled a table of the machine, that is put back to what it was. */
    private static SearchResult orAsBefore(Machine machine, Supplier<SearchResult> search) {
        long[] tables = machine.tables();
        SearchResult result = search.get();
        if (result.end() == End.TABLE_FULL) {
            machine.restore(tables);
        }
        return result;
    }

    private static SearchResult search(GoalDirectedSystem system, int maxStates) {
        SearchOptions options = SearchOptions.defaults()
                .storage(Storage.PLAIN)
                .stopOn(GoalDirectedSystem.VIOLATION)
                .pruneOn(GoalDirectedSystem.VIOLATION | GoalDirectedSystem.END)
                .deadEnds(DeadEndPolicy.IGNORE)
                .maxStates(maxStates);
        return Search.run(system, options);
    }

    private static int @Nullable [] shorterThan(int[] known, SearchResult result, Finding.Kind kind, long incident) {
        for (Finding finding : result.findings()) {
            if (finding.kind() == kind && finding.incident() == incident) {
                return known.length == 0 || finding.depth() < known.length ? finding.schedule() : null;
            }
        }
        return null;
    }

    private int[] cut(Machine machine, int[] known, Target target) {
        int[] schedule = known;
        long left = allStates;
        for (int from = schedule.length - 2; from >= 0 && left > 0; ) {
            List<long[]> path = path(machine, schedule);
            int goals = Math.min(GoalDirectedSystem.MAX_GOALS, schedule.length - from - 3);
            List<long[]> later = goals <= 0 ? List.of() : path.subList(from + 2, from + 2 + goals);
            SearchResult result = search(
                    new GoalDirectedSystem(machine, target, path.get(from), later), (int) Math.min(cutStates, left));
            if (result.end() == End.TABLE_FULL) {
                return schedule;
            }
            left -= result.states();
            int[] shorter = best(schedule, from, result);
            if (shorter.length == schedule.length) {
                from--;
            }
            schedule = shorter;
            from = Math.min(from, schedule.length - 2);
        }
        return schedule;
    }

    /** The states of a schedule, the initial one first. */
    private static List<long[]> path(Machine machine, int[] schedule) {
        List<long[]> path = new ArrayList<>();
        long[] state = new long[machine.words()];
        machine.initial(state);
        path.add(state.clone());
        for (int action : schedule) {
            machine.apply(state, action);
            path.add(state.clone());
        }
        return path;
    }

    /** The schedule with the way from one of its states on replaced by the one that saves most. */
    private static int[] best(int[] schedule, int from, SearchResult result) {
        int[] best = schedule;
        for (Finding finding : result.findings()) {
            if (finding.incident() == GoalDirectedSystem.END) {
                continue;
            }
            int to = finding.incident() == GoalDirectedSystem.VIOLATION
                    ? schedule.length
                    : from + 2 + GoalDirectedSystem.goal(finding.incident());
            if (from + finding.depth() + schedule.length - to < best.length) {
                best = joined(schedule, from, finding.schedule(), to);
            }
        }
        return best;
    }

    private static int[] joined(int[] schedule, int from, int[] way, int to) {
        int[] joined = Arrays.copyOf(schedule, from + way.length + schedule.length - to);
        System.arraycopy(way, 0, joined, from, way.length);
        System.arraycopy(schedule, to, joined, from + way.length, schedule.length - to);
        return joined;
    }
}
