// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.parse;

import dev.pokecheck.source.syntax.Variable;
import dev.pokecheck.source.syntax.Variable.Range;
import dev.pokecheck.source.syntax.Variable.Storage;
import dev.pokecheck.source.token.Token;
import dev.pokecheck.source.type.ArrayType;
import dev.pokecheck.source.type.CType;
import dev.pokecheck.source.type.FunctionType;
import dev.pokecheck.source.type.PointerType;
import dev.pokecheck.source.type.QualifiedType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Reads declarators (C17, 6.7.6), with a name or without. */
final class DeclaratorParser {
    private static final int LONGEST_ARRAY = 1 << 16;

    private static final int LARGEST_ARRAY = 1 << 22;

    /** So many pointers, arrays and functions a type may be made of. */
    private static final int DEEPEST_TYPE = 32;

    private final Parser parser;
    private final TokenCursor cursor;

    DeclaratorParser(Parser parser) {
        this.parser = parser;
        cursor = parser.cursor;
    }

    /** The next name, or none, of a declaration with a type before it. */
    Declared declarator(CType base) {
        return cursor.nested(() -> read(base));
    }

    private Declared read(CType base) {
        CType type = pointers(base);
        Optional<Range> range = parser.attributes.read();
        if (cursor.is("(") && isNested()) {
            int inside = cursor.position();
            cursor.skipBrackets();
            CType outer = suffixes(type, new ArrayList<>());
            int behind = cursor.position();
            cursor.back(inside);
            cursor.expect("(");
            Declared declared = declarator(outer);
            cursor.expect(")");
            cursor.back(behind);
            return declared;
        }
        Token at = cursor.peek();
        boolean named = at.isIdentifier() && !Keywords.isReserved(at);
        if (named) {
            cursor.next();
        }
        List<Variable> parameters = new ArrayList<>();
        CType whole = suffixes(type, parameters);
        checkDepth(at, whole);
        Keywords.refuse(cursor.peek());
        Optional<Range> behind = parser.attributes.read();
        return new Declared(at, named ? Optional.of(at) : Optional.empty(), whole, parameters, behind.or(() -> range));
    }

    private static void checkDepth(Token at, CType type) {
        CType inner = type.plain();
        for (int depth = 0; depth < DEEPEST_TYPE; depth++) {
            if (inner instanceof PointerType pointer) {
                inner = pointer.target().plain();
            } else if (inner instanceof ArrayType array) {
                inner = array.element().plain();
            } else if (inner instanceof FunctionType function) {
                inner = function.result().plain();
            } else {
                return;
            }
        }
        throw at.wrong("a type made of more than " + DEEPEST_TYPE + " pointers, arrays and functions", "");
    }

    private CType pointers(CType base) {
        CType type = base;
        while (cursor.accept("*")) {
            type = new PointerType(type);
            while (parser.types.isQualifier(cursor.peek())) {
                Token qualifier = cursor.next();
                type = QualifiedType.of(type, parser.types.isVolatile(qualifier), qualifier.is("_Atomic"));
            }
        }
        return type;
    }

    /** Whether a parenthesis here is one around a declarator, and not that of parameters. */
    private boolean isNested() {
        Token next = cursor.peek(1);
        return next.is("*")
                || next.is("(")
                || next.is("__attribute__")
                || (next.isIdentifier() && !parser.types.begins(next));
    }

    /** Arrays and parameters behind a name; those of the innermost function are put into a list. */
    private CType suffixes(CType base, List<Variable> parameters) {
        List<UnaryOperator<CType>> suffixes = new ArrayList<>();
        while (cursor.is("[") || cursor.is("(")) {
            Token bracket = cursor.next();
            suffixes.add(bracket.is("[") ? array(bracket) : function(bracket, parameters));
        }
        CType type = base;
        for (int i = suffixes.size() - 1; i >= 0; i--) {
            type = suffixes.get(i).apply(type);
        }
        return type;
    }

    private UnaryOperator<CType> array(Token bracket) {
        boolean open = cursor.is("]");
        long length = open ? -1 : parser.expressions.constant();
        cursor.expect("]");
        if (!open && (length < 0 || length > LONGEST_ARRAY)) {
            throw bracket.wrong("an array of " + length + " elements", "0 to " + LONGEST_ARRAY + " are possible");
        }
        return element -> {
            if (element.plain() instanceof FunctionType) {
                throw bracket.wrong("an array of functions", "an array of pointers to functions is (*name[n])(…)");
            }
            if (length * element.size() > LARGEST_ARRAY) {
                throw bracket.wrong("an array of more than " + LARGEST_ARRAY + " bytes", "");
            }
            return new ArrayType(element, (int) length);
        };
    }

    private UnaryOperator<CType> function(Token bracket, List<Variable> parameters) {
        List<Variable> here = new ArrayList<>();
        boolean variadic = parameters(here);
        parameters.clear();
        parameters.addAll(here);
        return result -> {
            if (result.plain() instanceof FunctionType || result.plain() instanceof ArrayType) {
                throw bracket.wrong("a function whose value is a function or an array", "make it a pointer");
            }
            return new FunctionType(result, here.stream().map(Variable::type).toList(), variadic);
        };
    }

    private boolean parameters(List<Variable> parameters) {
        if (cursor.is("void") && cursor.peek(1).is(")")) {
            cursor.next();
        }
        while (!cursor.is(")")) {
            if (cursor.accept("...")) {
                cursor.expect(")");
                return true;
            }
            Specifiers specifiers = parser.types.specifiers();
            Declared declared = declarator(specifiers.type());
            Token at = declared.name().orElse(declared.at());
            parameters.add(new Variable(
                    at,
                    decayed(declared.type()),
                    Storage.AUTOMATIC,
                    Parser.range(at, declared.type(), specifiers, declared),
                    Optional.empty(),
                    false));
            if (!cursor.is(")")) {
                cursor.expect(",");
            }
        }
        cursor.expect(")");
        return false;
    }

    /** Arrays and functions are handed over as pointers. */
    private static CType decayed(CType type) {
        if (type.plain() instanceof ArrayType array) {
            return new PointerType(array.element());
        }
        return type.plain() instanceof FunctionType ? new PointerType(type) : type;
    }

    /** A type without a name, in a cast say. */
    CType typeName() {
        CType base = parser.types.specifiers().type();
        Declared declared = declarator(base);
        if (declared.name().isPresent()) {
            throw declared.at().wrong("a name in the place of a type", "");
        }
        return declared.type();
    }
}
