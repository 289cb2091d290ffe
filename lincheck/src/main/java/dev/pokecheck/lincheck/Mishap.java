// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.lincheck;

import dev.pokecheck.property.Property;

/** Something went wrong on a CPU; the machine stops there. It has no stack trace: it is a result, thrown out of the depth of a statement. */
final class Mishap extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Property property;

    Mishap(Property property, String message) {
        super(message, null, false, false);
        this.property = property;
    }

    Property property() {
        return property;
    }
}
