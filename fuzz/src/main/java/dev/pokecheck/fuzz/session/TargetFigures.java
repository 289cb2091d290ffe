// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/** The figures of one target in a session: of all processes that were started for it, one after the other. */
final class TargetFigures {
    private record Part(long startMillis, Figures.Snapshot figures) {}

    private final List<Part> ended = new ArrayList<>();
    private final List<Part> all = new ArrayList<>();

    /** A process has these figures, up to now. */
    void now(long startMillis, Figures.Snapshot figures) {
        all.clear();
        all.addAll(ended);
        all.add(new Part(startMillis, figures));
    }

    /** The process that was shown last has ended. */
    void end() {
        ended.clear();
        ended.addAll(all);
    }

    private long sum(ToLongFunction<Figures.Snapshot> figure) {
        return all.stream().mapToLong(part -> figure.applyAsLong(part.figures)).sum();
    }

    /** What the processes did together. */
    long sum(String name) {
        return sum(figures -> figures.of(name));
    }

    /** The most that one of them has: a process starts from the corpus of the one before, and meets its abstract states again. */
    long most(String name) {
        return all.stream().mapToLong(part -> part.figures.of(name)).max().orElse(0);
    }

    /** The protocols that have figures, by name. */
    Set<String> protocols() {
        Set<String> names = new TreeSet<>();
        all.forEach(part -> names.addAll(part.figures.protocols()));
        return names;
    }

    /** What the processes did together in a protocol. */
    long sum(String protocol, String name) {
        return sum(figures -> figures.of(protocol, name));
    }

    /** The most that one of them has of a protocol. */
    long most(String protocol, String name) {
        return all.stream()
                .mapToLong(part -> part.figures.of(protocol, name))
                .max()
                .orElse(0);
    }

    /** What the processes did together in all protocols. */
    long sumOfProtocols(String name) {
        return protocols().stream().mapToLong(protocol -> sum(protocol, name)).sum();
    }

    /** When the last new abstract state of a protocol came, in milliseconds from the first start; 0 if none did. */
    long lastNewMillis(String protocol) {
        return all.stream()
                .filter(part -> part.figures.of(protocol, "lastnew") > 0)
                .mapToLong(part -> part.startMillis + part.figures.of(protocol, "lastnew"))
                .max()
                .orElse(0);
    }

    /** The same of all protocols. */
    long lastNewMillis() {
        return protocols().stream().mapToLong(this::lastNewMillis).max().orElse(0);
    }
}
