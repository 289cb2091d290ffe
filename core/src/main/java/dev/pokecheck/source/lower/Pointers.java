// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.source.lower.CObject.Kind;
import dev.pokecheck.source.lower.CValue.Num;
import dev.pokecheck.source.syntax.CFunction;
import dev.pokecheck.source.token.CBinaryOperator;
import dev.pokecheck.source.token.Token;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Pointers as numbers, where they lie in memory or nobody knows before a run which it is: 0 is null, and each object and function to which such a pointer leads has
 * numbers of its own. Over several readings of a file.
 */
final class Pointers {
    /** A pointer that leads to one of so many objects is followed. */
    private static final int MOST_TARGETS = 64;

    private final Ranges ranges;
    private final Map<String, Target> targets = new LinkedHashMap<>();
    private final Map<String, Integer> functions = new LinkedHashMap<>();
    private final Set<String> numbered = new TreeSet<>();
    private final Set<String> escaping = new TreeSet<>();
    private final int first;
    private int next;

    /** @param beyond the first number that is the address of no code */
    Pointers(Ranges ranges, int beyond) {
        this.ranges = ranges;
        first = beyond;
        next = beyond;
    }

    /** A number that is the address of no code, and beyond all of them. */
    int beyond() {
        return first - 1;
    }

    /** Whether numbers may be addresses of code. */
    boolean mayBeCode(Interval numbers) {
        return numbers.max() > 0 && numbers.without(0).min() < first;
    }

    /** Whether numbers may be those of objects. */
    boolean mayBeObjects(Interval numbers) {
        return numbers.max() >= first;
    }

    /**
     * What pointers lead to: all elements of an object's part.
     *
     * @param first the number of the first
     * @param place the first
     */
    record Target(int first, CPlace place) {
        private boolean isMetBy(Interval numbers) {
            List<Long> few = numbers.few();
            return few.isEmpty()
                    ? numbers.max() >= first && numbers.min() < first + place.length()
                    : few.stream().anyMatch(this::holds);
        }

        boolean holds(long number) {
            return first <= number && number < first + place.length();
        }
    }

    /** The number of a pointer. */
    Num number(Token at, CValue pointer) {
        if (pointer instanceof CValue.Numbered numberedPointer) {
            return numberedPointer.number();
        } else if (pointer instanceof Num number) {
            return number;
        } else if (pointer instanceof CValue.ToFunction function) {
            return Num.of(functions.computeIfAbsent(function.function().name(), name -> {
                ranges.readAgain();
                return next++;
            }));
        } else if (pointer instanceof CValue.ToObject object) {
            return number(at, object.place());
        }
        throw at.wrong("this pointer, to registers, say, cannot be kept in memory", "hand it over as an argument");
    }

    private Num number(Token at, CPlace place) {
        if (place.object().kind() == Kind.TEXT) {
            return place.index();
        }
        if (place.object().kind() == Kind.LOCAL) {
            escape(place.object());
        }
        Target target = targets.computeIfAbsent(place.leaf(), leaf -> {
            Target made = new Target(
                    next, new CPlace(place.object().escaped(), place.path(), Num.of(0), place.length(), place.type()));
            // The end of an array of the file has a number of its own.
            next += place.length() + (isArray(made) ? 1 : 0);
            ranges.readAgain();
            return made;
        });
        return Arithmetic.binary(at, CBinaryOperator.PLUS, Num.of(target.first()), place.index());
    }

    // ---- what is kept how

    /** Others may come to an object of a call. */
    void escape(CObject object) {
        if (escaping.add(object.key())) {
            ranges.readAgain();
        }
    }

    /** A variable of a call has to keep its pointer as a number. */
    void keepAsNumber(String variable) {
        if (numbered.add(variable)) {
            ranges.readAgain();
        }
    }

    boolean isKeptAsNumber(String variable) {
        return numbered.contains(variable);
    }

    /** Whether the address of a variable of a call is kept in memory, where others find it. */
    boolean escapes(String object) {
        return escaping.contains(object);
    }

    /** What pointers are called in reports, by their numbers; null is not among them. */
    SortedMap<Integer, String> names() {
        SortedMap<Integer, String> names = new TreeMap<>();
        functions.forEach((name, number) -> names.put(number, name));
        for (Target target : targets.values()) {
            if (target.place().object().kind() == Kind.BYTES) {
                // Not what the address is, but what there is: "site0 version 1", from a byte on.
                for (int i = 0; i < target.place().length(); i++) {
                    names.put(target.first() + i, target.place().text() + (i == 0 ? "" : " +" + i));
                }
                continue;
            }
            String text = "&" + target.place().text();
            if (!isArray(target)) {
                names.put(target.first(), text);
                continue;
            }
            for (int i = 0; i <= target.place().length(); i++) {
                names.put(target.first() + i, text + "[" + i + "]");
            }
        }
        return names;
    }

    // ---- where they lead

    /** The objects to which a pointer with such numbers may lead. */
    List<Target> targets(Interval numbers) {
        return targets.values().stream()
                .filter(target -> target.isMetBy(numbers))
                .toList();
    }

    private static boolean isArray(Target target) {
        return target.place().length() > 1 && target.place().object().kind() != Kind.BYTES;
    }

    /** The numbers of the elements of an array and of its end, if numbers are all of these; empty if they are others, or those of an object that is no array. */
    Optional<Interval> array(Interval numbers) {
        return targets.values().stream()
                .filter(target -> isArray(target)
                        && target.first() <= numbers.min()
                        && numbers.max() <= target.first() + target.place().length())
                .findFirst()
                .map(target -> new Interval(
                        target.first(), target.first() + target.place().length()));
    }

    /** The place to which a pointer leads. */
    static CPlace place(Token at, List<Target> targets, Num number) {
        if (targets.size() > MOST_TARGETS) {
            throw at.wrong(
                    "this pointer may lead to more than " + MOST_TARGETS + " objects", "use elements of one array");
        }
        Target target = targets.get(0);
        Num index = Arithmetic.binary(at, CBinaryOperator.MINUS, number, Num.of(target.first()));
        Interval inside = index.range().and(new Interval(0, target.place().length() - 1L));
        CPlace place = target.place().at(inside.isOne() ? Num.of(inside.min()) : new Num(index.expr(), inside));
        if (targets.size() == 1) {
            return place;
        }
        return place.or(isIn(at, target, number), place(at, targets.subList(1, targets.size()), number));
    }

    /** Whether a pointer leads to a target. */
    static Num isIn(Token at, Target target, Num number) {
        Num low = Arithmetic.binary(at, CBinaryOperator.NOT_LESS, number, Num.of(target.first()));
        Num high = Arithmetic.binary(
                at,
                CBinaryOperator.LESS,
                number,
                Num.of(target.first() + target.place().length()));
        return Arithmetic.binary(at, CBinaryOperator.AND, low, high);
    }

    /** The functions to which a pointer with such numbers may lead. */
    List<CFunction> functions(Interval numbers, Map<String, CFunction> all) {
        return functions.entrySet().stream()
                .filter(entry -> numbers.holds(entry.getValue()))
                .map(entry -> all.get(entry.getKey()))
                .toList();
    }

    /** The number of a function. */
    int numberOf(CFunction function) {
        return functions.getOrDefault(function.name(), 0);
    }
}
