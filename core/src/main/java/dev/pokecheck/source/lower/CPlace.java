// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.source.lower.CValue.Num;
import dev.pokecheck.source.type.CType;

/**
 * A place in memory: an object, or a part of one.
 *
 * @param object the object
 * @param path the members that lead to it, with dots between them; empty for the whole
 * @param index which of the elements of all arrays on the way, counted through
 * @param length how many such elements there are
 * @param type the type of what is there
 */
record CPlace(CObject object, String path, Num index, int length, CType type) {
    /** How messages name it. */
    String text() {
        return object.name() + (path.isEmpty() ? "" : "." + path);
    }

    /** A member of it. */
    CPlace member(String name, CType memberType) {
        return new CPlace(object, path.isEmpty() ? name : path + "." + name, index, length, memberType);
    }

    /** The name of all elements of it together. */
    String leaf() {
        return object.key() + (path.isEmpty() ? "" : "." + path);
    }
}
