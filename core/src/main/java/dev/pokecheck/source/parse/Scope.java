// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.parse;

import dev.pokecheck.source.type.CType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What names and tags mean where reading is: of names only what decides how to read on. */
final class Scope {
    private final Deque<Map<String, Meaning>> names = new ArrayDeque<>();
    private final Deque<Map<String, CType>> tags = new ArrayDeque<>();

    Scope() {
        enter();
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
        names.push(new TreeMap<>());
        tags.push(new TreeMap<>());
    }

    void leave() {
        names.pop();
        tags.pop();
    }

    void declare(String name, Meaning meaning) {
        names.element().put(name, meaning);
    }

    Optional<Meaning> find(String name) {
        return names.stream()
                .filter(map -> map.containsKey(name))
                .map(map -> map.get(name))
                .findFirst();
    }

    Optional<CType> typeName(String name) {
        return find(name)
                .filter(Meaning.TypeName.class::isInstance)
                .map(meaning -> ((Meaning.TypeName) meaning).type());
    }

    void declareTag(String tag, CType type) {
        tags.element().put(tag, type);
    }

    Optional<CType> tag(String tag) {
        return tags.stream()
                .filter(map -> map.containsKey(tag))
                .map(map -> map.get(tag))
                .findFirst();
    }

    Optional<CType> tagHere(String tag) {
        return Optional.ofNullable(tags.element().get(tag));
    }
}
