// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.parse;

import dev.pokecheck.source.parse.Scope.Meaning;
import dev.pokecheck.source.syntax.Variable.Range;
import dev.pokecheck.source.syntax.Variable.Storage;
import dev.pokecheck.source.token.Token;
import dev.pokecheck.source.type.ArrayType;
import dev.pokecheck.source.type.CType;
import dev.pokecheck.source.type.EnumType;
import dev.pokecheck.source.type.FunctionType;
import dev.pokecheck.source.type.IntegerType;
import dev.pokecheck.source.type.QualifiedType;
import dev.pokecheck.source.type.RangedType;
import dev.pokecheck.source.type.StructType;
import dev.pokecheck.source.type.VoidType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what stands before the names of a declaration (C17, 6.7). */
final class TypeParser {
    private static final Set<String> BASIC = new LinkedHashSet<>(List.of(
            "void", "char", "short", "int", "long", "signed", "unsigned", "_Bool", "float", "double", "_Complex"));

    private static final Set<String> STORAGE =
            new LinkedHashSet<>(List.of("typedef", "static", "extern", "__pc_percpu", "_Thread_local"));

    private static final Set<String> OTHER = new LinkedHashSet<>(List.of(
            "struct",
            "union",
            "enum",
            "volatile",
            "__volatile__",
            "_Atomic",
            "__attribute__",
            "_Alignas",
            "typeof",
            "__typeof__"));

    /** So many members a struct may have, as each is looked for among all. */
    private static final int MOST_MEMBERS = 500;

    private final Parser parser;
    private final TokenCursor cursor;

    TypeParser(Parser parser) {
        this.parser = parser;
        cursor = parser.cursor;
    }

    /** Whether a declaration begins with a token. */
    boolean begins(Token token) {
        String text = token.text();
        return token.isIdentifier()
                && (BASIC.contains(text)
                        || STORAGE.contains(text)
                        || OTHER.contains(text)
                        || Keywords.isIgnored(token)
                        || parser.scope.typeName(text).isPresent());
    }

    boolean isQualifier(Token token) {
        return Keywords.isIgnored(token) || isVolatile(token) || token.is("_Atomic");
    }

    boolean isVolatile(Token token) {
        return token.is("volatile") || token.is("__volatile__");
    }

    // ---- specifiers

    /** What has been read of them. */
    private static final class Reading {
        private final List<Token> basic = new ArrayList<>();
        private Optional<CType> type = Optional.empty();
        private Optional<Storage> storage = Optional.empty();
        private Optional<Range> range = Optional.empty();
        private boolean isTypedef;
        private boolean isVolatile;
        private boolean isConst;
        private boolean isAtomic;

        private boolean hasType() {
            return type.isPresent() || !basic.isEmpty();
        }
    }

    Specifiers specifiers() {
        Token first = cursor.peek();
        Reading reading = new Reading();
        while (specifier(reading)) {
            Keywords.refuse(cursor.peek());
        }
        if (!reading.hasType()) {
            Keywords.refuse(first);
            Token unknown = cursor.peek();
            throw unknown.wrong(
                    unknown.quoted() + " is no type that is known here",
                    unknown.isIdentifier() && !Keywords.isReserved(unknown) ? parser.scope.hint("declare it") : "");
        }
        CType type = reading.type.orElseGet(() -> basic(reading.basic));
        return new Specifiers(
                QualifiedType.of(type, reading.isVolatile, reading.isAtomic),
                reading.isTypedef,
                reading.storage,
                reading.range,
                reading.isConst);
    }

    /** Reads one; returns whether there was one. */
    private boolean specifier(Reading reading) {
        Token token = cursor.peek();
        Keywords.refuse(token);
        if (Keywords.isIgnored(token)) {
            reading.isConst |= cursor.next().is("const");
        } else if (isVolatile(token)) {
            cursor.next();
            reading.isVolatile = true;
        } else if (token.is("_Atomic")) {
            atomic(reading);
        } else if (token.is("__attribute__")) {
            reading.range = parser.attributes.read().or(() -> reading.range);
        } else if (token.is("_Alignas")) {
            cursor.next();
            cursor.skipBrackets();
        } else if (token.isIdentifier() && STORAGE.contains(token.text())) {
            storage(reading, cursor.next());
        } else if (token.isIdentifier() && BASIC.contains(token.text()) && reading.type.isEmpty()) {
            reading.basic.add(cursor.next());
        } else if (!reading.hasType()) {
            return type(reading, token);
        } else {
            return false;
        }
        return true;
    }

    private boolean type(Reading reading, Token token) {
        if (token.is("struct") || token.is("union")) {
            reading.type = Optional.of(cursor.nested(this::struct));
        } else if (token.is("enum")) {
            reading.type = Optional.of(enumeration());
        } else if (token.isIdentifier() && parser.scope.typeName(token.text()).isPresent()) {
            reading.type = parser.scope.typeName(cursor.next().text());
        } else {
            return false;
        }
        return true;
    }

    private void atomic(Reading reading) {
        cursor.next();
        reading.isAtomic = true;
        if (!reading.hasType() && cursor.accept("(")) {
            reading.type = Optional.of(parser.declarators.typeName());
            cursor.expect(")");
        }
    }

    private static void storage(Reading reading, Token word) {
        if (word.is("typedef")) {
            reading.isTypedef = true;
        } else if (word.is("__pc_percpu")) {
            reading.storage = Optional.of(Storage.PER_CPU);
        } else if (reading.storage.isEmpty()) {
            reading.storage = Optional.of(word.is("extern") ? Storage.EXTERN : Storage.STATIC);
        }
    }

    private static CType basic(List<Token> words) {
        List<String> sorted = words.stream().map(Token::text).sorted().toList();
        boolean unsigned = sorted.contains("unsigned");
        List<String> core = new ArrayList<>(sorted);
        core.removeAll(List.of("signed", "unsigned"));
        if (core.size() > 1) {
            core.remove("int");
        }
        return switch (String.join(" ", core)) {
            case "void" -> VoidType.VOID;
            case "_Bool" -> IntegerType.BOOL;
            case "char" -> unsigned ? new IntegerType("unsigned char", 1, false, false) : IntegerType.CHAR;
            case "short" -> new IntegerType(unsigned ? "unsigned short" : "short", 2, !unsigned, false);
            case "int", "" -> unsigned ? IntegerType.UNSIGNED : IntegerType.INT;
            case "long", "long long" -> unsigned ? IntegerType.UNSIGNED_LONG : IntegerType.LONG;
            default ->
                throw words.get(words.size() - 1)
                        .wrong(
                                "there is no type '"
                                        + String.join(
                                                " ",
                                                words.stream().map(Token::text).toList()) + "'",
                                "");
        };
    }

    // ---- structs and unions

    private CType struct() {
        boolean union = cursor.next().is("union");
        boolean isPacked = parser.attributes.ofType().isPacked();
        Optional<Token> tag = cursor.is("{") ? Optional.empty() : Optional.of(cursor.identifier("the tag of a struct"));
        boolean defined = cursor.is("{");
        String name = tag.map(Token::text).orElse("");
        Optional<CType> known =
                tag.isEmpty() ? Optional.empty() : defined ? parser.scope.tagHere(name) : parser.scope.tag(name);
        if (known.isPresent() && !(known.get() instanceof StructType)) {
            throw tag.orElseThrow().wrong(tag.orElseThrow().quoted() + " is the tag of something else", "");
        }
        StructType type = known.map(StructType.class::cast).orElseGet(() -> new StructType(name, union));
        tag.ifPresent(t -> parser.scope.declareTag(name, type));
        if (defined) {
            if (type.isComplete()) {
                throw tag.orElse(cursor.peek()).wrong(type.text() + " is defined already", "");
            }
            parser.reading(name, () -> members(type));
            boolean isPackedAfter = parser.attributes.ofType().isPacked();
            type.complete(isPacked || isPackedAfter);
        }
        return type;
    }

    private void members(StructType type) {
        cursor.expect("{");
        while (!cursor.accept("}")) {
            Token first = cursor.peek();
            Specifiers specifiers = specifiers();
            if (cursor.is(";") && specifiers.type().plain() instanceof StructType inner) {
                if (!inner.isAnonymous()) {
                    throw cursor.peek()
                            .wrong(
                                    "this declares no member",
                                    "give it a name, or leave out the tag of " + inner.text());
                }
                requireNewNames(first, type, inner);
                type.add("", specifiers.type());
            }
            if (type.members().size() > MOST_MEMBERS) {
                throw cursor.peek().wrong("a struct of more than " + MOST_MEMBERS + " members", "nest structs");
            }
            while (!cursor.is(";")) {
                member(type, specifiers, parser.declarators.declarator(specifiers.type()));
                if (!cursor.is(";")) {
                    cursor.expect(",");
                }
            }
            cursor.expect(";");
        }
    }

    /** The members of an anonymous member are members of the outer struct, in which each name is that of one (C17, 6.7.2.1p13). */
    private static void requireNewNames(Token at, StructType outer, StructType inner) {
        for (StructType.Member member : inner.members()) {
            if (member.name().isEmpty()) {
                requireNewNames(at, outer, (StructType) member.type().plain());
            } else if (outer.member(member.name()).isPresent()) {
                throw at.wrong(
                        "there is a member '" + member.name() + "' already",
                        "members of an anonymous " + (inner.isUnion() ? "union" : "struct")
                                + " are members of the struct around it: rename one");
            }
        }
    }

    private void member(StructType type, Specifiers specifiers, Declared declared) {
        if (cursor.is(":")) {
            throw cursor.peek().wrong("bit-fields are not understood", "make it a member of its own");
        }
        Token name = declared.named();
        if (declared.type().plain() instanceof FunctionType) {
            throw name.wrong("a function as a member", "make it a pointer: (*" + name.text() + ")(…)");
        }
        parser.requireComplete(name, declared.type());
        if (type.member(name.text()).isPresent()) {
            throw name.wrong("there is a member " + name.quoted() + " already", "");
        }
        CType plain = declared.type() instanceof ArrayType array && array.length() < 0
                ? new ArrayType(array.element(), 0)
                : declared.type();
        type.add(
                name.text(),
                Parser.range(name, plain, specifiers, declared)
                        .map(range -> (CType) new RangedType(plain, range.min(), range.max()))
                        .orElse(plain));
    }

    // ---- enumerations

    private CType enumeration() {
        cursor.next();
        parser.attributes.ofType();
        Optional<Token> tag = cursor.is("{") ? Optional.empty() : Optional.of(cursor.identifier("the tag of an enum"));
        String name = tag.map(Token::text).orElse("");
        Optional<CType> known = tag.isEmpty() ? Optional.empty() : parser.scope.tag(name);
        if (known.isPresent() && !(known.get() instanceof EnumType)) {
            throw tag.orElseThrow().wrong(tag.orElseThrow().quoted() + " is the tag of something else", "");
        }
        EnumType type = known.map(EnumType.class::cast).orElseGet(() -> new EnumType(name));
        tag.ifPresent(t -> parser.scope.declareTag(name, type));
        if (cursor.is("{")) {
            if (type.isComplete()) {
                throw tag.orElse(cursor.peek()).wrong(type.text() + " is defined already", "");
            }
            constants(type);
            parser.attributes.ofType();
        }
        return type;
    }

    private void constants(EnumType type) {
        cursor.expect("{");
        long value = 0;
        while (!cursor.accept("}")) {
            Token name = cursor.identifier("the name of a constant");
            value = cursor.accept("=") ? parser.expressions.constant() : value;
            if (value < Integer.MIN_VALUE || value > Integer.MAX_VALUE) {
                throw name.wrong("the constant " + name.quoted() + " is no value of an int", "");
            }
            type.add(name.text(), value);
            parser.scope.declare(name.text(), new Meaning.EnumConstant(value));
            value++;
            if (!cursor.is("}")) {
                cursor.expect(",");
            }
        }
        type.complete();
    }
}
