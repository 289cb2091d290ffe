// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.source.lower.CValue.Num;
import dev.pokecheck.source.type.CType;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A place in memory: an object, or a part of one. Where a pointer may lead to one of several objects, it is one of several places.
 *
 * @param object the object
 * @param path the members that lead to it, with dots between them; empty for the whole
 * @param index which of the elements of all arrays on the way, counted through; of code, the address
 * @param length how many such elements there are
 * @param type the type of what is there
 * @param other the place that it is if it is not this one
 */
record CPlace(CObject object, String path, Num index, int length, CType type, Optional<Other> other) {
    /**
     * What a place is if it is not another.
     *
     * @param isFirst whether it is that other one
     */
    record Other(Num isFirst, CPlace place) {}

    CPlace(CObject object, String path, Num index, int length, CType type) {
        this(object, path, index, length, type, Optional.empty());
    }

    /** How messages name it. */
    String text() {
        return object.name() + (path.isEmpty() ? "" : "." + path);
    }

    /** The first of the places that it may be. */
    CPlace first() {
        return new CPlace(object, path, index, length, type);
    }

    /** This place, or another if a condition does not hold. */
    CPlace or(Num isFirst, CPlace place) {
        return new CPlace(object, path, index, length, type, Optional.of(new Other(isFirst, place)));
    }

    /** Each of the places that it may be, changed. */
    CPlace map(UnaryOperator<CPlace> change) {
        CPlace changed = change.apply(first());
        return other.map(o -> changed.or(o.isFirst(), o.place().map(change))).orElse(changed);
    }

    /** A member of it. */
    CPlace member(String name, CType memberType) {
        return map(place -> new CPlace(
                place.object,
                place.path.isEmpty() ? name : place.path + "." + name,
                place.index,
                place.length,
                memberType));
    }

    /** Another element. */
    CPlace at(Num element) {
        return new CPlace(object, path, element, length, type);
    }

    /** The same memory as something else. */
    CPlace as(CType another) {
        return map(place -> new CPlace(place.object, place.path, place.index, place.length, another));
    }

    /** The name of all elements of it together. */
    String leaf() {
        return object.key() + (path.isEmpty() ? "" : "." + path);
    }
}
