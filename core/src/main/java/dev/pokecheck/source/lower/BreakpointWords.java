// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.insn.Insn;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.source.lower.CValue.Num;
import dev.pokecheck.source.syntax.CExpr;
import dev.pokecheck.source.token.CBinaryOperator;
import dev.pokecheck.source.token.Token;
import dev.pokecheck.text.Site;
import java.util.List;

/**
 * Words for breakpoint handlers: what they make of the context below. An address to which it is sent on is what the file has computed; one where nothing is, is a
 * {@code bug}, and a wrong one is found when the context goes on there.
 */
final class BreakpointWords {
    private final Reading reading;
    private final Words words;
    private final SiteWords sites;

    BreakpointWords(Reading reading, Words words, SiteWords sites) {
        this.reading = reading;
        this.words = words;
        this.sites = sites;
    }

    void define() {
        words.does("emulate", 3, this::emulate);
        words.does("jump", 2, (at, a) -> {
            requireRegisters(a.get(0));
            return jump(at, address(a.get(1)));
        });
        words.does("push", 2, (at, a) -> push(at, a, true));
        words.does("push_without_gap", 2, (at, a) -> push(at, a, false));
        words.does("return", 1, (at, a) -> {
            requireRegisters(a.get(0));
            reading.recorder().setSavedAddress(Expr.of(0));
            return Words.nothing();
        });
        words.does("jump_if", 4, this::jumpIf);
    }

    private void requireRegisters(CExpr regs) {
        if (reading.expressions.value(regs) != CValue.Registers.REGISTERS) {
            throw regs.at().wrong("only the registers of the context below can be emulated on", "hand regs over");
        }
    }

    /** An address, be it a number or a pointer. */
    private Num address(CExpr argument) {
        return reading.access.pointerNumber(argument.at(), reading.expressions.value(argument));
    }

    private CValue emulate(Token at, List<CExpr> arguments) {
        requireRegisters(arguments.get(0));
        Site site = sites.site(arguments.get(1));
        int version = sites.version(site, arguments.get(2));
        requireEmulation(at, site, version);
        reading.recorder().emulate(reading.routine().siteLabel("emulate", site), site, version, true);
        return Words.nothing();
    }

    private static void requireEmulation(Token at, Site site, int version) {
        if (site.isProbe(version)) {
            // What INT3 displaces is single-stepped: the one instruction, whatever it is.
            return;
        }
        Insn insn = site.instruction(version, 0);
        boolean isKnown = switch (insn.kind()) {
            case CALL_REL32, CALL_INDIRECT, JMP_REL32, JMP_REL8, JMP_INDIRECT, JCC_REL32, JCC_REL8, RET, NOP, ENDBR64 ->
                true;
            case INT3, UD2, INLINE, OTHER -> false;
        };
        if (!isKnown || insn.length() != site.length()) {
            throw at.wrong(
                    "version " + version + " of " + site.name()
                            + " is not one NOP, call, jump or return of the site's length, and what else it does is not emulated",
                    "take another site, or emulate its parts by int3_emulate_…()");
        }
    }

    /** Sends the context on to a place of a site, or to a function. */
    private CValue jump(Token at, Num address) {
        Num place = address;
        Num nowhere = outside(at, address);
        for (int function = 0; function < reading.versions.functions(); function++) {
            int number = reading.versions.addressOf(function);
            Num is = Arithmetic.binary(at, CBinaryOperator.EQUAL, address, Num.of(number));
            Num back = Num.of(number - (long) reading.versions.placeOf(function));
            nowhere = Arithmetic.binary(at, CBinaryOperator.AND, nowhere, Arithmetic.not(is));
            place = Arithmetic.binary(
                    at, CBinaryOperator.MINUS, place, Arithmetic.binary(at, CBinaryOperator.TIMES, is, back));
        }
        refuse(nowhere, "a jump to");
        reading.recorder().setSavedAddress(place.expr());
        return Words.nothing();
    }

    /** Whether an address is that of no site. */
    private Num outside(Token at, Num address) {
        return Arithmetic.binary(
                at,
                CBinaryOperator.OR,
                Arithmetic.binary(at, CBinaryOperator.LESS, address, Num.of(1)),
                Arithmetic.binary(
                        at,
                        CBinaryOperator.GREATER,
                        address,
                        Num.of(reading.builder().maxAddress())));
    }

    private void refuse(Num nowhere, String what) {
        if (!nowhere.isFalse()) {
            reading.recorder().bugOn(nowhere.expr(), what + " an address where nothing is");
        }
        if (nowhere.isTrue()) {
            throw new PlaceReader.DeadEnd();
        }
    }

    private CValue push(Token at, List<CExpr> arguments, boolean gap) {
        requireRegisters(arguments.get(0));
        Num address = address(arguments.get(1));
        refuse(outside(at, address), "a return to");
        reading.recorder().pushReturn(address.expr(), gap);
        return Words.nothing();
    }

    /** A conditional jump, of which nobody knows whether it is taken. */
    private CValue jumpIf(Token at, List<CExpr> arguments) {
        requireRegisters(arguments.get(0));
        reading.expressions.number(arguments.get(1));
        Num address = address(arguments.get(2));
        Num distance = reading.expressions.number(arguments.get(3));
        Local taken = reading.routine().temporary("taken", Interval.TRUTH);
        reading.recorder().choose(reading.routine().label("jcc", ""), 2, taken);
        reading.choices.when(
                at,
                new Num(taken.value(), Interval.TRUTH),
                () -> jump(at, Arithmetic.binary(at, CBinaryOperator.PLUS, address, distance)),
                () -> jump(at, address));
        return Words.nothing();
    }
}
