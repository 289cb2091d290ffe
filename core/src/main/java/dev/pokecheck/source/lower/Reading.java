// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.protocol.Origin;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.source.lower.CObject.Kind;
import dev.pokecheck.source.syntax.TranslationUnit;
import dev.pokecheck.source.syntax.Variable;
import dev.pokecheck.source.token.Complaints;
import dev.pokecheck.source.token.Place;
import dev.pokecheck.source.token.SourceException;
import dev.pokecheck.source.token.SourceText.Role;
import dev.pokecheck.source.token.Token;
import dev.pokecheck.source.type.CType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** One reading of a file into one recording: what all its parts share. */
final class Reading {
    private static final int MOST_STATEMENTS = 20_000;

    final ProtocolBuilder builder;
    final TranslationUnit unit;
    final Ranges ranges;
    final Pointers pointers;
    final Writers writers;
    final CodeBytes code;
    final Unions unions;
    final SliceAccess slices;
    final Objects objects;
    final VersionBytes versions;
    final Choices choices;
    final TextAccess text;
    final Copies copies;
    final Access access;
    final OwnMemory memory;
    final PlaceReader places;
    final ExpressionReader expressions;
    final ConditionReader conditions;
    final CallReader calls;
    final StatementReader statements;
    final LoopReader loops;
    final Words words;

    private int read;

    /** What is wrong; only in the last reading. */
    private final Optional<Complaints> complaints;

    /** The tokens whose parts are being read, the innermost first. */
    private final Deque<Token> at = new ArrayDeque<>();

    private final Deque<Frame> frames = new ArrayDeque<>();
    private Optional<RoutineContext> routine = Optional.empty();

    Reading(
            ProtocolBuilder builder,
            TranslationUnit unit,
            Ranges ranges,
            Pointers pointers,
            Writers writers,
            CodeBytes code,
            UnionUses uses,
            Optional<Complaints> complaints) {
        this.builder = builder;
        this.unit = unit;
        this.ranges = ranges;
        this.pointers = pointers;
        this.writers = writers;
        this.code = code;
        this.complaints = complaints;
        builder.comeFrom(this::origin, this::way);
        unions = new Unions(uses);
        slices = new SliceAccess(this);
        objects = new Objects(this);
        versions = new VersionBytes(builder.setting());
        choices = new Choices(this);
        text = new TextAccess(this);
        copies = new Copies(this);
        access = new Access(this);
        memory = new OwnMemory(this);
        places = new PlaceReader(this);
        expressions = new ExpressionReader(this);
        conditions = new ConditionReader(this);
        calls = new CallReader(this);
        statements = new StatementReader(this);
        loops = new LoopReader(this);
        words = new Words(this);
        for (Variable variable : unit.variables().values()) {
            objects.declare(variable, variable.name());
        }
    }

    /** One more statement is read; how many a file comes to, with functions expanded and loops written out, is bounded. */
    void spend(Token at) {
        if (++read > MOST_STATEMENTS) {
            throw at.wrong(
                    "with functions expanded where they are called, this is more than " + MOST_STATEMENTS
                            + " statements",
                    "call less, or write loops that go on while the protocol runs");
        }
    }

    // ---- where it stands

    /** Reads what stands at a token: what is recorded meanwhile comes from there, but for parts that have a token of their own. */
    void at(Token token, Runnable part) {
        at.push(token);
        try {
            part.run();
        } catch (IllegalArgumentException e) {
            // What the recorder refuses is a mistake of whoever wrote it, at that place.
            throw new SourceException(place().orElse(token.use()), String.valueOf(e.getMessage()), "");
        } finally {
            at.pop();
        }
    }

    /** The same for what has a value. */
    <T> T valueAt(Token token, Supplier<T> part) {
        List<T> value = new ArrayList<>(1);
        at(token, () -> value.add(part.get()));
        return value.get(0);
    }

    /** The innermost place, of those that are being read, that the author of the file has written, which a header of ours is not. */
    private Optional<Place> place() {
        return at.stream()
                .map(Token::use)
                .filter(place -> place.source().role() != Role.HEADER)
                .findFirst();
    }

    /** Where what is being recorded comes from. */
    private Optional<Origin> origin() {
        return place().map(place -> new Origin(
                place.source().role() == Role.CATALOG ? Origin.Kind.CATALOG : Origin.Kind.C,
                place.source().name(),
                place.line(),
                place.column(),
                place.source().line(place.line()).strip()));
    }

    /** The statements and calls that are being read, from the innermost on. */
    private String way() {
        return at.stream().map(token -> token.spelled() + "@" + token.use()).collect(Collectors.joining(" "));
    }

    // ---- routines

    /** What is being recorded. */
    RoutineContext routine() {
        return routine.orElseThrow();
    }

    Recorder recorder() {
        return routine().recorder;
    }

    Knowledge knowledge() {
        return routine().knowledge;
    }

    /** Reads the parts of a routine, which runs the function there. */
    void in(RoutineContext context, Token function, Runnable body) {
        Optional<RoutineContext> outer = routine;
        routine = Optional.of(context);
        try {
            at(function, () -> FlagWords.begin(this));
            guarded(() -> at(function, body));
        } finally {
            routine = outer;
        }
    }

    /**
     * Reads what may come to an end in the middle: nothing behind that is reached. So it is with a mistake, which counts in the last reading only: before that not all values
     * are known, and a null pointer, say, may be one that will lead somewhere.
     */
    void guarded(Runnable part) {
        try {
            part.run();
        } catch (PlaceReader.DeadEnd e) {
            knowledge().die();
        } catch (SourceException e) {
            knowledge().die();
            complaints.ifPresent(all -> all.addAll(e));
        }
    }

    /** The same for a statement behind which reading goes on as if it were not there, so that several mistakes are said at once. */
    void tolerant(Runnable statement) {
        try {
            statement.run();
        } catch (PlaceReader.DeadEnd e) {
            knowledge().die();
        } catch (SourceException e) {
            complaints.ifPresent(all -> all.addAll(e));
        }
    }

    // ---- calls

    Frame frame() {
        return frames.element();
    }

    Deque<Frame> frames() {
        return frames;
    }

    /** The object that a name means here. */
    Optional<CObject> find(String name) {
        Optional<CObject> local = frames.isEmpty() ? Optional.empty() : frame().find(name);
        return local.or(() -> Optional.ofNullable(unit.variables().get(name))
                .map(variable -> objects.declare(variable, variable.name())));
    }

    /**
     * An object that only the present call has, unless it has handed its address to others. All calls of a function in a routine have the same ones, as never are two under
     * way.
     */
    CObject local(Token name, CType type) {
        CObject object = local(name, name.text(), type);
        frame().declare(name.text(), object);
        return object;
    }

    /** The same for one that has no name in the file. */
    CObject local(Token at, String name, CType type) {
        String key = routine().name + "/" + frame().function.name() + "/" + name + "@"
                + at.spelled().offset() + ":" + at.use().offset();
        return new CObject(name, key, type, pointers.escapes(key) ? Kind.ON_STACK : Kind.LOCAL);
    }
}
