// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.protocol.Expr;
import dev.pokecheck.source.lower.CValue.Num;
import dev.pokecheck.source.token.Token;

/** The registers that a breakpoint has saved. */
final class RegisterAccess {
    private final Reading reading;

    RegisterAccess(Reading reading) {
        this.reading = reading;
    }

    /** Where the context below goes on: a place, or if that is in no site, as it is of a breakpoint of somebody else, a number beyond all of them. */
    Num savedAddress() {
        int beyond = reading.pointers.beyond();
        Expr elsewhere = Expr.savedAddress().eq(0);
        Expr offset = new Expr.Binary(Expr.BinaryOp.MULTIPLY, elsewhere, Expr.of(beyond));
        return new Num(Expr.savedAddress().plus(offset), new Interval(1, beyond));
    }

    void setSavedAddress(Token at, Num place) {
        Interval places = new Interval(1, reading.builder().maxAddress());
        if (!places.contains(place.range())) {
            reading.recorder()
                    .bugOn(Elements.outside(at, place, places).expr(), "regs->ip becomes the address of no site");
        }
        reading.recorder().setSavedAddress(place.expr());
    }
}
