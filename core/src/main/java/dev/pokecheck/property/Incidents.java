// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.property;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Sets of incidents, as bits. */
public final class Incidents {
    private static final Incident[] ALL = Incident.values();
    private static final long[] BITS =
            Stream.of(Property.values()).mapToLong(Incidents::bitsOf).toArray();

    /** Incidents after which the rest of a run is meaningless; after the others, which violate an order, it continues as it is. */
    public static final long FATAL = forbiddenAt(Level.SAFE);

    private Incidents() {}

    /** The incidents among some bits, in their order. */
    public static List<Incident> in(long bits) {
        return Stream.of(ALL).filter(incident -> (bits & incident.bit()) != 0).toList();
    }

    /** The first incident among some bits, of which one at least is set. */
    public static Incident first(long bits) {
        return ALL[Long.numberOfTrailingZeros(bits)];
    }

    /** The incidents that must not happen at a level. */
    public static long forbiddenAt(Level level) {
        return bits(property -> property.forbiddenAt(level));
    }

    /** The incidents that violate a property. */
    static long of(Property property) {
        return BITS[property.ordinal()];
    }

    private static long bitsOf(Property property) {
        return bits(violated -> violated == property);
    }

    private static long bits(Predicate<Property> which) {
        return Stream.of(ALL)
                .filter(incident -> which.test(incident.property()))
                .mapToLong(Incident::bit)
                .reduce(0, (a, b) -> a | b);
    }
}
