// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.source.lower.CValue.Num;
import dev.pokecheck.source.token.Token;
import java.util.Optional;

/** A variable that a loop changes: at the beginning of a round it has a value that it had before the loop, or at the end of a round. */
final class LoopHead {
    private final Reading reading;
    private final Token at;
    private final String slot;
    private final String name;
    /** What it cannot have beyond, as the loop has only so many rounds. */
    private final Optional<Interval> bound;

    /**
     * The first round begins.
     *
     * @param grows by how much the variable grows at most until the loop ends, if that is known, and if the loop does not make it smaller
     */
    LoopHead(Reading reading, Token at, CObject variable, Optional<Long> grows) {
        this.reading = reading;
        this.at = at;
        slot = variable.key();
        name = reading.routine().full(at, slot);
        Interval first = now();
        bound = grows.map(by -> new Interval(first.min(), first.max() + by));
        comeBack();
        Num value = new Num(reading.routine().read(slot, variable.name()).value(), reading.ranges.of(name));
        reading.knowledge().put(slot, value);
    }

    /** Another round follows. */
    void comeBack() {
        if (!reading.knowledge().isDead()) {
            Interval now = now();
            reading.ranges.add(name, bound.map(now::and).orElse(now), at.use());
        }
    }

    private Interval now() {
        return reading.knowledge()
                .of(slot)
                .flatMap(Knowledge::range)
                .orElseGet(() -> reading.ranges.of(reading.routine().full(slot)));
    }
}
