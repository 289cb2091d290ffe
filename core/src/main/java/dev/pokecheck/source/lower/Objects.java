// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.source.lower.CObject.Kind;
import dev.pokecheck.source.syntax.Variable;
import dev.pokecheck.source.syntax.Variable.Storage;
import dev.pokecheck.source.token.Token;
import dev.pokecheck.source.type.ArrayType;
import dev.pokecheck.source.type.CType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The objects that live for ever, and the shared variables that they are made of: one for each scalar member, with all elements of the arrays on the way to it. */
final class Objects {
    private final ProtocolBuilder builder;
    private final Ranges ranges;
    private final Map<String, CObject> objects = new LinkedHashMap<>();
    private final Map<String, Variable> declarations = new TreeMap<>();
    private final Map<String, Shared> variables = new TreeMap<>();
    private final Map<String, ProtocolBuilder.Obj> onStack = new TreeMap<>();

    Objects(ProtocolBuilder builder, Ranges ranges) {
        this.builder = builder;
        this.ranges = ranges;
    }

    /** A variable that lives for ever; the key is its name, with that of its function before it. */
    CObject declare(Variable variable, String key) {
        CObject known = objects.get(key);
        if (known != null) {
            return known;
        }
        Kind kind = variable.storage() == Storage.PER_CPU ? Kind.PER_CPU : Kind.SHARED;
        CType type = kind == Kind.PER_CPU
                ? new ArrayType(variable.type(), builder.setting().cpus())
                : variable.type();
        CObject object = new CObject(variable.name(), key, type, kind);
        objects.put(key, object);
        declarations.put(key, variable);
        InitialValues.of(variable.type(), variable.initializer()).forEach((leaf, value) -> {
            String name = leaf.isEmpty() ? key : key + "." + leaf;
            ranges.add(name, Interval.of(value), variable.at().use());
        });
        return object;
    }

    /** The range that the author gives the values of a place. */
    Optional<Interval> declaredRange(CPlace place) {
        Variable variable = declarations.get(place.object().key());
        return variable == null || !place.path().isEmpty()
                ? Optional.empty()
                : variable.range().map(range -> new Interval(range.min(), range.max()));
    }

    /** The shared variable that a place is an element of. */
    Shared variable(CPlace place) {
        return variables.computeIfAbsent(place.leaf(), leaf -> {
            Interval range = declaredRange(place).orElseGet(() -> ranges.of(leaf));
            long initial = initial(place);
            if (place.object().kind() == Kind.ON_STACK) {
                // What lies on a stack at first is nothing that a protocol can rely on.
                int any = (int) (range.holds(0) ? 0 : range.min());
                return onStack(place.object())
                        .field(place.path().isEmpty() ? "value" : place.path(), any, (int) range.min(), (int)
                                range.max());
            }
            Interval all = range.with(Interval.of(initial));
            return place.length() == 1
                    ? builder.shared(leaf, (int) initial, (int) all.min(), (int) all.max())
                    : builder.array(leaf, place.length(), (int) initial, (int) all.min(), (int) all.max());
        });
    }

    /** An object on the stack of a routine that one CPU runs. */
    ProtocolBuilder.Obj onStack(Token at, CObject object) {
        LocalParts.of(PlaceReader.whole(object)).stream()
                .filter(place -> place.length() > 1)
                .findFirst()
                .ifPresent(place -> {
                    throw at.wrong(
                            "the address of " + place.text() + ", an array on the stack, is kept in memory",
                            "make it static");
                });
        return onStack(object);
    }

    ProtocolBuilder.Obj onStack(CObject object) {
        return onStack.computeIfAbsent(object.key(), key -> builder.object(object.name()));
    }

    /** What every element is at first. */
    private long initial(CPlace place) {
        Variable variable = declarations.get(place.object().key());
        return variable == null
                ? 0
                : InitialValues.of(variable.type(), variable.initializer()).getOrDefault(place.path(), 0L);
    }
}
