// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Origin;
import dev.pokecheck.protocol.Places;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.protocol.Setting;
import dev.pokecheck.source.lower.CObject.Kind;
import dev.pokecheck.source.syntax.TranslationUnit;
import dev.pokecheck.source.syntax.Variable;
import dev.pokecheck.source.token.Place;
import dev.pokecheck.source.token.SourceException;
import dev.pokecheck.source.token.SourceText.Role;
import dev.pokecheck.source.token.Token;
import dev.pokecheck.source.type.CType;
import dev.pokecheck.text.Site;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** A file that is read into a recording, as often as it takes: what all its parts share. */
final class Reading {
    private static final int MOST_STATEMENTS = 20_000;

    /** So many variables of the calls of a routine are kept track of, as each branch takes a look at all. */
    private static final int MOST_KNOWN = 2_000;

    /** So much is kept track of, counted for each statement and branch: a branch copies it. */
    private static final int MOST_COPIED = 10_000_000;

    /** So deep statements, expressions, branches and calls may nest, where a statement or expression counts 1: with it a stack of 512 kB is not used up. */
    private static final int MOST_DEEP = 500;

    /** After so many the rest would be noise. */
    private static final int MOST_WRONG = 1000;

    final TranslationUnit unit;
    final Setting setting;
    final Places addresses;
    final Ranges ranges;
    final Pointers pointers;
    final Writers writers;
    final CodeBytes code;
    final Unions unions;
    final SliceAccess slices;
    final PlainAccesses plain;
    final Objects objects;
    final VersionBytes versions;
    final Choices choices;
    final TextAccess text;
    final Copies copies;
    final Access access;
    final OwnMemory memory;
    final PlaceReader places;
    final ExpressionTypes types;
    final UnsignedArithmetic unsigned;
    final ExpressionReader expressions;
    final PointerArithmetic arithmetic;
    final ConditionReader conditions;
    final CallReader calls;
    final StatementReader statements;
    final LoopReader loops;
    final RoundEnds rounds;
    final Moments moments = new Moments();
    final Operands operands = new Operands(this);
    final Words words;

    private final List<Expr> siteAddresses;
    private ProtocolBuilder builder;
    private int read;
    private int copied;
    private int depth;

    /** What is wrong, as far as is known in this reading. */
    private final List<SourceException> wrong = new ArrayList<>();

    /** The tokens whose parts are being read, the innermost first. */
    private final Deque<Token> at = new ArrayDeque<>();

    private final Deque<Frame> frames = new ArrayDeque<>();
    private Optional<RoutineContext> routine = Optional.empty();

    /**
     * Nothing is read yet.
     *
     * @param isChanged whether plain accesses are those that a compiler may make of the file
     */
    Reading(ProtocolBuilder builder, TranslationUnit unit, Ranges ranges, boolean isChanged) {
        this.builder = builder;
        this.unit = unit;
        this.ranges = ranges;
        setting = builder.setting();
        addresses = setting.places();
        siteAddresses = setting.sites().stream().map(builder::addressOf).toList();
        versions = new VersionBytes(setting);
        pointers = new Pointers(ranges, versions.beyond() + 1);
        writers = new Writers(ranges);
        code = new CodeBytes(setting, ranges);
        unions = new Unions(new UnionUses(ranges));
        slices = new SliceAccess(this);
        plain = new PlainAccesses(this, new PlainUses(ranges, isChanged));
        objects = new Objects(this);
        choices = new Choices(this);
        text = new TextAccess(this);
        copies = new Copies(this);
        access = new Access(this);
        memory = new OwnMemory(this);
        places = new PlaceReader(this);
        types = new ExpressionTypes(this);
        unsigned = new UnsignedArithmetic(types);
        expressions = new ExpressionReader(this);
        arithmetic = new PointerArithmetic(this);
        conditions = new ConditionReader(this);
        calls = new CallReader(this);
        statements = new StatementReader(this);
        loops = new LoopReader(this);
        rounds = new RoundEnds(this);
        words = new Words(this);
    }

    /** Reading begins, into a builder in which nothing of the file is recorded. */
    void begin(ProtocolBuilder into) {
        builder = into;
        builder.comeFrom(this::origin, this::way);
        builder.partsOfWords(() -> !at.isEmpty() && at.element().use().source().role() == Role.HEADER);
        read = 0;
        copied = 0;
        depth = 0;
        wrong.clear();
        at.clear();
        frames.clear();
        routine = Optional.empty();
        objects.begin();
        plain.begin();
        moments.begin();
        for (Variable variable : unit.variables().values()) {
            objects.declare(variable, variable.name());
        }
    }

    /** The address of a site, as the builder gives it. */
    Expr addressOf(Site site) {
        return siteAddresses.get(site.index());
    }

    /** Where the present reading is recorded. */
    ProtocolBuilder builder() {
        return builder;
    }

    /** What was found wrong in the present reading. */
    List<SourceException> wrong() {
        return wrong;
    }

    private void wrong(SourceException mistake) {
        if (wrong.size() < MOST_WRONG) {
            wrong.add(mistake);
        }
    }

    /** One more statement or branch is read; how many a file comes to, with functions expanded and loops written out, is bounded. */
    void spend(Token at) {
        if (++read > MOST_STATEMENTS) {
            throw at.wrong(
                    "with functions expanded where they are called, this is more than " + MOST_STATEMENTS
                            + " statements",
                    "call less, or write loops that go on while the protocol runs");
        }
        copied += routine.isPresent() ? knowledge().size() : 0;
        if (copied > MOST_COPIED) {
            throw at.wrong(
                    "with functions expanded where they are called, these are too many statements of too many variables",
                    "call less, or make variables static that need not be ones of calls");
        }
        if (routine.isPresent() && knowledge().size() > MOST_KNOWN) {
            throw at.wrong(
                    "more than " + MOST_KNOWN + " variables of functions, with each element of their arrays",
                    "make large ones static");
        }
    }

    /**
     * What follows lies deeper. How deep is bounded, as the stack is on which this reads; each kind of nesting counts by the room that it takes there.
     *
     * @param at what is refused if that is too deep
     * @param by how much deeper; {@link #shallower} takes it back
     */
    void deeper(Token at, int by) {
        if (depth + by > MOST_DEEP) {
            throw at.wrong(
                    "with functions expanded where they are called, this nests too deep",
                    "call less deep, or cut it into statements one after the other");
        }
        depth += by;
    }

    void shallower(int by) {
        depth -= by;
    }

    // ---- where it stands

    /** Reads what stands at a token: what is recorded meanwhile comes from there, but for parts that have a token of their own. */
    void at(Token token, Runnable part) {
        at.push(token);
        try {
            part.run();
        } catch (IllegalArgumentException e) {
            throw refused(token, e);
        } finally {
            at.pop();
        }
    }

    /** What the recorder refuses is a mistake of whoever wrote it, at that place. */
    private SourceException refused(Token token, IllegalArgumentException problem) {
        return new SourceException(place().orElse(token.use()), String.valueOf(problem.getMessage()), "");
    }

    /** The same for what has a value. */
    <T> T valueAt(Token token, Supplier<T> part) {
        at.push(token);
        try {
            return part.get();
        } catch (IllegalArgumentException e) {
            throw refused(token, e);
        } finally {
            at.pop();
        }
    }

    /** The innermost place, of those that are being read, that the author of the file has written, which a header of ours is not. */
    private Optional<Place> place() {
        for (Token token : at) {
            if (token.use().source().role() != Role.HEADER) {
                return Optional.of(token.use());
            }
        }
        return Optional.empty();
    }

    /** Where what is being recorded comes from. */
    private Supplier<Optional<Origin>> origin() {
        Optional<Place> now = place();
        return () -> now.map(place -> new Origin(
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

    /** Whether a routine is being recorded, and not the file's variables declared. */
    boolean isInRoutine() {
        return routine.isPresent();
    }

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
            at(function, () -> plain.barrier(function));
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
            wrong(e);
        }
    }

    /** The same for a statement behind which reading goes on as if it were not there, so that several mistakes are said at once. */
    void tolerant(Runnable statement) {
        try {
            statement.run();
        } catch (PlaceReader.DeadEnd e) {
            knowledge().die();
        } catch (SourceException e) {
            wrong(e);
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
        if (local.isPresent()) {
            return local;
        }
        Variable variable = unit.variables().get(name);
        return variable == null ? Optional.empty() : Optional.of(objects.declare(variable, variable.name()));
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
