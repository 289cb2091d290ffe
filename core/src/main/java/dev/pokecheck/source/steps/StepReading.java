// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.steps;

import dev.pokecheck.protocol.Origin;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.source.syntax.CExpr;
import dev.pokecheck.source.syntax.CFunction;
import dev.pokecheck.source.syntax.CStmt;
import dev.pokecheck.source.syntax.TranslationUnit;
import dev.pokecheck.source.token.Complaint;
import dev.pokecheck.source.token.Place;
import dev.pokecheck.source.token.SourceException;
import dev.pokecheck.source.token.Token;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** One reading of a file: what all its routines share. */
final class StepReading {
    /** Functions that several statements name are read for each of them. */
    private static final int MOST_STATEMENTS = 20_000;

    /** After so many mistakes the rest would be noise. */
    private static final int MOST_WRONG = 20;

    final ProtocolBuilder builder;
    final StepData data;
    final StepVocabulary vocabulary = new StepVocabulary();

    private final TranslationUnit unit;
    private final List<Complaint> wrong = new ArrayList<>();
    private final Deque<CFunction> open = new ArrayDeque<>();
    private final Set<String> read = new TreeSet<>();
    /** The statements that are being read, from the innermost on. */
    private final Deque<Place> at = new ArrayDeque<>();

    private int statements;

    StepReading(ProtocolBuilder builder, TranslationUnit unit) {
        this.builder = builder;
        this.unit = unit;
        builder.comeFrom(
                () -> {
                    Optional<Place> now = Optional.ofNullable(at.peek());
                    return () -> now.map(StepReading::origin);
                },
                () -> at.stream().map(Place::toString).collect(Collectors.joining(" ")));
        data = new StepData(this);
        data.declare(unit);
    }

    // ---- routines

    /** What records a routine. */
    Consumer<Recorder> routine(CFunction function, boolean isBreakpoint) {
        read.add(function.name());
        return recorder -> {
            if (open.contains(function)) {
                throw function.at().wrong("the function " + function.name() + " waits for itself", "");
            }
            open.push(function);
            try {
                new StepStatements(this, recorder, isBreakpoint)
                        .body(function.body().orElseThrow());
            } finally {
                open.pop();
            }
        };
    }

    /** What is asked of the protocol. */
    void model(CFunction function) {
        read.add(function.name());
        StepModel model = new StepModel(this);
        for (CStmt stmt : function.body().orElseThrow().statements()) {
            guarded(stmt.at(), () -> model.fact(stmt));
        }
    }

    /** A function that a statement names. */
    CFunction function(CExpr name) {
        Optional<CFunction> found = name instanceof CExpr.Name named ? unit.defined(named.text()) : Optional.empty();
        return found.orElseThrow(
                () -> name.at().wrong("there is no function " + name.at().quoted(), "define it"));
    }

    /** Refuses functions that are named as routines, and are none of this scenario. */
    void refuseOthers(String prefix) {
        for (CFunction function : unit.functions().values()) {
            if (function.name().startsWith(prefix) && !read.contains(function.name())) {
                wrong(
                        function.at().use(),
                        "nothing of this scenario runs " + function.name() + "()",
                        "a file of steps is for the scenario that it was shown for, and this one has CPUs 0.."
                                + (builder.setting().cpus() - 1));
            }
        }
    }

    private static Origin origin(Place place) {
        return new Origin(
                Origin.Kind.C,
                place.source().name(),
                place.line(),
                place.column(),
                place.source().line(place.line()).strip());
    }

    // ---- mistakes

    /** Reads a part; what is wrong with it is kept, and the next is read. Returns whether it is as it should be. */
    boolean guarded(Token at, Runnable part) {
        if (wrong.size() >= MOST_WRONG) {
            return false;
        }
        this.at.push(at.use());
        try {
            spend(at);
            part.run();
            return true;
        } catch (SourceException e) {
            wrong.addAll(e.complaints());
        } catch (IllegalArgumentException e) {
            // A rule of statements that the recorder or the scenario has.
            wrong(at.use(), String.valueOf(e.getMessage()), "");
        } finally {
            this.at.pop();
        }
        return false;
    }

    private void spend(Token at) {
        if (++statements > MOST_STATEMENTS) {
            throw at.wrong(
                    "more than " + MOST_STATEMENTS + " statements, with functions read where they are named", "");
        }
    }

    void wrong(Place place, String what, String remedy) {
        wrong.add(new Complaint(place, what, remedy));
    }

    void throwIfAnyWrong() {
        if (!wrong.isEmpty()) {
            throw new SourceException(wrong.subList(0, Math.min(MOST_WRONG, wrong.size())));
        }
    }
}
