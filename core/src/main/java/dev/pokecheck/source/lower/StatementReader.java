// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.source.lower.CObject.Kind;
import dev.pokecheck.source.lower.CValue.Num;
import dev.pokecheck.source.syntax.CExpr;
import dev.pokecheck.source.syntax.CStmt;
import dev.pokecheck.source.syntax.Initializer;
import dev.pokecheck.source.syntax.Variable;
import dev.pokecheck.source.syntax.Variable.Storage;
import dev.pokecheck.source.token.Token;
import dev.pokecheck.source.type.ArrayType;
import dev.pokecheck.source.type.CType;
import dev.pokecheck.source.type.RangedType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What statements do. */
final class StatementReader {
    /** How deep a block that can be left is. */
    private static final int BLOCK = 3;

    /** Of objects of so many bytes it is kept track which parts have got a value. */
    private static final int MOST_TRACKED = 512;

    private final Reading reading;

    StatementReader(Reading reading) {
        this.reading = reading;
    }

    /** A block with variables of its own. */
    void block(CStmt.Block block) {
        Frame frame = reading.frame();
        frame.enter();
        try {
            list(block.statements());
            if (!reading.knowledge().isDead()) {
                frame.livesWithin(frame.scopes() - 1).forEach(this::end);
            }
        } finally {
            frame.leave();
        }
    }

    /** Statements one after the other, as far as they can be reached; labels among them can be gone to from those before and behind. */
    void list(List<CStmt> statements) {
        units(Unit.of(statements));
    }

    private void units(List<Unit> units) {
        int label = units.size() - 1;
        while (label >= 0 && units.get(label).label().isEmpty()) {
            label--;
        }
        if (label >= 0) {
            int before = label;
            String name = units.get(label).label().get().text();
            leavable("goto " + name, name, () -> units(units.subList(0, before)));
        }
        for (Unit unit : units.subList(Math.max(0, label), units.size())) {
            if (unit.repeats() && !reading.knowledge().isDead()) {
                reading.loops.again(unit.label().orElseThrow(), unit.statements());
                continue;
            }
            for (CStmt statement : unit.statements()) {
                if (!reading.knowledge().isDead()) {
                    statement(statement);
                }
            }
        }
    }

    /** Statements whose end can be gone to from inside. */
    void leavable(String kind, String what, Runnable body) {
        String block = reading.routine().blockName(what);
        Frame frame = reading.frame();
        reading.deeper(frame.function.at(), BLOCK);
        Frame.Exit exit = frame.open(kind, block);
        try {
            reading.recorder().block(block, body);
        } finally {
            frame.close();
            reading.shallower(BLOCK);
        }
        reading.knowledge().join(exit.knowledge());
    }

    /** Goes to the end of the innermost such block. */
    void leave(Token at, String kind, String remedy) {
        Frame.Exit exit = reading.frame()
                .exit(kind)
                .orElseThrow(() -> at.wrong("there is nowhere to go from here with '" + kind + "'", remedy));
        reading.frame().livesWithin(exit.scopes()).forEach(this::end);
        exit.knowledge().join(reading.knowledge());
        reading.recorder().leave(exit.block());
        reading.knowledge().die();
    }

    void statement(CStmt stmt) {
        int temporaries = reading.routine().temporaries();
        int kept = reading.moments.kept();
        reading.spend(stmt.at());
        reading.deeper(stmt.at(), 1);
        try {
            reading.at(stmt.at(), () -> {
                if (stmt instanceof CStmt.Evaluate evaluate) {
                    reading.tolerant(() -> reading.expressions.value(evaluate.value()));
                } else {
                    reading.guarded(() -> read(stmt));
                }
            });
        } finally {
            reading.shallower(1);
            reading.moments.forget(kept);
        }
        reading.routine().freeTemporaries(temporaries);
    }

    private void read(CStmt stmt) {
        if (stmt instanceof CStmt.Block block) {
            block(block);
        } else if (stmt instanceof CStmt.Declare declare) {
            declare.variables().forEach(this::declare);
        } else if (stmt instanceof CStmt.Choice choice) {
            Num condition = reading.conditions.condition(choice.condition());
            reading.conditions.branch(
                    choice.condition(),
                    condition,
                    () -> statement(choice.yes()),
                    () -> choice.no().ifPresent(this::statement));
        } else if (stmt instanceof CStmt.Return value) {
            reading.calls.leave(value.at(), value.value().map(expr -> returned(value.at(), expr)));
        } else {
            jumps(stmt);
        }
    }

    private void jumps(CStmt stmt) {
        if (stmt instanceof CStmt.Break) {
            leave(stmt.at(), "break", "it stands in no loop and no switch");
        } else if (stmt instanceof CStmt.Continue) {
            leave(stmt.at(), "continue", "it stands in no loop");
        } else if (stmt instanceof CStmt.Goto jump) {
            leave(
                    stmt.at(),
                    "goto " + jump.label().text(),
                    "a goto leads to a label in a block around it, and not into a loop or block");
        } else if (stmt instanceof CStmt.Switch choice) {
            new SwitchReader(reading).read(choice);
        } else if (!(stmt instanceof CStmt.Nothing) && !(stmt instanceof CStmt.Label)) {
            reading.loops.loop(stmt);
        }
    }

    // ---- variables

    private void declare(Variable variable) {
        if (variable.storage() != Storage.AUTOMATIC) {
            String function = reading.frame().function.name();
            reading.frame().declare(variable.name(), reading.objects.declareIn(function, variable));
            return;
        }
        CType type = variable.range()
                .map(range -> (CType) new RangedType(variable.type(), range.min(), range.max()))
                .orElse(variable.type());
        CObject object = reading.local(variable.at(), type);
        if (object.kind() == CObject.Kind.LOCAL) {
            // What it is initialised with may name it (C17, 6.2.1), as in sizeof(*p); it has no value yet.
            reading.knowledge().forgetAll(object);
            uninitialised(variable.at(), object, PlaceReader.whole(object));
        }
        Optional<CValue> value = variable.initializer()
                .filter(Initializer.Value.class::isInstance)
                .map(initializer -> initial(type, (Initializer.Value) initializer));
        CPlace whole = begin(object);
        if (value.isPresent()) {
            reading.access.store(variable.at(), whole, value.get(), false);
        } else {
            variable.initializer()
                    .ifPresentOrElse(
                            initializer -> members(whole, initializer),
                            () -> uninitialised(variable.at(), object, whole));
        }
    }

    private CValue returned(Token at, CExpr expr) {
        return reading.expressions.value(
                at, expr, reading.frame().function.type().result());
    }

    /** The value of what a variable or a part of it is initialised with. */
    private CValue initial(CType type, Initializer.Value initializer) {
        if (type.plain() instanceof ArrayType && initializer.value() instanceof CExpr.Text) {
            throw initializer
                    .at()
                    .wrong("a string in the place of a list in braces", "write its bytes: { 'a', 'b', 0 }");
        }
        return reading.expressions.value(initializer.at(), initializer.value(), type);
    }

    /** A compound literal (C17, 6.5.2.5): an object that lives as long as the block that it stands in, and gets its values each time that it is come to. */
    CPlace literal(CExpr.Compound literal) {
        if (literal.type().plain() instanceof ArrayType array && array.length() < 0) {
            throw literal.at().wrong("an array of no length", "write how many elements it has");
        }
        CPlace whole = begin(reading.local(literal.at(), "literal", literal.type()));
        members(whole, literal.value());
        return whole;
    }

    /** A value that has no name, in a variable of its own. */
    CPlace temporary(Token at, CType type, CValue value) {
        CPlace whole = begin(reading.local(at, "value", type));
        reading.access.store(at, whole, value, false);
        return whole;
    }

    /** A local object comes to be; what was known of one that was there before is not of it. */
    private CPlace begin(CObject object) {
        if (object.kind() == Kind.ON_STACK) {
            reading.recorder().begin(reading.routine().label("begin", object.name()), reading.objects.living(object));
            reading.frame().lives(object);
        }
        reading.knowledge().forgetAll(object);
        return PlaceReader.whole(object);
    }

    private void uninitialised(Token at, CObject object, CPlace whole) {
        if (object.kind() == CObject.Kind.LOCAL && whole.type().size() <= MOST_TRACKED) {
            LocalParts.of(at, whole, reading.unions)
                    .forEach(place ->
                            reading.knowledge().put(LocalAccess.slot(at, place), CValue.Uninitialised.UNINITIALISED));
        }
    }

    /** An object on the stack is gone. */
    void end(CObject object) {
        reading.recorder().end(reading.routine().label("end", object.name()), reading.objects.living(object));
    }

    /** Members that are not named are 0. */
    private void members(CPlace whole, Initializer initializer) {
        Set<String> given = new TreeSet<>();
        InitialValues.walk("", whole.type(), initializer, reading.types, (path, type, value) -> {
            CPlace place = LocalParts.at(whole, path);
            Optional<Unions.Slice> slice = reading.unions.slice(value.at(), place);
            given.add(LocalParts.name(slice.map(Unions.Slice::cell).orElse(place)));
        });
        LocalParts.of(initializer.at(), whole, reading.unions).stream()
                .filter(place -> !given.contains(LocalParts.name(place)))
                .forEach(place -> {
                    reading.spend(initializer.at());
                    reading.access.store(initializer.at(), place, Num.of(0), false);
                });
        Map<CPlace, Num> inParts = new LinkedHashMap<>();
        InitialValues.walk("", whole.type(), initializer, reading.types, (path, type, value) -> {
            CPlace place = LocalParts.at(whole, path);
            CValue initial = initial(type, value);
            Optional<Unions.Slice> slice = reading.unions.slice(value.at(), place);
            if (slice.filter(part -> !part.isWhole()).isEmpty()) {
                reading.access.store(value.at(), place, initial, false);
                return;
            }
            Num part = reading.access.number(value.at(), initial);
            CPlace cell = slice.get().cell();
            Num before = inParts.getOrDefault(cell, Num.of(0));
            inParts.put(cell, reading.slices.with(value.at(), before, slice.get(), part));
        });
        inParts.forEach((cell, value) -> reading.access.store(initializer.at(), cell, value, false));
    }
}
