// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol.dump;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.data.Var;
import dev.pokecheck.protocol.ContextStmt;
import dev.pokecheck.protocol.ControlStmt;
import dev.pokecheck.protocol.CpuStmt;
import dev.pokecheck.protocol.DataStmt;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Routine;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.protocol.Stmt;
import dev.pokecheck.protocol.TextStmt;
import dev.pokecheck.text.Site;
import dev.pokecheck.text.TextRead;
import dev.pokecheck.text.TextStore;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each kind of statement and expression, found by reflection, so that none can be forgotten: whichever part of it is another, the form is another, but for
 * the parts that only a reader sees.
 */
class EveryPartTest {
    /** What the documentation of the package leaves out. */
    private static final Set<String> FOR_READERS = Set.of(
            "Note.comment", "BugOn.message", "Const.name", "Call.function", "ObjectLife.name", "ObjectLife.allocated");

    private static final byte[][] CODE = {{(byte) 0x90, (byte) 0x90}, {(byte) 0xeb, 0x10}};
    private static final Site[] SITES = {site(0), site(1)};
    private static final Local[] LOCALS = {new Local(0, "l", 0, 3), new Local(1, "l", 0, 3)};
    private static final Var[] VARS = {
        new Var(0, "x", 2, 0, 3, List.of(0), -1), new Var(1, "x", 2, 0, 3, List.of(0), -1)
    };
    private static final Expr[] EXPRESSIONS = {Expr.of(1), Expr.of(2)};
    private static final Stmt[] STATEMENTS = {new DataStmt.Fence("a"), new DataStmt.Fence("b")};

    private static Site site(int index) {
        return new Site(index, "site", 0x81000000L + 0x1000L * index, List.of(CODE));
    }

    private static Stream<Class<?>> records(Class<?>... families) {
        return Stream.of(families)
                .flatMap(family -> Arrays.stream(family.getDeclaredClasses()))
                .filter(Class::isRecord)
                .filter(kind -> Stmt.class.isAssignableFrom(kind) || Expr.class.isAssignableFrom(kind));
    }

    static Stream<Class<?>> statements() {
        return records(DataStmt.class, ControlStmt.class, CpuStmt.class, TextStmt.class, ContextStmt.class);
    }

    static Stream<Class<?>> expressions() {
        return records(Expr.class);
    }

    /** One of two values of the type of a part. */
    private static Object value(RecordComponent part, int which) {
        Class<?> type = part.getType();
        if (type.isEnum()) {
            return type.getEnumConstants()[which];
        }
        return switch (part.getGenericType().getTypeName().replaceAll("[a-z]+\\.", "")) {
            case "String" -> List.of("a", "b").get(which);
            case "int" -> which;
            case "boolean" -> which == 1;
            case "Expr" -> EXPRESSIONS[which];
            case "Local" -> LOCALS[which];
            case "Optional<Local>" -> Optional.of(LOCALS[0]).filter(local -> which == 0);
            case "Shared$Cell" -> new Shared.Cell(VARS[which], Expr.of(0));
            case "Var" -> VARS[which];
            case "CpuStmt$CallTarget" ->
                new CpuStmt.CallTarget(true, Optional.of(EXPRESSIONS[0]).filter(all -> which == 0));
            case "Site" -> SITES[which];
            case "TextStore" -> new TextStore(SITES[which], 0, (byte) 0xcc);
            case "TextRead" -> new TextRead(SITES[which], 0, List.of(new byte[] {(byte) 0xcc}));
            case "List<Stmt>" -> List.of(STATEMENTS[which]);
            case "Routine" -> new Routine("r", List.of(STATEMENTS[which]), List.of());
            default -> throw new AssertionError("no values of " + part);
        };
    }

    /** An object of a record, whose part of some number has its second value; none has if there is no such part. */
    private static Object make(Class<?> kind, int other) {
        RecordComponent[] parts = kind.getRecordComponents();
        Object[] values = new Object[parts.length];
        Class<?>[] types = new Class<?>[parts.length];
        for (int i = 0; i < parts.length; i++) {
            types[i] = parts[i].getType();
            values[i] = value(parts[i], i == other ? 1 : 0);
        }
        try {
            return kind.getConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(kind.getName(), e);
        }
    }

    private static String dump(Object object) {
        if (object instanceof Expr expr) {
            return ExpressionDump.of(expr);
        }
        StatementDump out = new StatementDump(true);
        ((Stmt) object).accept(out);
        return out.text();
    }

    @ParameterizedTest
    @MethodSource({"statements", "expressions"})
    void eachPartIsInIt(Class<?> kind) {
        String before = dump(make(kind, -1));
        RecordComponent[] parts = kind.getRecordComponents();
        for (int i = 0; i < parts.length; i++) {
            String part = kind.getSimpleName() + "." + parts[i].getName();
            String after = dump(make(kind, i));
            if (FOR_READERS.contains(part)) {
                assertEquals(before, after, part);
            } else {
                assertNotEquals(before, after, part);
            }
        }
    }

    @Test
    void noTwoKindsLookAlike() {
        List<Class<?>> kinds = Stream.concat(statements(), expressions()).toList();
        TreeSet<String> words = new TreeSet<>();
        kinds.forEach(kind ->
                words.add(dump(make(kind, -1)).lines().findFirst().orElse("").replaceFirst("[ )].*", "")));
        // The words of a comment, of a constant and of operations are none of their kind.
        assertEquals(kinds.size(), words.size(), words::toString);
        assertTrue(kinds.size() > 55, "all of them are found");
    }

    @Test
    void eachOperationIsInIt() {
        List<String> all = new ArrayList<>();
        for (Expr.BinaryOp op : Expr.BinaryOp.values()) {
            all.add(ExpressionDump.of(new Expr.Binary(op, EXPRESSIONS[0], EXPRESSIONS[1])));
        }
        for (Expr.UnaryOp op : Expr.UnaryOp.values()) {
            all.add(ExpressionDump.of(new Expr.Unary(op, EXPRESSIONS[0])));
        }
        assertEquals(all.size(), all.stream().distinct().count());
    }

    @Test
    void eachPartOfWhatIsInStatementsIsInIt() {
        byte[] one = {(byte) 0xcc};
        distinct(
                poke(new TextStore(SITES[0], 0, one)),
                poke(new TextStore(SITES[0], 1, one)),
                poke(new TextStore(SITES[0], 0, (byte) 0xcd)),
                poke(new TextStore(SITES[0], 0, CODE[1])),
                poke(new TextStore(SITES[0], 0, one).inPlace()),
                poke(TextStore.single(8, SITES[0], 0, one)));
        distinct(
                load(new TextRead(SITES[0], 0, List.of(one))),
                load(new TextRead(SITES[0], 1, List.of(one))),
                load(new TextRead(SITES[0], 0, List.of(CODE[0]))),
                load(new TextRead(SITES[0], 0, List.of(one, new byte[] {0}))));
        distinct(
                new DataStmt.Assign("", LOCALS[0], EXPRESSIONS[0]),
                new DataStmt.Assign("", new Local(0, "l", -1, 3), EXPRESSIONS[0]),
                new DataStmt.Assign("", new Local(0, "l", 0, 4), EXPRESSIONS[0]),
                new DataStmt.Assign("", LOCALS[0], new Shared.Cell(VARS[0], EXPRESSIONS[0]).value()),
                new DataStmt.Assign("", LOCALS[0], new Shared.Cell(VARS[0], EXPRESSIONS[1]).value()));
        distinct(
                call(CpuStmt.CallTarget.ALL),
                call(CpuStmt.CallTarget.OTHERS),
                call(new CpuStmt.CallTarget(false, Optional.of(EXPRESSIONS[0]))),
                call(new CpuStmt.CallTarget(false, Optional.of(EXPRESSIONS[1]))));
        distinct(
                stop(new Routine("r", List.of(), List.of())),
                stop(new Routine("s", List.of(), List.of())),
                stop(new Routine("r", List.of(STATEMENTS), List.of())));
    }

    private static Stmt poke(TextStore store) {
        return new TextStmt.TextPoke("a", store);
    }

    private static Stmt load(TextRead read) {
        return new TextStmt.LoadText("a", LOCALS[0], read);
    }

    private static Stmt call(CpuStmt.CallTarget target) {
        return new CpuStmt.CallCpus("a", List.of(), new Routine("r", List.of(), List.of()), target, true);
    }

    private static Stmt stop(Routine elsewhere) {
        return new CpuStmt.StopMachine("a", List.of(), elsewhere);
    }

    private static void distinct(Stmt... statements) {
        List<String> dumps = Stream.of(statements).map(EveryPartTest::dump).toList();
        assertEquals(dumps.size(), dumps.stream().distinct().count(), dumps::toString);
    }
}
