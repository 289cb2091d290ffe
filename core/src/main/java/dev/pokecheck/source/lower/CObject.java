// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.source.type.CType;

/**
 * An object: a variable of the file, or of one call of a function.
 *
 * @param name its name
 * @param key a name that no other object of its routine has
 * @param type its type
 * @param kind who can come to it
 */
record CObject(String name, String key, CType type, Kind kind) {
    /** The same once others can come to it. */
    CObject escaped() {
        return kind == Kind.LOCAL ? new CObject(name, key, type, Kind.ON_STACK) : this;
    }

    /** Whether it begins and ends while the protocol runs, and using it before or later is a mistake. */
    boolean hasLife() {
        return kind == Kind.ON_STACK || kind == Kind.ALLOCATED;
    }

    /** Who can come to an object. */
    enum Kind {
        /** All CPUs. */
        SHARED,
        /** Each CPU has its own, and may come to others. */
        PER_CPU,
        /** Only the call that it belongs to. */
        LOCAL,
        /** The call that it belongs to, and whoever has got its address, as long as that call lasts. */
        ON_STACK,
        /** Whoever has got its address, from its allocation until it is freed. */
        ALLOCATED,
        /** All, and nobody changes it: the bytes of a version of a site. */
        BYTES,
        /** All: code, which is one object for all sites. */
        TEXT,
        /** The registers that an interrupt has saved. */
        REGISTERS
    }
}
