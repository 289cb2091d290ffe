// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Setting;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.source.lower.CObject.Kind;
import dev.pokecheck.source.syntax.Variable;
import dev.pokecheck.source.syntax.Variable.Storage;
import dev.pokecheck.source.type.ArrayType;
import dev.pokecheck.source.type.CType;
import dev.pokecheck.source.type.PointerType;
import dev.pokecheck.source.type.RangedType;
import dev.pokecheck.source.type.StructType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The objects that live for ever, and the shared variables that they are made of: one for each scalar member, with all elements of the arrays on the way to it. */
final class Objects {
    private final Reading reading;
    private final Setting setting;
    private final Ranges ranges;
    private final Map<String, CObject> objects = new LinkedHashMap<>();
    private final Map<String, Variable> declarations = new LinkedHashMap<>();
    private final Map<String, SortedMap<Integer, Integer>> initial = new LinkedHashMap<>();
    /** For each shared variable the values with which its elements begin, as {@link #initial(CPlace)} gives them. */
    private final Map<String, List<Integer>> first = new LinkedHashMap<>();

    private final Map<String, Values> values = new LinkedHashMap<>();

    private final Map<String, Shared> variables = new LinkedHashMap<>();
    /** Those that hold pointers. */
    private final List<Shared> pointers = new ArrayList<>();

    private final Map<String, ProtocolBuilder.Obj> living = new LinkedHashMap<>();

    /** All values of a variable that has been seen to get some. */
    private record Values(Interval seen, Interval all) {}

    Objects(Reading reading) {
        this.reading = reading;
        setting = reading.setting;
        ranges = reading.ranges;
    }

    /** Another reading begins: nothing is declared where it is recorded, and members of unions may lie elsewhere. */
    void begin() {
        objects.clear();
        declarations.clear();
        initial.clear();
        first.clear();
        values.clear();
        variables.clear();
        pointers.clear();
        living.clear();
    }

    /** A static variable of a function. Another block of it may have one of the same name. */
    // Two uses of one macro declare what is equal.
    @SuppressWarnings("ReferenceEquality")
    CObject declareIn(String function, Variable variable) {
        String first = function + "." + variable.name();
        String key = first;
        for (int number = 2; declarations.getOrDefault(key, variable) != variable; number++) {
            key = first + "__" + number;
        }
        return declare(variable, key);
    }

    /** A variable that lives for ever; the key is its name, with that of its function before it. */
    CObject declare(Variable variable, String key) {
        CObject known = objects.get(key);
        if (known != null) {
            return known;
        }
        Kind kind = variable.storage() == Storage.PER_CPU ? Kind.PER_CPU : Kind.SHARED;
        CType type = kind == Kind.PER_CPU ? new ArrayType(variable.type(), setting.cpus()) : variable.type();
        CObject object = new CObject(variable.name(), key, type, kind);
        objects.put(key, object);
        declarations.put(key, variable);
        CPlace whole = PlaceReader.whole(object);
        initial.putAll(StaticInitial.of(reading, whole, variable.initializer(), new ConstantReader(reading)::number));
        return object;
    }

    /** Whether an object never changes. */
    boolean isConst(CObject object) {
        Variable variable = declarations.get(object.key());
        return variable != null && variable.isConst();
    }

    /** The values with which the elements of a place begin: one, if all have the same. */
    List<Integer> initial(CPlace place) {
        return first.computeIfAbsent(place.leaf(), leaf -> begun(place));
    }

    private List<Integer> begun(CPlace place) {
        SortedMap<Integer, Integer> given = initial.getOrDefault(place.leaf(), new TreeMap<>());
        int each = place.object().kind() == Kind.PER_CPU ? place.length() / setting.cpus() : place.length();
        List<Integer> values = new ArrayList<>();
        for (int i = 0; i < place.length() && !given.isEmpty(); i++) {
            values.add(given.getOrDefault(i % each, 0));
        }
        boolean same = values.stream().distinct().count() <= 1;
        return same ? List.of(values.isEmpty() ? 0 : values.get(0)) : values;
    }

    /** The range that the author gives the values of a place: of a variable, or of the one member of it. */
    Optional<Interval> declaredRange(CPlace place) {
        CObject object = place.object();
        if (object.kind() == Kind.LOCAL || object.hasLife()) {
            boolean isWhole = place.path().isEmpty() || isOfOneMember(object.type());
            return (object.type() instanceof RangedType ranged && isWhole
                            ? Optional.of(ranged)
                            : rangedMember(object.type(), place.path()))
                    .map(range -> new Interval(range.min(), range.max()));
        }
        Variable variable = declarations.get(place.object().key());
        Optional<RangedType> member = variable == null ? Optional.empty() : rangedMember(variable.type(), place.path());
        if (member.isPresent()) {
            return member.map(range -> new Interval(range.min(), range.max()));
        }
        return variable == null || !(place.path().isEmpty() || isOfOneMember(variable.type()))
                ? Optional.empty()
                : variable.range().map(range -> new Interval(range.min(), range.max()));
    }

    /** The member on the way to a place that has a range: the place itself, or a struct of one member. */
    private static Optional<RangedType> rangedMember(CType type, String path) {
        CType plain = type.plain();
        if (plain instanceof ArrayType array) {
            return rangedMember(array.element(), path);
        }
        if (path.isEmpty() || !(plain instanceof StructType struct)) {
            return Optional.empty();
        }
        int end = path.indexOf('.');
        String rest = end < 0 ? "" : path.substring(end + 1);
        Optional<CType> member =
                struct.member(end < 0 ? path : path.substring(0, end)).map(StructType.Member::type);
        return member.filter(RangedType.class::isInstance)
                .map(RangedType.class::cast)
                .filter(ranged -> rest.isEmpty() || isOfOneMember(ranged))
                .or(() -> member.flatMap(it -> rangedMember(it, rest)));
    }

    private static boolean isOfOneMember(CType type) {
        return type.plain() instanceof StructType struct && struct.members().size() == 1;
    }

    /** The shared variable that a place is an element of. */
    Shared variable(CPlace place) {
        Shared known = variables.get(place.leaf());
        if (known != null) {
            return known;
        }
        Shared variable = declared(place);
        variables.put(place.leaf(), variable);
        if (place.type().plain() instanceof PointerType) {
            pointers.add(variable);
        }
        return variable;
    }

    /** The shared variables that hold pointers. */
    List<Shared> pointers() {
        return pointers;
    }

    private Shared declared(CPlace place) {
        Interval range = values(place);
        int min = (int) range.min();
        int max = (int) range.max();
        if (place.object().hasLife()) {
            // What lies on a stack, or is allocated, is at first nothing that a protocol can rely on.
            int any = range.holds(0) ? 0 : min;
            return living(place.object())
                    .array(place.path().isEmpty() ? "value" : place.path(), place.length(), any, min, max);
        }
        List<Integer> first = initial(place);
        return first.size() > 1
                ? reading.builder().array(place.leaf(), first, min, max)
                : reading.builder().array(place.leaf(), place.length(), first.get(0), min, max);
    }

    /** All values that the elements of a place have. */
    Interval values(CPlace place) {
        boolean initialised = !place.object().hasLife();
        Interval seen = declaredRange(place)
                .or(() -> ranges.seen(place.leaf()))
                .orElseGet(() -> Interval.of(initialised ? initial(place).get(0) : 0));
        if (!initialised) {
            return seen;
        }
        Values known = values.get(place.leaf());
        if (known == null || !known.seen().equals(seen)) {
            Interval all = seen;
            for (int value : initial(place)) {
                all = all.with(Interval.of(value));
            }
            known = new Values(seen, all);
            values.put(place.leaf(), known);
        }
        return known.all();
    }

    /** An object on the stack of a routine that one CPU runs, or one that is allocated. */
    ProtocolBuilder.Obj living(CObject object) {
        return living.computeIfAbsent(
                object.key(),
                key -> object.kind() == Kind.ALLOCATED
                        ? reading.builder().allocated(object.name())
                        : reading.builder().object(object.name()));
    }
}
