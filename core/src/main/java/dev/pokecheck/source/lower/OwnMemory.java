// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.source.lower.CObject.Kind;
import dev.pokecheck.source.lower.CValue.Num;
import dev.pokecheck.source.token.Token;
import java.util.List;
import java.util.Optional;

/**
 * What a thread knows of the variables that nobody else stores to, once it says that it follows its stores: what it has stored there last, or what was there at first. It
 * loads that, be it from memory or from its store buffer; the load is a step all the same, but what follows from its value is known when the file is read. Routines that are
 * no threads run on several CPUs, and so know nothing of this kind.
 */
final class OwnMemory {
    private static final String MEMORY = "=";
    /** What is known where stores are followed. */
    private static final String FOLLOWS = " follows";

    private final Reading reading;

    OwnMemory(Reading reading) {
        this.reading = reading;
    }

    /** A thread follows its stores from here on, and has stored nothing yet. */
    void follow(Token at) {
        if (!reading.routine().isThread()) {
            throw at.wrong("this runs on several CPUs, and what one has stored another may have changed", "");
        }
        reading.knowledge().put(FOLLOWS, Num.of(1));
        for (CPlace place : reading.writers.onlyOf(reading.routine().name)) {
            List<Integer> initial = reading.objects.initial(place);
            for (int i = 0; isOwn(place) && i < place.length(); i++) {
                Num value = Num.of(initial.get(initial.size() == 1 ? 0 : i));
                reading.knowledge().put(slot(place, i), value);
            }
        }
    }

    /** Whether the thread follows its stores here. */
    boolean isFollowed() {
        return reading.knowledge().of(FOLLOWS).isPresent();
    }

    /** A loop begins: what a round stores is not known at its beginning. */
    void loop() {
        reading.knowledge().forgetFrom(MEMORY);
    }

    /** A routine stores something to a place, or to any of its elements. */
    void stores(CPlace place) {
        reading.writers.add(reading.routine().name, place);
        if (place.index().isKnown()) {
            reading.knowledge().forget(slot(place, place.index().known()));
        } else {
            reading.knowledge().forgetFrom(MEMORY + place.leaf() + "[");
        }
    }

    /** A routine has stored a value to a place. */
    void stored(CPlace place, CValue value) {
        if (isOwn(place) && place.index().isKnown() && LocalAccess.isConstant(value)) {
            reading.knowledge().put(slot(place, place.index().known()), value);
        }
    }

    /** The value of a place, if this routine knows it. */
    Optional<CValue> value(CPlace place) {
        return isOwn(place) && place.index().isKnown()
                ? reading.knowledge().of(slot(place, place.index().known()))
                : Optional.empty();
    }

    private boolean isOwn(CPlace place) {
        return place.object().kind() == Kind.SHARED
                && isFollowed()
                && reading.writers.isOnly(reading.routine().name, place);
    }

    private static String slot(CPlace place, long element) {
        return MEMORY + place.leaf() + "[" + element + "]";
    }
}
