// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.protocol.Expr;
import dev.pokecheck.source.lower.CObject.Kind;
import dev.pokecheck.source.lower.CValue.Num;
import dev.pokecheck.source.syntax.CExpr;
import dev.pokecheck.source.token.CBinaryOperator;
import dev.pokecheck.source.token.Token;
import dev.pokecheck.source.type.ArrayType;
import dev.pokecheck.source.type.CType;
import dev.pokecheck.source.type.StructType;
import dev.pokecheck.source.type.VoidType;
import java.util.Optional;

/**
 * Words that allocate memory and free it. What is allocated is an object of the type of which the size is given, that lives until it is freed; to use it before or later,
 * or to free it twice, is {@code dead-object}. Each call that is read is one object, so that calls to which the protocol may come more than once are refused. Its
 * memory is 0 at first, whether that was asked for or not.
 */
final class AllocationWords {
    /** So much is allocated by one call at most. */
    private static final long MOST_BYTES = 1 << 16;

    private final Reading reading;
    private final Words words;

    AllocationWords(Reading reading, Words words) {
        this.reading = reading;
        this.words = words;
    }

    void define() {
        words.does("allocate", 1, (at, a) -> allocate(at, a.get(0)));
        words.does("free", 1, (at, a) -> {
            free(at, reading.expressions.value(a.get(0)));
            return Words.nothing();
        });
    }

    private CValue allocate(Token at, CExpr size) {
        CType type = sized(size)
                .orElseThrow(() -> at.wrong(
                        "what is allocated is told by its size, and this is none of a type",
                        "write sizeof(type), sizeof(*pointer), or a known number times one of these"));
        if (reading.routine().isRepeated()) {
            throw at.wrong(
                    "this is allocated each time that the protocol comes here, which may be often",
                    "allocate in a thread, outside of loops but those over a known count");
        }
        String label = reading.routine().label("allocate", "");
        String key = reading.routine().full("allocated " + reading.routine().path() + "/" + label);
        String name = type.plain() instanceof StructType struct && !struct.tag().isEmpty() ? struct.tag() : "allocated";
        CObject object = new CObject(name, key, type, Kind.ALLOCATED);
        reading.recorder().begin(label, reading.objects.living(object));
        CPlace whole = PlaceReader.whole(object);
        LocalParts.of(at, whole, reading.unions)
                .forEach(part -> reading.ranges.add(part.leaf(), Num.of(0).range(), at.use()));
        return new CValue.ToObject(Access.decayed(at, whole));
    }

    /** The type of which an expression is the size; empty if there is none. */
    private Optional<CType> sized(CExpr size) {
        if (size instanceof CExpr.SizeOfType of) {
            return Optional.of(of.type());
        } else if (size instanceof CExpr.SizeOfValue of) {
            return Optional.of(reading.types.of(of.operand()));
        } else if (size instanceof CExpr.Binary product && product.operator() == CBinaryOperator.TIMES) {
            return elements(product.left(), product.right()).or(() -> elements(product.right(), product.left()));
        }
        return Optional.empty();
    }

    private Optional<CType> elements(CExpr size, CExpr many) {
        return sized(size).map(type -> {
            Num count = reading.expressions.number(many);
            if (!count.isKnown() || count.known() < 1) {
                throw many.at()
                        .wrong(
                                "how many of these are allocated is not known when the file is read, or less than one",
                                "allocate as many as there can be");
            }
            if (count.known() * Math.max(1, type.size()) > MOST_BYTES) {
                throw many.at()
                        .wrong(
                                "more than " + MOST_BYTES + " bytes are allocated",
                                "allocate less: each element is told apart");
            }
            return new ArrayType(type, (int) count.known());
        });
    }

    private void free(Token at, CValue pointer) {
        if (pointer instanceof CValue.Numbered numbered) {
            Num number = numbered.number();
            Runnable there = () -> freed(
                    at,
                    reading.places.target(
                            at,
                            new CValue.Numbered(
                                    new Num(number.expr(), number.range().without(0)), VoidType.VOID)));
            reading.choices.when(at, Arithmetic.truth(number), there, () -> {});
        } else if (!(pointer instanceof Num number) || !number.isFalse()) {
            freed(at, reading.places.target(at, pointer));
        }
    }

    private void freed(Token at, CPlace place) {
        reading.choices.each(at, place, one -> {
            boolean isWhole = one.object().kind() == Kind.ALLOCATED
                    && one.path().isEmpty()
                    && one.index().range().holds(0);
            if (!isWhole) {
                reading.recorder().bugOn(Expr.of(1), "kfree() of " + one.text() + ", which was not allocated");
                throw new PlaceReader.DeadEnd();
            }
            Num inside = Arithmetic.truth(one.index());
            if (!inside.isFalse()) {
                reading.recorder().bugOn(inside.expr(), "kfree() of an address inside of " + one.text());
            }
            reading.recorder()
                    .end(reading.routine().label("free", one.object().name()), reading.objects.living(one.object()));
        });
    }
}
