// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.source.token.Complaint;
import dev.pokecheck.source.token.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which values each variable has been seen to have, over several readings of a file. */
final class Ranges {
    /** After so many readings a range that still grows jumps to the next number of the file. */
    private static final int PATIENCE = 6;

    private static final int MOST_READINGS = 60;

    /** What no variable of a protocol should need. */
    private static final int LARGEST = 1 << 16;

    /** What a shared variable is given whose values grow with every reading, a count that goes up and down: the search then shows whether it needs more, which is a bug. */
    private static final Interval TRIED = new Interval(-1, 15);

    /** What a variable is taken to hold that has got no value yet. */
    private static final Interval NOTHING_SEEN = Interval.of(0);

    private final Map<String, Interval> ranges = new LinkedHashMap<>();
    private final Map<String, Interval> first = new TreeMap<>();
    private final Map<String, Interval> tried = new TreeMap<>();
    /** Numbers that the file compares with, where ranges may well end. */
    private final TreeSet<Long> landmarks = new TreeSet<>();

    private final List<Complaint> unbounded = new ArrayList<>();
    /** Local variables that are read while the protocol runs. */
    private final Set<String> kept = new LinkedHashSet<>();

    /** The variables whose values were asked for in this reading: what is added to others changes nothing that was read so far. */
    private final Set<String> asked = new LinkedHashSet<>();

    /** The local variables of which it was asked in this reading whether they are read while the protocol runs. */
    private final Set<String> askedWhetherKept = new LinkedHashSet<>();

    /** Variables that are put together from bytes. */
    private final Set<String> wide = new TreeSet<>();

    /** Where a variable got values last for which the file is read again. */
    private Optional<Place> found = Optional.empty();

    private int reading;
    private boolean grown;

    /** Another reading begins; returns whether one is needed. */
    boolean next() {
        boolean again = reading == 0 || grown;
        grown = false;
        reading++;
        asked.clear();
        askedWhetherKept.clear();
        return again;
    }

    /** Where a variable got values last for which the file is read again. */
    Optional<Place> found() {
        return found;
    }

    /** Something else is known now, and the file is to be read again. */
    void readAgain() {
        grown = true;
    }

    /** A local variable is read while the protocol runs. */
    void keep(String variable) {
        grown |= kept.add(variable) && askedWhetherKept.contains(variable);
    }

    boolean isKept(String variable) {
        askedWhetherKept.add(variable);
        return kept.contains(variable);
    }

    /** A variable is put together from bytes, so that any number of its type is one of its values, and none needs to be small. */
    void wide(String variable) {
        wide.add(variable);
    }

    /** A number that a value is compared with. */
    void landmark(long number) {
        if (Math.abs(number) <= LARGEST) {
            landmarks.add(number - 1);
            landmarks.add(number);
            landmarks.add(number + 1);
        }
    }

    /** The values of a variable so far. */
    Interval of(String variable) {
        return seen(variable).orElse(NOTHING_SEEN);
    }

    /** The same; empty if it has got none. */
    Optional<Interval> seen(String variable) {
        asked.add(variable);
        return Optional.ofNullable(ranges.get(variable));
    }

    /** A variable gets values. */
    void add(String variable, Interval values, Place place) {
        Interval before = ranges.get(variable);
        if (tried.containsKey(variable) || (before != null && before.contains(values))) {
            return;
        }
        if (asked.contains(variable)) {
            grown = true;
            found = Optional.of(place);
        }
        if (reading == 1) {
            first.merge(variable, values, Interval::with);
        }
        Interval all = before == null
                ? values
                : reading > PATIENCE
                                && (reading > 2 * PATIENCE
                                        || before.with(values).values().isEmpty())
                        ? widened(variable, before, before.with(values))
                        : before.with(values);
        // A few values that are told apart do not grow, however large they are.
        boolean isSmall = wide.contains(variable) ? all.fits() : all.min() >= -LARGEST && all.max() <= LARGEST;
        boolean settles = reading <= MOST_READINGS && (isSmall || !all.few().isEmpty());
        ranges.put(variable, settles ? all : tried(variable, place));
    }

    private Interval tried(String variable, Place place) {
        // Of a variable that a loop changes, only what it holds is named, and not also what a round begins with.
        if (isLocal(variable) && (unbounded.isEmpty() || !variable.matches("\\S+ .*:\\d+ .*"))) {
            unbounded.add(
                    new Complaint(
                            place,
                            "the values of this variable have no bound that can be found",
                            "give it one where it is declared, __range(min, max) behind its name, or count with a value that has one"));
        }
        Interval range = TRIED.with(first.getOrDefault(variable, TRIED));
        tried.put(variable, range);
        return range;
    }

    /** The local variables whose values have no bound. */
    List<Complaint> unbounded() {
        return unbounded;
    }

    /** The shared variables whose ranges are none that follow from the file. */
    Map<String, Interval> tried() {
        return tried;
    }

    private static boolean isLocal(String variable) {
        return variable.contains(" ");
    }

    /** To the next landmark; beyond the last a shared variable has no bound, and a local one, which may only follow such a one, grows faster. */
    private Interval widened(String variable, Interval before, Interval all) {
        long beyond = isLocal(variable) ? 2 * (all.max() - all.min()) + 1 : 2L * LARGEST;
        Long low = all.min() < before.min() ? landmarks.floor(all.min()) : Long.valueOf(all.min());
        Long high = all.max() > before.max() ? landmarks.ceiling(all.max()) : Long.valueOf(all.max());
        return new Interval(low == null ? all.min() - beyond : low, high == null ? all.max() + beyond : high);
    }
}
