// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.parse;

import dev.pokecheck.source.type.CType;
import dev.pokecheck.source.type.EnumType;
import dev.pokecheck.source.type.StructType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What names and tags mean where reading is: of names only what decides how to read on. */
final class Scope {
    private final Deque<Map<String, Meaning>> names = new ArrayDeque<>();
    private final Deque<Map<String, CType>> tags = new ArrayDeque<>();

    Scope() {
        enter();
    }

    /** What is known behind what was read in another one, which was left to its outermost level. */
    Scope(Scope before) {
        enter();
        names.element().putAll(before.names.element());
        tags.element().putAll(before.tags.element());
    }

    /** Whether all structs and enumerations have been defined, so that nothing that is read later changes them. */
    boolean isComplete() {
        return tags.element().values().stream()
                .allMatch(type -> type instanceof StructType struct
                        ? struct.isComplete()
                        : type instanceof EnumType enumeration && enumeration.isComplete());
    }

    /** What a name means. */
    sealed interface Meaning {
        /** A type. */
        record TypeName(CType type) implements Meaning {}

        /** A constant of an enumeration. */
        record EnumConstant(long value) implements Meaning {}

        /** A variable or a function. */
        enum Other implements Meaning {
            /** The one there is. */
            OTHER
        }
    }

    void enter() {
        names.push(new LinkedHashMap<>());
        tags.push(new LinkedHashMap<>());
    }

    void leave() {
        names.pop();
        tags.pop();
    }

    void declare(String name, Meaning meaning) {
        names.element().put(name, meaning);
    }

    Optional<Meaning> find(String name) {
        return innermost(names, name);
    }

    private static <T> Optional<T> innermost(Deque<Map<String, T>> levels, String name) {
        for (Map<String, T> level : levels) {
            T found = level.get(name);
            if (found != null) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    /** What to do about a type that is not known: the header is named only where it has not been read. */
    String hint(String what) {
        return what
                + (tag("pt_regs").isPresent()
                        ? "; pokecheck.h has none of this name"
                        : ", or is #include <pokecheck.h> missing?");
    }

    Optional<CType> typeName(String name) {
        Optional<Meaning> meaning = find(name);
        return meaning.isPresent() && meaning.get() instanceof Meaning.TypeName type
                ? Optional.of(type.type())
                : Optional.empty();
    }

    void declareTag(String tag, CType type) {
        tags.element().put(tag, type);
    }

    Optional<CType> tag(String tag) {
        return innermost(tags, tag);
    }

    Optional<CType> tagHere(String tag) {
        return Optional.ofNullable(tags.element().get(tag));
    }
}
