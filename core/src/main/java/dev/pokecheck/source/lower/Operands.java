// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.source.syntax.CExpr;
import java.util.Set;
import java.util.TreeSet;

/**
 * Operands and arguments that are read before others which store to the variables that say them. C leaves their order open, but each has the value of one moment: here they are
 * read from left to right, and such a value is kept in a variable of its own. Which they are is found by reading, over several readings of a file.
 */
final class Operands {
    private final Reading reading;
    private final Set<String> early = new TreeSet<>();

    Operands(Reading reading) {
        this.reading = reading;
    }

    /** The value of an operand that has just been read, and after which others are. */
    CValue read(CExpr operand, CValue value) {
        // Nothing changes where the values are read with which variables of the file begin.
        if (!reading.isInRoutine() || !early.contains(name(operand))) {
            return value;
        }
        reading.access.requireNoWait();
        return reading.expressions.kept(value);
    }

    /**
     * The others have been read.
     *
     * @param since when the operand had been read
     */
    void readOthers(CExpr operand, CValue value, int since) {
        boolean isChanged = reading.isInRoutine()
                && reading.routine().saying(value).anyMatch(key -> !reading.moments.isUnchanged(key, since));
        if (isChanged && early.add(name(operand))) {
            reading.ranges.readAgain();
        }
    }

    private String name(CExpr operand) {
        return reading.routine().full(operand.at(), "operand");
    }
}
