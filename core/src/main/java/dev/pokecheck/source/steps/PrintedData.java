// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.steps;

import dev.pokecheck.data.Var;
import dev.pokecheck.protocol.Protocol;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The declarations of a protocol's constants, shared variables and objects. Variables stand in the order of their numbers; neighbours whose names have a part before a dot in
 * common are members of one struct.
 */
final class PrintedData {
    private final Identifiers globals;
    private final Collection<String> reserved;
    private final PrintedLines lines = new PrintedLines();
    private final Map<Integer, String> places = new TreeMap<>();
    private final Map<Integer, String> objects = new TreeMap<>();
    private final List<String> objectNames;
    private final Map<Integer, Integer> groups = new TreeMap<>();
    private final Map<Constant, String> constants = new LinkedHashMap<>();
    private final Set<Integer> arrays = new TreeSet<>();
    private final Asked asked = new Asked(new LinkedHashSet<>(), new TreeSet<>());

    /** A number that has a name. */
    record Constant(String name, int value) {}

    /**
     * What statements ask of declarations, which is known once they are printed.
     *
     * @param constants the numbers that have names
     * @param indexed the numbers of the variables of one element that have an index
     */
    record Asked(Set<Constant> constants, Set<Integer> indexed) {
        /** Nothing. */
        static final Asked NOTHING = new Asked(Collections.emptySet(), Collections.emptySet());
    }

    /** Part of a struct that is being printed. */
    private final class Struct {
        private final Identifiers members = new Identifiers(reserved);
        private final List<String> initial = new ArrayList<>();

        /** Prints what is in a group of variables, whose names are the same up to {@code from}. */
        void members(List<Var> group, int from, String path) {
            for (int next = 0; next < group.size(); ) {
                Var var = group.get(next);
                int dot = dot(var, from);
                if (dot < 0) {
                    scalar(var, members.of(var.name().substring(from)), path);
                    next++;
                } else {
                    List<Var> inside = alike(group, next, dot + 1);
                    nested(inside, dot + 1, members.of(var.name().substring(from, dot)), path);
                    next += inside.size();
                }
            }
        }

        private void nested(List<Var> inside, int from, String name, String path) {
            Struct struct = new Struct();
            lines.braced(
                    "struct" + tag(inside.get(0), from - 1, path + name),
                    () -> struct.members(inside, from, path + name + "."),
                    () -> " " + name + ";");
            struct.initial.forEach(value -> initial.add("." + name + value));
        }

        private void scalar(Var var, String name, String path) {
            places.put(var.id(), path + name);
            lines.add(declared(name, var) + ";");
            if (isInitialised(var)) {
                initial.add("." + name + " = " + initial(var));
            }
        }
    }

    /**
     * The declarations of a protocol.
     *
     * @param reserved what a name outside of functions cannot be: keywords, and what headers define
     * @param before what a printing before this one has asked
     */
    PrintedData(Protocol protocol, Collection<String> reserved, Asked before) {
        this.reserved = reserved;
        globals = new Identifiers(reserved);
        objectNames = protocol.objects();
        arrays.addAll(before.indexed());
        before.constants().forEach(this::constant);
        constants.forEach((constant, name) -> lines.add("enum { " + name + " = " + constant.value() + " };"));
        List<Var> all = protocol.variables();
        for (int next = 0; next < all.size(); ) {
            Var var = all.get(next);
            int dot = dot(var, 0);
            if (dot < 0) {
                scalar(var);
                next++;
            } else {
                List<Var> group = alike(all, next, dot + 1);
                struct(group, dot);
                next += group.size();
            }
        }
        for (int object = 0; object < objectNames.size(); object++) {
            if (!objects.containsKey(object)) {
                String name = globals.of(objectNames.get(object));
                objects.put(object, name);
                lines.add("static struct object" + object + " { } " + name + ";");
            }
        }
    }

    private void scalar(Var var) {
        String name = globals.of(var.name());
        places.put(var.id(), name);
        lines.add("static " + declared(name, var) + (isInitialised(var) ? " = " + initial(var) : "") + ";");
    }

    private void struct(List<Var> group, int dot) {
        Var first = group.get(0);
        String name = globals.of(first.name().substring(0, dot));
        Struct struct = new Struct();
        lines.braced(
                "static struct" + tag(first, dot, name),
                () -> struct.members(group, dot + 1, name + "."),
                () -> " " + name
                        + (struct.initial.isEmpty() ? ";" : " = { " + String.join(", ", struct.initial) + " };"));
    }

    /** The tag of a struct that is an object, which a variable is a member of: its name is that of the variable up to {@code length}. */
    private String tag(Var first, int length, String place) {
        int object = first.object();
        if (object < 0 || !first.name().substring(0, length).equals(objectNames.get(object))) {
            return "";
        }
        objects.putIfAbsent(object, place);
        int number = groups.merge(object, 1, Integer::sum);
        return " object" + object + (number == 1 ? "" : "_" + number);
    }

    private String declared(String name, Var var) {
        return "int " + name + (!isArray(var) ? "" : "[" + var.length() + "]") + range(var.min(), var.max());
    }

    private static boolean isInitialised(Var var) {
        return var.initial().size() > 1 || var.initial(0) != 0;
    }

    private String initial(Var var) {
        if (var.initial().size() > 1) {
            return var.initial().stream().map(Object::toString).collect(Collectors.joining(", ", "{ ", " }"));
        }
        return isArray(var)
                ? "{ [0 ... " + (var.length() - 1) + "] = " + var.initial(0) + " }"
                : Integer.toString(var.initial(0));
    }

    /** The values that a variable has. */
    static String range(int min, int max) {
        return " __range(" + min + ", " + max + ")";
    }

    /**
     * The dot behind the part of a variable's name that begins at {@code from}, if that part is a struct; else a negative number. The name of an object is that of a struct,
     * or the way to one.
     */
    private int dot(Var var, int from) {
        String name = var.name();
        String object = var.object() < 0 ? "" : objectNames.get(var.object());
        if (var.object() >= 0 && from <= object.length()) {
            boolean isWay = List.of(object.split("\\.", -1)).stream().noneMatch(String::isEmpty);
            return isWay ? name.indexOf('.', from) : object.length();
        }
        int dot = name.indexOf('.', from);
        return dot > from && dot < name.length() - 1 ? dot : -1;
    }

    /** The variables from one on whose names begin alike, and that are parts of the same object. */
    private static List<Var> alike(List<Var> all, int from, int length) {
        Var first = all.get(from);
        String prefix = first.name().substring(0, length);
        int end = from + 1;
        while (end < all.size()
                && all.get(end).name().startsWith(prefix)
                && all.get(end).object() == first.object()) {
            end++;
        }
        return all.subList(from, end);
    }

    // ---- what statements ask

    /** The text of all declarations. */
    String text() {
        return lines.text();
    }

    /** The names that a function cannot give its own variables. */
    Identifiers inFunction() {
        return globals.inner();
    }

    /** A name outside of functions for something that has one. */
    String global(String name) {
        return globals.of(name);
    }

    /** The place of a variable. */
    String place(Var var) {
        return places.getOrDefault(var.id(), "");
    }

    /** The struct of an object. */
    String object(int object) {
        return objects.getOrDefault(object, "");
    }

    /** Whether a variable is declared as an array. */
    boolean isArray(Var var) {
        return var.length() > 1 || arrays.contains(var.id());
    }

    /** Asks for a variable of one element to be one. */
    void index(Var var) {
        asked.indexed().add(var.id());
    }

    /** The constant of an enumeration that a named number is. */
    String constant(Constant constant) {
        asked.constants().add(constant);
        return constants.computeIfAbsent(constant, it -> globals.of(it.name()));
    }

    /** What was asked. */
    Asked asked() {
        return asked;
    }
}
