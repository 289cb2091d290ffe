// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.source.lower.CValue.Num;
import dev.pokecheck.source.token.Token;

/** A variable that a loop changes: at the beginning of a round it has a value that it had before the loop, or at the end of a round. */
final class LoopHead {
    private final Reading reading;
    private final Token at;
    private final String slot;
    private final String name;

    /** The first round begins. */
    LoopHead(Reading reading, Token at, CObject variable) {
        this.reading = reading;
        this.at = at;
        slot = variable.key();
        name = reading.routine()
                .full(reading.routine().path() + "/" + at.spelled().offset() + ":"
                        + at.use().offset() + " " + slot);
        comeBack();
        Num value = new Num(reading.routine().read(slot, variable.name()).value(), reading.ranges.of(name));
        reading.knowledge().put(slot, value);
    }

    /** Another round follows. */
    void comeBack() {
        if (!reading.knowledge().isDead()) {
            Interval now = reading.knowledge()
                    .of(slot)
                    .filter(Num.class::isInstance)
                    .map(value -> ((Num) value).range())
                    .orElseGet(() -> reading.ranges.of(reading.routine().full(slot)));
            reading.ranges.add(name, now, at.use());
        }
    }
}
