// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.source.lower.CValue.Num;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What is known of the local variables at a point of a routine; nothing is reached there once it is {@link #isDead}. */
final class Knowledge {
    private final Map<String, CValue> values = new LinkedHashMap<>();
    private boolean dead;

    Knowledge copy() {
        Knowledge copy = new Knowledge();
        copy.values.putAll(values);
        copy.dead = dead;
        return copy;
    }

    boolean isDead() {
        return dead;
    }

    /** Control does not come here. */
    void die() {
        dead = true;
    }

    /** Of how many variables something is known. */
    int size() {
        return values.size();
    }

    Optional<CValue> of(String slot) {
        return Optional.ofNullable(values.get(slot));
    }

    void put(String slot, CValue value) {
        values.put(slot, value);
    }

    /** What is known of all slots whose names begin so. */
    Map<String, CValue> within(String prefix) {
        Map<String, CValue> some = new LinkedHashMap<>();
        values.forEach((slot, value) -> {
            if (slot.startsWith(prefix)) {
                some.put(slot, value);
            }
        });
        return some;
    }

    /** Nothing is known of all slots whose names end so. */
    void removeAll(String suffix) {
        values.keySet().removeIf(slot -> slot.endsWith(suffix));
    }

    /** Nothing is known of an object any more. */
    void forgetAll(CObject object) {
        String key = object.key();
        values.remove(key);
        values.remove(key + CValue.Copy.SUFFIX);
        if (!object.type().isScalar()) {
            values.keySet().removeIf(slot -> isPart(slot, key));
        }
    }

    private static boolean isPart(String slot, String object) {
        return slot.length() > object.length()
                && (slot.charAt(object.length()) == '.' || slot.charAt(object.length()) == '[')
                && slot.startsWith(object);
    }

    /** Nothing is known of a variable any more. */
    void forget(String slot) {
        values.remove(slot);
    }

    /** Nothing is known any more of what has a name that begins so. */
    void forgetFrom(String prefix) {
        values.keySet().removeIf(slot -> slot.startsWith(prefix));
    }

    /** Becomes what is known where control may come from here or from there. */
    void join(Knowledge other) {
        if (other.dead) {
            return;
        }
        if (dead) {
            values.clear();
            values.putAll(other.values);
            dead = false;
            return;
        }
        for (Iterator<Map.Entry<String, CValue>> each = values.entrySet().iterator(); each.hasNext(); ) {
            Map.Entry<String, CValue> entry = each.next();
            CValue there = other.values.get(entry.getKey());
            CValue both = there == null ? CValue.Unknown.UNKNOWN : joined(entry.getValue(), there);
            if (both == CValue.Unknown.UNKNOWN) {
                each.remove();
            } else if (both != entry.getValue()) {
                entry.setValue(both);
            }
        }
    }

    private static CValue joined(CValue one, CValue two) {
        if (one.equals(two)) {
            return one;
        }
        if (one instanceof Num a && two instanceof Num b && a.expr().equals(b.expr())) {
            return new Num(a.expr(), a.range().with(b.range()));
        }
        if (one instanceof CValue.Numbered a
                && two instanceof CValue.Numbered b
                && a.number().expr().equals(b.number().expr())
                && a.target().equals(b.target())) {
            Interval both = a.number().range().with(b.number().range());
            return new CValue.Numbered(new Num(a.number().expr(), both), a.target());
        }
        Optional<Interval> first = range(one);
        Optional<Interval> second = range(two);
        return first.isPresent() && second.isPresent()
                ? new CValue.InVariable(first.get().with(second.get()))
                : CValue.Unknown.UNKNOWN;
    }

    /** Whether what was known of a variable is true still where something is known of it now. */
    static boolean holds(CValue then, CValue now) {
        if (then instanceof Num a && now instanceof Num b) {
            return a.expr().equals(b.expr()) && a.range().contains(b.range());
        }
        if (then instanceof CValue.InVariable kept) {
            return range(now).filter(kept.range()::contains).isPresent();
        }
        if (then instanceof CValue.Numbered a && now instanceof CValue.Numbered b) {
            return a.target().equals(b.target()) && holds(a.number(), b.number());
        }
        return then.equals(now);
    }

    /** The values of a number. */
    static Optional<Interval> range(CValue value) {
        return value instanceof Num number
                ? Optional.of(number.range())
                : value instanceof CValue.InVariable kept ? Optional.of(kept.range()) : Optional.empty();
    }

    /** Becomes what another one is. */
    void become(Knowledge other) {
        values.clear();
        values.putAll(other.values);
        dead = other.dead;
    }
}
