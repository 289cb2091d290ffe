// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.source.lower.CObject.Kind;
import dev.pokecheck.source.lower.CValue.Num;
import dev.pokecheck.source.token.Token;
import dev.pokecheck.source.type.PointerType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a compiler may make of plain accesses, each by a {@code choose} where it is possible; the rules are in the package documentation. A routine has for each cell that it
 * loads plainly a variable with a value that has been loaded, and whether there is one; for each that it stores to plainly, a variable with a value that is still to
 * be stored, and whether there is one.
 */
final class PlainAccesses {
    private static final String KEPT = "kept";
    private static final String LATE = "late";

    private final Reading reading;
    private final PlainUses uses;
    /** From which cells temporary variables of routines have been loaded. */
    private final Map<Loaded, CPlace> loaded = new LinkedHashMap<>();

    private boolean isAside;

    /** A temporary variable of a routine. */
    private record Loaded(String routine, Expr variable) {}

    PlainAccesses(Reading reading, PlainUses uses) {
        this.reading = reading;
        this.uses = uses;
    }

    /** Another reading begins. */
    void begin() {
        loaded.clear();
        isAside = false;
    }

    /** Whether compilers change accesses. */
    boolean areChanged() {
        return uses.areChanged;
    }

    /** Reads what is no part of the run, so that nothing is loaded again for it. */
    <T> T aside(Supplier<T> part) {
        boolean outer = isAside;
        isAside = true;
        try {
            return part.get();
        } finally {
            isAside = outer;
        }
    }

    /** The name of a cell whose accesses are followed: one that is known, and lives as long as the routine. */
    private static Optional<String> cell(CPlace place) {
        boolean isFollowed = place.index().isKnown()
                && !Elements.isBeyond(place)
                && (place.object().kind() == Kind.SHARED || place.object().kind() == Kind.PER_CPU);
        return isFollowed ? Optional.of(place.leaf() + "[" + place.index().known() + "]") : Optional.empty();
    }

    // ---- variables

    private static String shown(String what, CPlace place) {
        return what + "_" + place.text().replace('.', '_');
    }

    private Local flag(Token at, String what, String cell, CPlace place) {
        String key = what + " " + cell;
        reading.ranges.add(reading.routine().full(key), Interval.TRUTH, at.use());
        return reading.routine().read(key, shown(what, place));
    }

    private void setFlag(Token at, String what, String cell, CPlace place, int value) {
        reading.recorder().assign(flag(at, what, cell, place), Num.of(value).expr());
    }

    private Num value(String what, String cell, CPlace place) {
        String key = what + " value " + cell;
        Local local = reading.routine().read(key, shown(what, place));
        return new Num(local.value(), reading.ranges.of(reading.routine().full(key)));
    }

    private void assign(Token at, String what, String cell, CPlace place, Num value) {
        reading.routine().assign(at, what + " value " + cell, shown(what, place), value);
        setFlag(at, what, cell, place, 1);
    }

    /** A choice that the compiler makes. */
    private Local choice(String what, CPlace place) {
        Local way = reading.routine().temporary(what, Interval.TRUTH);
        reading.recorder().choose(reading.routine().label(what, place.text()), 2, way);
        return way;
    }

    // ---- accesses

    /** A load; behind one that is ordered is a barrier. */
    Num load(Token at, CPlace place, boolean isPlain, boolean isOrdered) {
        if (!areChanged()) {
            return reading.access.loadNow(at, place, isPlain);
        } else if (isPlain) {
            return load(at, place);
        }
        marked(at, place, false);
        Num value = reading.access.loadNow(at, place, false);
        if (isOrdered) {
            barrier(at);
        }
        return value;
    }

    /** A store that is no release. */
    void store(Token at, CPlace place, Num value, boolean isPlain) {
        if (areChanged() && isPlain) {
            store(at, place, value);
            return;
        }
        if (areChanged()) {
            marked(at, place, true);
        }
        reading.access.storeNow(at, place, value, isPlain);
    }

    /** A plain load: of memory, of what was loaded before, or of what is still to be stored. */
    private Num load(Token at, CPlace place) {
        Optional<String> known = cell(place);
        if (known.isEmpty()) {
            // It may be any element: what is stored to one before it stays before it.
            marked(at, place, false);
            return reading.access.loadNow(at, place, true);
        }
        String cell = known.get();
        uses.load(reading.routine().name, cell, place);
        others(at, Optional.of(place.leaf()));
        Local merged = reading.routine().temporary("merged", Interval.TRUTH);
        reading.recorder().assign(merged, Num.of(0).expr());
        reading.recorder()
                .ifThen(
                        flag(at, KEPT, cell, place).value(),
                        () -> reading.recorder().choose(reading.routine().label("merge", place.text()), 2, merged));
        reading.recorder().ifThen(merged.value().eq(0), () -> loadAndKeep(at, cell, place));
        Num kept = value(KEPT, cell, place);
        Local to = reading.routine().temporary(shown("plain", place), kept.range());
        reading.recorder().assign(to, kept.expr());
        loaded.put(new Loaded(reading.routine().name, to.value()), place);
        return new Num(to.value(), kept.range());
    }

    private void loadAndKeep(Token at, String cell, CPlace place) {
        if (stores(cell)) {
            reading.recorder()
                    .ifElse(
                            flag(at, LATE, cell, place).value(),
                            () -> assign(at, KEPT, cell, place, value(LATE, cell, place)),
                            () -> assign(at, KEPT, cell, place, reading.access.loadNow(at, place, true)));
        } else {
            assign(at, KEPT, cell, place, reading.access.loadNow(at, place, true));
        }
    }

    private boolean stores(String cell) {
        return uses.stores(reading.routine().name).stream()
                .anyMatch(entry -> entry.getKey().equals(cell));
    }

    private boolean loads(String cell) {
        return uses.loads(reading.routine().name).stream()
                .anyMatch(entry -> entry.getKey().equals(cell));
    }

    /** A plain store: now, or later. */
    private void store(Token at, CPlace place, Num value) {
        Optional<String> known = cell(place);
        if (known.isEmpty()) {
            // It may be any element: what was loaded of one before it is not used after it.
            marked(at, place, true);
            reading.access.storeNow(at, place, value, true);
            return;
        }
        others(at, Optional.of(place.leaf()));
        forgetCopies();
        String cell = known.get();
        uses.store(reading.routine().name, cell, place);
        if (loads(cell)) {
            assign(at, KEPT, cell, place, value);
        }
        Local later = choice("delay", place);
        reading.recorder().ifElse(later.value(), () -> assign(at, LATE, cell, place, value), () -> {
            setFlag(at, LATE, cell, place, 0);
            reading.access.storeNow(at, place, value, true);
        });
    }

    /** An access that stays where it is: others may move over it, but none to the same variable. */
    private void marked(Token at, CPlace place, boolean stores) {
        others(at, Optional.of(place.leaf()));
        for (Map.Entry<String, CPlace> entry : uses.stores(reading.routine().name)) {
            if (entry.getValue().leaf().equals(place.leaf())) {
                storeLate(at, entry.getKey(), entry.getValue());
            }
        }
        for (Map.Entry<String, CPlace> entry : uses.loads(reading.routine().name)) {
            if (stores && entry.getValue().leaf().equals(place.leaf())) {
                setFlag(at, KEPT, entry.getKey(), entry.getValue(), 0);
            }
        }
        if (stores) {
            forgetCopies();
        }
    }

    /** Before an access, those to other cells that come later may be made, and those that came before it. */
    private void others(Token at, Optional<String> variable) {
        for (Map.Entry<String, CPlace> entry : uses.loads(reading.routine().name)) {
            CPlace other = entry.getValue();
            if (!variable.equals(Optional.of(other.leaf()))) {
                reading.recorder()
                        .ifThen(
                                flag(at, KEPT, entry.getKey(), other).value().eq(0),
                                () -> reading.recorder()
                                        .ifThen(
                                                choice("early", other).value(),
                                                () -> loadAndKeep(at, entry.getKey(), other)));
            }
        }
        for (Map.Entry<String, CPlace> entry : uses.stores(reading.routine().name)) {
            CPlace other = entry.getValue();
            if (!variable.equals(Optional.of(other.leaf()))) {
                reading.recorder()
                        .ifThen(
                                flag(at, LATE, entry.getKey(), other).value(),
                                () -> reading.recorder()
                                        .ifThen(
                                                choice("now", other).value(),
                                                () -> storeKept(at, entry.getKey(), other)));
            }
        }
    }

    /** Before a wait in a loop: one in which the compiler is told to load again is a barrier, over any other it may move accesses. */
    void beforeWait(Token at, boolean isBarrier) {
        if (isBarrier) {
            barrier(at);
        } else if (areChanged()) {
            others(at, Optional.empty());
        }
    }

    private void storeLate(Token at, String cell, CPlace place) {
        reading.recorder().ifThen(flag(at, LATE, cell, place).value(), () -> storeKept(at, cell, place));
    }

    private void storeKept(Token at, String cell, CPlace place) {
        reading.access.storeNow(at, place, value(LATE, cell, place), true);
        setFlag(at, LATE, cell, place, 0);
    }

    /** No access moves over this point, and nothing that was loaded before it is used behind it. */
    void barrier(Token at) {
        if (!areChanged()) {
            return;
        }
        uses.stores(reading.routine().name).forEach(entry -> storeLate(at, entry.getKey(), entry.getValue()));
        uses.loads(reading.routine().name).forEach(entry -> setFlag(at, KEPT, entry.getKey(), entry.getValue(), 0));
        forgetCopies();
    }

    // ---- loads that are repeated

    /** A variable of the call gets a value; if that has just been loaded plainly, it may be loaded again where the variable is used. */
    void copied(String slot, CPlace variable, CValue value) {
        if (!areChanged()) {
            return;
        }
        reading.knowledge().forget(slot + CValue.Copy.SUFFIX);
        Optional<Num> number = value instanceof Num it
                ? Optional.of(it)
                : value instanceof CValue.Numbered pointer ? Optional.of(pointer.number()) : Optional.empty();
        Optional.ofNullable(number.map(it -> loaded.get(new Loaded(reading.routine().name, it.expr())))
                        .orElse(null))
                .filter(from -> from.type().plain().equals(variable.type().plain()))
                .ifPresent(from -> reading.knowledge().put(slot + CValue.Copy.SUFFIX, new CValue.Copy(from, false)));
    }

    /** A variable of the call is used: the compiler may have kept none, and loads again what it was loaded from; at the first use that is the load itself. */
    void used(Token at, String slot, CPlace variable) {
        Optional<CValue> copy = isAside || !areChanged()
                ? Optional.empty()
                : reading.knowledge().of(slot + CValue.Copy.SUFFIX);
        if (copy.isEmpty() || !(copy.get() instanceof CValue.Copy of)) {
            return;
        }
        if (!of.isUsed()) {
            reading.knowledge().put(slot + CValue.Copy.SUFFIX, new CValue.Copy(of.from(), true));
            return;
        }
        reading.access.requireNoWait();
        String shown = variable.object().name();
        reading.moments.stored(slot);
        Local again = choice("repeat", of.from());
        reading.recorder()
                .ifThen(
                        again.value(),
                        () -> reading.routine().assign(at, slot, shown, reading.access.loadNow(at, of.from(), true)));
        Local local = reading.routine().read(slot, shown);
        Num now = new Num(local.value(), reading.ranges.of(reading.routine().full(slot)));
        reading.knowledge()
                .put(
                        slot,
                        variable.type().plain() instanceof PointerType pointer
                                ? new CValue.Numbered(now, pointer.target())
                                : new CValue.InVariable(now.range()));
    }

    /** Nothing is loaded again from here on. */
    void forgetCopies() {
        if (areChanged()) {
            reading.knowledge().removeAll(CValue.Copy.SUFFIX);
        }
    }
}
