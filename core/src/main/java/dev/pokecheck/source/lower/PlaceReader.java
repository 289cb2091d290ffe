// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.protocol.Expr;
import dev.pokecheck.source.lower.CObject.Kind;
import dev.pokecheck.source.lower.CValue.Num;
import dev.pokecheck.source.syntax.CExpr;
import dev.pokecheck.source.syntax.CExpr.UnaryOperator;
import dev.pokecheck.source.token.CBinaryOperator;
import dev.pokecheck.source.token.Token;
import dev.pokecheck.source.type.ArrayType;
import dev.pokecheck.source.type.CType;
import dev.pokecheck.source.type.IntegerType;
import dev.pokecheck.source.type.StructType;
import dev.pokecheck.source.type.VoidType;
import java.util.List;
import java.util.Optional;

/** Which place an expression means: what can stand on the left of an assignment, or behind {@code &}. */
final class PlaceReader {
    private final Reading reading;

    PlaceReader(Reading reading) {
        this.reading = reading;
    }

    CPlace place(CExpr expr) {
        reading.deeper(expr.at(), 1);
        try {
            return inside(expr);
        } finally {
            reading.shallower(1);
        }
    }

    private CPlace inside(CExpr expr) {
        if (expr instanceof CExpr.Name name) {
            return named(name);
        } else if (expr instanceof CExpr.Select select) {
            return member(select);
        } else if (expr instanceof CExpr.Index index) {
            return element(index);
        } else if (expr instanceof CExpr.Unary unary && unary.operator() == UnaryOperator.DEREFERENCE) {
            return target(unary.at(), reading.expressions.value(unary.operand()));
        } else if (expr instanceof CExpr.Cast cast) {
            return place(cast.operand());
        } else if (expr instanceof CExpr.Compound literal) {
            reading.access.requireNoWait();
            return reading.statements.literal(literal);
        } else if (expr instanceof CExpr.Call call && reading.types.of(call).plain() instanceof StructType) {
            // A member of what a call returns: the struct is kept as if it had been assigned to a variable.
            CValue value = reading.expressions.value(call);
            return reading.statements.temporary(call.at(), reading.types.of(call), value);
        } else if (expr instanceof CExpr.Conditional choice
                && reading.types.of(choice).plain() instanceof StructType
                && reading.expressions.value(choice) instanceof CValue.ToObject chosen) {
            return chosen.place();
        }
        throw expr.at().wrong("this is no place in memory", "");
    }

    private CPlace element(CExpr.Index index) {
        CValue base = reading.operands.read(index.base(), reading.expressions.value(index.base()));
        int since = reading.moments.now();
        Num by = reading.expressions.number(index.index());
        reading.operands.readOthers(index.base(), base, since);
        return element(index.at(), base, by);
    }

    private CPlace named(CExpr.Name name) {
        CObject object = reading.find(name.text())
                .orElseThrow(() -> name.at()
                        .wrong(
                                name.at().quoted() + " is not declared",
                                "declare it, or define a macro for it; the words of the kernel are in <pokecheck.h>"));
        return whole(object);
    }

    /** All of an object; of one that each CPU has, that of CPU 0. */
    static CPlace whole(CObject object) {
        return object.kind() == Kind.PER_CPU && object.type() instanceof ArrayType each
                ? new CPlace(object, "", Num.of(0), each.length(), each.element())
                : new CPlace(object, "", Num.of(0), 1, object.type());
    }

    private CPlace member(CExpr.Select select) {
        CPlace struct;
        if (select.throughPointer()) {
            requirePointer(select);
            // Once: what is read of memory for it is a step.
            CValue base = reading.expressions.value(select.base());
            if (base == CValue.Registers.REGISTERS) {
                return register(select.name());
            }
            struct = target(select.at(), base);
        } else {
            struct = place(select.base());
        }
        if (!(struct.type().plain() instanceof StructType type)) {
            throw select.at().wrong(struct.text() + " is " + struct.type().text() + " and has no members", "");
        }
        StructType.Member member = type.member(select.name().text())
                .orElseThrow(() -> select.name()
                        .wrong(type.text() + " has no member " + select.name().quoted(), ""));
        return struct.member(select.name().text(), member.type());
    }

    private void requirePointer(CExpr.Select select) {
        if (select.base() instanceof CExpr.Name name) {
            reading.find(name.text())
                    .map(CObject::type)
                    .filter(Access::isNumber)
                    .ifPresent(type -> {
                        throw select.at().wrong(name.text() + " is " + type.text() + " and no pointer", "");
                    });
        }
    }

    private static CPlace register(Token name) {
        if (!name.is("ip")) {
            throw name.wrong("of the registers only ip is modelled", "");
        }
        CObject registers = new CObject("regs->ip", "regs", IntegerType.UNSIGNED_LONG, Kind.REGISTERS);
        return new CPlace(registers, "", Num.of(0), 1, IntegerType.UNSIGNED_LONG);
    }

    /** What a pointer points to that is an argument; of an array, the first element. */
    CPlace pointed(CExpr pointer) {
        return Access.decayed(pointer.at(), target(pointer.at(), reading.expressions.value(pointer)));
    }

    /** What a pointer points to. */
    CPlace target(Token at, CValue pointer) {
        if (pointer instanceof CValue.ToObject object) {
            return object.place();
        }
        if (pointer instanceof CValue.Numbered numbered) {
            return target(at, numbered);
        }
        if (pointer instanceof Num number && number.isFalse()) {
            reading.access.requireNoWait();
            reading.recorder().bugOn(Expr.of(1), "a null pointer is followed");
            throw new DeadEnd();
        }
        throw at.wrong("this is no pointer to an object that is known here", "");
    }

    /** Of a pointer that is a number, which must not be null. */
    private CPlace target(Token at, CValue.Numbered pointer) {
        Num number = pointer.number();
        Interval numbers = number.range();
        if (numbers.holds(0)) {
            reading.access.requireNoWait();
            reading.recorder().bugOn(number.expr().eq(0), "a null pointer is followed");
            number = new Num(number.expr(), numbers.without(0));
        }
        if (reading.pointers.mayBeCode(numbers)) {
            if (reading.pointers.mayBeObjects(numbers)) {
                throw at.wrong("this pointer may lead to code and to data", "use two");
            }
            return text(number, pointer.target());
        }
        List<Pointers.Target> all = reading.pointers.targets(numbers);
        List<Pointers.Target> targets = all.stream()
                .filter(target -> pointer.target().plain() == VoidType.VOID
                        || target.place().type().plain().equals(pointer.target().plain()))
                .toList();
        if (targets.isEmpty() && !all.isEmpty()) {
            throw at.wrong(
                    "this pointer to " + pointer.target().text() + " leads to "
                            + all.get(0).place().text() + ", which is "
                            + all.get(0).place().type().text(),
                    "follow it as what it leads to");
        }
        if (targets.isEmpty()) {
            // Nothing but null has been stored to it, as far as is known at this reading.
            throw new DeadEnd();
        }
        requireTarget(at, targets, number);
        return Pointers.place(at, targets, number);
    }

    /** A pointer that leads beyond what it may lead to is a {@code bug}. */
    private void requireTarget(Token at, List<Pointers.Target> targets, Num number) {
        Num outside = number.range().holds(0) ? Arithmetic.truth(number) : Num.truth(true);
        for (Pointers.Target target : targets) {
            Num isThere = Pointers.isIn(at, target, number);
            outside = Arithmetic.binary(at, CBinaryOperator.AND, outside, Arithmetic.not(isThere));
        }
        boolean covered = !number.range().few().isEmpty()
                && number.range().few().stream()
                        .allMatch(n -> n == 0 || targets.stream().anyMatch(target -> target.holds(n)));
        if (!covered
                && !outside.isFalse()
                && targets.stream().allMatch(target -> target.place().length() == 1)) {
            reading.access.requireNoWait();
            reading.recorder().bugOn(outside.expr(), "a pointer leads to nothing");
        }
    }

    /** Code at an address. */
    static CPlace text(Num address, CType type) {
        CType plain = type.plain() == VoidType.VOID ? IntegerType.UNSIGNED_CHAR : type;
        CObject text = new CObject("text", "text", plain, Kind.TEXT);
        return new CPlace(text, "", address, 0, plain);
    }

    /** What follows is not reached. */
    static final class DeadEnd extends RuntimeException {
        private static final long serialVersionUID = 1L;

        DeadEnd() {
            super("", null, false, false);
        }
    }

    /** An element behind the one that a pointer points to. */
    CPlace element(Token at, CValue pointer, Num by) {
        CPlace first = target(at, pointer);
        return moved(at, first, by);
    }

    static CPlace moved(Token at, CPlace place, Num by) {
        boolean inBytes = place.object().kind() == Kind.TEXT || place.object().kind() == Kind.BYTES;
        Num distance = inBytes
                ? Arithmetic.binary(
                        at,
                        CBinaryOperator.TIMES,
                        by,
                        Num.of(Math.max(1, place.type().size())))
                : by;
        return place.map(one -> one.at(Arithmetic.binary(at, CBinaryOperator.PLUS, one.index(), distance)));
    }

    /** The place that an expression means if that is a variable of a call, without doing anything; empty if it is something else. */
    Optional<CPlace> quietly(CExpr expr) {
        if (!(expr instanceof CExpr.Name name)) {
            return Optional.empty();
        }
        return reading.find(name.text())
                .filter(object -> object.kind() == Kind.LOCAL && object.type().isScalar())
                .map(PlaceReader::whole);
    }
}
