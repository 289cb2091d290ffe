// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.parse;

import dev.pokecheck.source.parse.Scope.Meaning;
import dev.pokecheck.source.syntax.CExpr;
import dev.pokecheck.source.syntax.CFunction;
import dev.pokecheck.source.syntax.CStmt;
import dev.pokecheck.source.syntax.Initializer;
import dev.pokecheck.source.syntax.TranslationUnit;
import dev.pokecheck.source.syntax.Variable;
import dev.pokecheck.source.syntax.Variable.Range;
import dev.pokecheck.source.syntax.Variable.Storage;
import dev.pokecheck.source.token.Complaints;
import dev.pokecheck.source.token.SourceException;
import dev.pokecheck.source.token.Token;
import dev.pokecheck.source.token.TokenKind;
import dev.pokecheck.source.type.ArrayType;
import dev.pokecheck.source.type.CType;
import dev.pokecheck.source.type.EnumType;
import dev.pokecheck.source.type.FunctionType;
import dev.pokecheck.source.type.IntegerType;
import dev.pokecheck.source.type.PointerType;
import dev.pokecheck.source.type.StructType;
import dev.pokecheck.source.type.VoidType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads whole files (C17, 6.9). */
public final class Parser {
    final TokenCursor cursor;
    final Complaints complaints;
    final Scope scope;
    final ExpressionParser expressions;
    final Attributes attributes;
    final TypeParser types;
    final DeclaratorParser declarators;
    final InitializerParser initializers;
    private final StatementParser statements;

    private final Map<String, Variable> variables = new LinkedHashMap<>();
    private final Map<String, CFunction> functions = new LinkedHashMap<>();
    /** What is thrown where a struct is used whose members are wrong, by its tag. */
    private final Map<String, SourceException> refused = new LinkedHashMap<>();

    private Parser(Scope scope, List<Token> tokens, Complaints complaints) {
        this.scope = scope;
        this.complaints = complaints;
        cursor = new TokenCursor(tokens);
        expressions = new ExpressionParser(this);
        attributes = new Attributes(cursor, expressions);
        types = new TypeParser(this);
        declarators = new DeclaratorParser(this);
        initializers = new InitializerParser(this);
        statements = new StatementParser(this);
    }

    /**
     * A file.
     *
     * @param tokens those that the preprocessor leaves; the last is the end
     * @param complaints takes what is wrong; what is returned then lacks it
     */
    public static TranslationUnit read(List<Token> tokens, Complaints complaints) {
        return new Parser(new Scope(), tokens, complaints).unit();
    }

    /**
     * A file that begins with a header.
     *
     * @param tokens those behind the header
     */
    public static TranslationUnit read(ParsedHeader header, List<Token> tokens, Complaints complaints) {
        Parser parser = new Parser(new Scope(header.scope()), tokens, complaints);
        parser.variables.putAll(header.unit().variables());
        parser.functions.putAll(header.unit().functions());
        return parser.unit();
    }

    /** What a header means to whatever includes it first; empty if that is not the same for all, as something in it is wrong, or left to them. */
    public static Optional<ParsedHeader> header(List<Token> tokens) {
        Complaints complaints = new Complaints();
        Parser parser = new Parser(new Scope(), tokens, complaints);
        TranslationUnit unit = parser.unit();
        return complaints.isEmpty() && parser.scope.isComplete()
                ? Optional.of(new ParsedHeader(parser.scope, unit))
                : Optional.empty();
    }

    private TranslationUnit unit() {
        while (!cursor.peek().isEnd()) {
            try {
                external();
            } catch (SourceException e) {
                complain(e);
                cursor.recover();
                // A brace that closes nothing.
                cursor.accept("}");
            }
        }
        return new TranslationUnit(variables, functions);
    }

    // ---- outside of functions

    private void external() {
        if (cursor.accept(";")) {
            return;
        }
        if (cursor.is("_Static_assert")) {
            staticAssert();
            return;
        }
        Specifiers specifiers = types.specifiers();
        while (!cursor.accept(";")) {
            Declared declared = declarators.declarator(specifiers.type());
            Token name = declared.named();
            if (specifiers.isTypedef()) {
                requireNoRange(name, specifiers, declared);
                scope.declare(name.text(), new Meaning.TypeName(declared.type()));
            } else if (declared.type().plain() instanceof FunctionType type) {
                requireNoRange(name, specifiers, declared);
                scope.declare(name.text(), Meaning.Other.OTHER);
                if (function(name, type, declared)) {
                    return;
                }
            } else {
                Variable variable = variable(specifiers, declared, Storage.STATIC);
                Variable before = variables.get(name.text());
                if (before == null || variable.storage() != Storage.EXTERN) {
                    checkOnce(name, before);
                    variables.put(name.text(), variable);
                }
            }
            comma();
        }
    }

    private static void checkOnce(Token name, @Nullable Variable before) {
        if (before != null && before.initializer().isPresent()) {
            throw name.wrong(
                    name.quoted() + " is defined already, at " + before.at().use(), "");
        }
    }

    /** Reads a function; returns whether it has a body, so that the declaration is over. */
    private boolean function(Token name, FunctionType type, Declared declared) {
        CFunction before = functions.get(name.text());
        if (!cursor.is("{")) {
            functions.putIfAbsent(name.text(), new CFunction(name, type, declared.parameters(), Optional.empty()));
            return false;
        }
        if (before != null && before.body().isPresent() && !isOurs(before)) {
            throw name.wrong(
                    "the function " + name.quoted() + " is defined already, at "
                            + before.at().use(),
                    "");
        }
        scope.enter();
        try {
            for (Variable parameter : declared.parameters()) {
                if (!parameter.at().isIdentifier()) {
                    throw parameter.at().wrong("a parameter without a name", "");
                }
                requireComplete(parameter.at(), parameter.type());
                scope.declare(parameter.name(), Meaning.Other.OTHER);
            }
            CStmt.Block body = statements.body();
            functions.put(name.text(), new CFunction(name, type, declared.parameters(), Optional.of(body)));
        } finally {
            scope.leave();
        }
        return true;
    }

    /** Whether a function is one of the headers that come with pokecheck, which a file may define for itself. */
    private static boolean isOurs(CFunction function) {
        return function.at().spelled().source().name().matches("pokecheck(/[a-z]+)?\\.h");
    }

    private void comma() {
        if (!cursor.is(";")) {
            if (!cursor.is(",")) {
                throw cursor.unexpected("';'");
            }
            cursor.next();
        }
    }

    /** Reads {@code _Static_assert(…)}. */
    void staticAssert() {
        Token word = cursor.next();
        cursor.expect("(");
        long holds = expressions.constant();
        if (cursor.accept(",") && cursor.peek().kind() == TokenKind.STRING) {
            cursor.next();
        }
        cursor.expect(")");
        cursor.expect(";");
        if (holds == 0) {
            throw word.wrong("this _Static_assert does not hold", "");
        }
    }

    // ---- variables

    /** Reads a declaration in a block. */
    List<Variable> blockDeclaration() {
        Specifiers specifiers = types.specifiers();
        List<Variable> declared = new ArrayList<>();
        while (!cursor.accept(";")) {
            Declared next = declarators.declarator(specifiers.type());
            Token name = next.named();
            if (specifiers.isTypedef()) {
                requireNoRange(name, specifiers, next);
                scope.declare(name.text(), new Meaning.TypeName(next.type()));
            } else if (next.type().plain() instanceof FunctionType type) {
                scope.declare(name.text(), Meaning.Other.OTHER);
                functions.putIfAbsent(name.text(), new CFunction(name, type, next.parameters(), Optional.empty()));
            } else {
                declared.add(variable(specifiers, next, Storage.AUTOMATIC));
            }
            comma();
        }
        return declared;
    }

    private Variable variable(Specifiers specifiers, Declared declared, Storage usual) {
        Token name = declared.named();
        scope.declare(name.text(), Meaning.Other.OTHER);
        Optional<Initializer> initializer = Optional.empty();
        if (cursor.accept("=")) {
            initializer = Optional.of(initializers.initializer());
        }
        CType type = withLength(declared.type(), initializer);
        Storage storage = specifiers.storage().orElse(usual);
        if (storage != Storage.EXTERN) {
            requireComplete(name, type);
        }
        boolean isConst = specifiers.isConst() && !(element(type).plain() instanceof PointerType);
        return new Variable(name, type, storage, range(name, type, specifiers, declared), initializer, isConst);
    }

    // ---- ranges

    private static void requireNoRange(Token name, Specifiers specifiers, Declared declared) {
        if (declared.range().or(specifiers::range).isPresent()) {
            throw name.wrong("the range of " + name.quoted() + ", which is no variable", Attributes.RANGED);
        }
    }

    /** The values of a variable or member, if its author says which they are. */
    static Optional<Range> range(Token name, CType type, Specifiers specifiers, Declared declared) {
        Optional<Range> range = declared.range().or(specifiers::range);
        if (range.isPresent() && !isOfNumbers(type)) {
            throw name.wrong("the range of " + name.quoted() + ", which is " + type.text(), Attributes.RANGED);
        }
        if (range.isPresent()
                && element(type).plain() instanceof IntegerType integer
                && (range.get().min() < integer.min() || range.get().max() > integer.max())) {
            throw name.wrong(
                    "the range of " + name.quoted() + " from " + range.get().min() + " to "
                            + range.get().max() + ", where " + integer.text() + " has " + integer.min() + " to "
                            + integer.max(),
                    "give it a range within its type");
        }
        return range;
    }

    /** Whether something is a number, an array of such, or a struct of one such member. */
    private static boolean isOfNumbers(CType type) {
        CType plain = element(type).plain();
        return plain instanceof StructType struct
                ? struct.members().size() == 1
                        && isOfNumbers(struct.members().get(0).type())
                : plain instanceof IntegerType || plain instanceof EnumType;
    }

    /** The type that {@code const} before a declaration is said of, unless that is a pointer. */
    private static CType element(CType type) {
        return type.plain() instanceof ArrayType array ? element(array.element()) : type;
    }

    /** An array whose length is left open is as long as what it is initialised with. */
    static CType withLength(CType type, Optional<Initializer> initializer) {
        if (type instanceof ArrayType array
                && array.length() < 0
                && initializer.isPresent()
                && initializer.get() instanceof Initializer.Braces list) {
            int next = 0;
            int length = 0;
            for (Initializer.Item item : list.items()) {
                requireBraces(array.element(), item);
                boolean placed = !item.designators().isEmpty()
                        && item.designators().get(0) instanceof Initializer.Designator.Element;
                next = placed
                        ? ((Initializer.Designator.Element) item.designators().get(0)).last() + 1
                        : next + 1;
                length = Math.max(length, next);
            }
            return new ArrayType(array.element(), length);
        }
        return type;
    }

    /** Where braces are left out it takes the types of all members to say how many elements there are. */
    private static void requireBraces(CType element, Initializer.Item item) {
        boolean isPart = item.designators().size() > 1;
        if (!isPart
                && !element.isScalar()
                && item.value() instanceof Initializer.Value value
                && !(value.value() instanceof CExpr.Text)) {
            throw item.value()
                    .at()
                    .wrong("a value without the braces of its element, in an array of no length", "write either");
        }
    }

    /** Keeps what is wrong, unless that was said of a struct that is used here. */
    void complain(SourceException e) {
        if (!refused.containsValue(e)) {
            complaints.addAll(e);
        }
    }

    /** Reads the members of a struct: what is wrong with them is not to be said again wherever it is used. */
    void reading(String tag, Runnable members) {
        try {
            members.run();
        } catch (SourceException e) {
            if (!tag.isEmpty()) {
                refused.put(tag, new SourceException(e.complaints()));
            }
            throw e;
        }
    }

    /** Refuses an object whose size is not known. */
    void requireComplete(Token at, CType type) {
        CType plain = type.plain();
        if (plain instanceof ArrayType array) {
            requireComplete(at, array.element());
        } else if (plain instanceof StructType struct && !struct.isComplete()) {
            SourceException said = refused.get(struct.tag());
            if (said != null) {
                throw said;
            }
            throw at.wrong(
                    struct.text() + " is declared, but its members are not known here", scope.hint("define it before"));
        } else if (plain == VoidType.VOID) {
            throw at.wrong("an object of type void", "");
        }
    }
}
