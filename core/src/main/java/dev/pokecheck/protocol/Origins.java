// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

import dev.pokecheck.data.Var;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Where the statements of a protocol come from, and what its author calls values, beside the statements, so that equal statements are equal wherever they stand. Tables of origins are
 * all equal: they are no part of what a protocol is.
 */
public final class Origins {
    /** A statement that was recorded, in which routine or part of one, and from where. */
    private record Entry(
            String routine, Stmt statement, Supplier<Optional<Origin>> origin, boolean isPlain, boolean isWritten) {}

    private final List<Entry> entries = new ArrayList<>();
    /** Where the last statement was found. Statements are asked for in the order in which they stand, so that the next is near. */
    private int finger;

    /** For the numbers of shared variables, what their values are called. */
    private final Map<Integer, Map<Integer, String>> values = new TreeMap<>();

    Origins() {}

    /** Says what a value of a shared variable is called by its author. */
    void nameValue(Var variable, int value, String name) {
        values.computeIfAbsent(variable.id(), id -> new TreeMap<>()).put(value, name);
    }

    /** What a value of a shared variable is called by its author, where that is no number: a pointer, by what it leads to. */
    public Optional<String> valueName(Var variable, int value) {
        return Optional.ofNullable(values.get(variable.id())).map(names -> names.get(value));
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /**
     * Adds a statement.
     *
     * @param origin gives its origin whenever it is asked for; most never are
     * @param isPlain whether it is a plain access
     * @param isWritten whether its author has written it
     */
    void add(String routine, Stmt statement, Supplier<Optional<Origin>> origin, boolean isPlain, boolean isWritten) {
        entries.add(new Entry(routine, statement, origin, isPlain, isWritten));
    }

    @SuppressWarnings("ReferenceEquality") // Equal statements may stand at several places.
    private Optional<Entry> find(Stmt statement) {
        int count = entries.size();
        int from = finger;
        for (int i = 0; i < count; i++) {
            int at = (from + i) % count;
            if (entries.get(at).statement() == statement) {
                finger = at;
                return Optional.of(entries.get(at));
            }
        }
        return Optional.empty();
    }

    /** Whether a statement is a plain access: one that a compiler may repeat, merge and move, as its author has not said that it may not. */
    public boolean isPlain(Stmt statement) {
        return find(statement).map(Entry::isPlain).orElse(false);
    }

    /** Whether the author of a protocol has written a statement: not if a reader of the author's file has put it there to keep its books. */
    public boolean isWritten(Stmt statement) {
        return find(statement).map(Entry::isWritten).orElse(true);
    }

    /**
     * Where a statement comes from. A statement that a mutation has put in the place of another comes from where that one did, if it has its label,
     * or one that goes on behind it.
     *
     * @param routine the name of the routine that it stands in
     * @return empty if it is none of the author's: the work of bystanders, say
     */
    public Optional<Origin> of(String routine, Stmt statement) {
        Optional<Entry> entry = find(statement);
        if (entry.isPresent()) {
            return entry.get().origin().get();
        }
        return statement.label().isEmpty() ? Optional.empty() : labelled(routine, statement.label());
    }

    private Optional<Origin> labelled(String routine, String label) {
        Optional<Entry> best = Optional.empty();
        for (Entry entry : entries) {
            String known = entry.statement().label();
            boolean fits = entry.routine().equals(routine)
                    && !known.isEmpty()
                    && (label.equals(known) || label.startsWith(known + "."));
            if (fits
                    && best.filter(b -> b.statement().label().length() >= known.length())
                            .isEmpty()) {
                best = Optional.of(entry);
            }
        }
        return best.flatMap(entry -> entry.origin().get());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Origins;
    }

    @Override
    public int hashCode() {
        return 0;
    }

    @Override
    public String toString() {
        return entries.size() + " origins";
    }
}
