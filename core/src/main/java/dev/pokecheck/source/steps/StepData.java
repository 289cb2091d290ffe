// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.steps;

import dev.pokecheck.data.Var;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.source.syntax.CExpr;
import dev.pokecheck.source.syntax.TranslationUnit;
import dev.pokecheck.source.syntax.Variable;
import dev.pokecheck.source.syntax.Variable.Range;
import dev.pokecheck.source.syntax.Variable.Storage;
import dev.pokecheck.source.token.Token;
import dev.pokecheck.source.type.ArrayType;
import dev.pokecheck.source.type.CType;
import dev.pokecheck.source.type.IntegerType;
import dev.pokecheck.source.type.RangedType;
import dev.pokecheck.source.type.StructType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The shared variables and objects that a file declares, in its order. */
final class StepData {
    /** The tag of a struct that is an object, or further members of one. */
    private static final Pattern OBJECT = Pattern.compile("object([0-9]{1,4})(_[0-9]{1,4})?");

    private final StepReading reading;
    /** By how expressions name them. */
    private final Map<String, Shared> variables = new TreeMap<>();

    private final Map<Integer, Found> found = new TreeMap<>();
    private final List<ProtocolBuilder.Obj> objects = new ArrayList<>();
    /** The numbers of objects, by how expressions name them. */
    private final Map<String, Integer> numbers = new TreeMap<>();

    /** An object, and where it is declared first. */
    private record Found(Token at, String name) {}

    /**
     * A scalar, or the struct that scalars are members of.
     *
     * @param place how expressions name it
     * @param name its name in the protocol
     * @param object the object that it is part of
     */
    private record Scalar(Token at, String place, String name, Optional<ProtocolBuilder.Obj> object) {}

    StepData(StepReading reading) {
        this.reading = reading;
    }

    // ---- declarations

    void declare(TranslationUnit unit) {
        List<Variable> declared = unit.variables().values().stream()
                .filter(variable ->
                        variable.storage() != Storage.EXTERN && !variable.name().startsWith(StepVocabulary.PREFIX))
                .toList();
        declared.forEach(variable -> findObjects(variable, variable.type(), Identifiers.name(variable.name())));
        found.forEach((number, object) -> reading.guarded(object.at(), () -> {
            if (number != objects.size()) {
                throw object.at()
                        .wrong(
                                "object " + number + " is here, and no object " + objects.size(),
                                "number the tags of objects from object0 up");
            }
            objects.add(reading.builder.object(object.name()));
        }));
        declared.forEach(variable -> reading.guarded(variable.at(), () -> declare(variable)));
    }

    private void findObjects(Variable variable, CType type, String name) {
        if (type.plain() instanceof StructType struct) {
            object(type).ifPresent(number -> found.putIfAbsent(number, new Found(variable.at(), name)));
            struct.members()
                    .forEach(member ->
                            findObjects(variable, member.type(), name + "." + Identifiers.name(member.name())));
        }
    }

    private static Optional<Integer> object(CType type) {
        return type.plain() instanceof StructType struct
                ? Optional.of(OBJECT.matcher(struct.tag()))
                        .filter(Matcher::matches)
                        .map(tag -> Integer.parseInt(tag.group(1)))
                : Optional.empty();
    }

    private void declare(Variable variable) {
        String name = Identifiers.name(variable.name());
        Scalar whole = new Scalar(variable.at(), variable.name(), name, Optional.empty());
        StepInitial initial = StepInitial.of(variable);
        if (variable.type().plain() instanceof StructType) {
            members(whole, variable.type(), variable.name().length(), initial);
        } else {
            scalar(whole, variable.type(), variable.range(), initial.take(""));
        }
        initial.refuseRest(variable.at());
    }

    /** The members of a struct; what is initialised is named by the rest of its place, from {@code root} on. */
    private void members(Scalar struct, CType type, int root, StepInitial initial) {
        Optional<Integer> number = object(type);
        number.ifPresent(n -> numbers.put(struct.place(), n));
        Optional<ProtocolBuilder.Obj> object =
                number.filter(n -> n < objects.size()).map(objects::get).or(struct::object);
        if (number.isPresent() && object.isPresent() && !object.get().name().equals(struct.name())) {
            throw struct.at()
                    .wrong("object " + number.get() + " is " + object.get().name(), "give both one name");
        }
        for (StructType.Member member : ((StructType) type.plain()).members()) {
            Scalar inside = new Scalar(
                    struct.at(),
                    struct.place() + "." + member.name(),
                    struct.name() + "." + Identifiers.name(member.name()),
                    object);
            if (member.type().plain() instanceof StructType) {
                members(inside, member.type(), root, initial);
            } else {
                Optional<Range> range = member.type() instanceof RangedType ranged
                        ? Optional.of(new Range(ranged.min(), ranged.max()))
                        : Optional.empty();
                scalar(inside, member.type(), range, initial.take(inside.place().substring(root)));
            }
        }
    }

    private void scalar(Scalar scalar, CType type, Optional<Range> range, List<Integer> initial) {
        Range values = required(scalar.at(), scalar.name(), range);
        int min = (int) values.min();
        int max = (int) values.max();
        CType plain = type.plain();
        int length = plain instanceof ArrayType array ? array.length() : 1;
        CType element = plain instanceof ArrayType array ? array.element().plain() : plain;
        if (!(element instanceof IntegerType)) {
            throw scalar.at()
                    .wrong(
                            scalar.name() + " is " + type.text(),
                            "in a file of steps data are numbers, arrays of them, and structs");
        }
        Shared variable;
        if (scalar.object().isPresent()) {
            ProtocolBuilder.Obj object = scalar.object().get();
            String field = scalar.name().substring(object.name().length() + 1);
            variable = object.array(field, length, StepInitial.one(scalar.at(), initial), min, max);
        } else if (initial.size() > 1) {
            requireLength(scalar, initial, length);
            variable = reading.builder.array(scalar.name(), initial, min, max);
        } else {
            variable = reading.builder.array(scalar.name(), length, initial.get(0), min, max);
        }
        variables.put(scalar.place(), variable);
    }

    private static void requireLength(Scalar array, List<Integer> initial, int length) {
        if (initial.size() != length) {
            throw array.at()
                    .wrong(
                            array.name() + " has " + length + " elements, and " + initial.size() + " values at first",
                            "give each a value, or all of them one: { [0 ... " + (length - 1) + "] = value }");
        }
    }

    /** The range that a variable must have. */
    static Range required(Token at, String name, Optional<Range> range) {
        Range values =
                range.orElseThrow(() -> at.wrong(name + " has no range", "write __range(min, max) behind its name"));
        if (values.min() < Integer.MIN_VALUE || values.max() > Integer.MAX_VALUE) {
            throw at.wrong("the range of " + name + " is none of numbers of 32 bits", "");
        }
        return values;
    }

    // ---- what expressions mean

    /** A memory cell; {@code value} reads an index. */
    Shared.Cell cell(CExpr place, Function<CExpr, Expr> value) {
        if (!(place instanceof CExpr.Index index)) {
            return variable(place).cell();
        }
        return variable(index.base()).at(value.apply(index.index()));
    }

    /** A variable that is no array. */
    Var var(CExpr place) {
        return variable(place).var();
    }

    private Shared variable(CExpr place) {
        Shared variable = variables.get(path(place));
        if (variable == null) {
            throw place.at().wrong(place.at().quoted() + " is no variable that CPUs share", "declare it, with a range");
        }
        return variable;
    }

    /** An object, allocated and freed or not. */
    ProtocolBuilder.Obj object(CExpr struct, boolean allocated) {
        Integer number = numbers.get(path(struct));
        if (number == null || number >= objects.size()) {
            throw struct.at()
                    .wrong(
                            struct.at().quoted() + " is no object whose life is modelled",
                            "its struct has a tag as object0");
        }
        ProtocolBuilder.Obj object = objects.get(number);
        return new ProtocolBuilder.Obj(object.builder(), object.id(), object.name(), allocated);
    }

    private static String path(CExpr place) {
        if (place instanceof CExpr.Name name) {
            return name.text();
        } else if (place instanceof CExpr.Select select && !select.throughPointer()) {
            return path(select.base()) + "." + select.name().text();
        }
        throw place.at().wrong("expected a variable that CPUs share", "");
    }
}
