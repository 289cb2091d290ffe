// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.source.lower.CValue.Num;
import dev.pokecheck.source.token.Token;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The routine that is being recorded: its recorder, its local variables, the names of its steps, and what is known at this point. */
final class RoutineContext {
    final Recorder recorder;
    final String name;
    /** The CPU that runs it. */
    final Num cpu;
    /** What is known where recording is. */
    final Knowledge knowledge = new Knowledge();

    private final Ranges ranges;
    private final Map<String, Local> locals = new TreeMap<>();
    private final Map<String, Integer> ordinals = new TreeMap<>();
    private final Deque<String> path = new ArrayDeque<>();
    private Optional<String> nextLabel = Optional.empty();
    private int blocks;
    private final Map<String, Deque<Local>> free = new TreeMap<>();
    private final Deque<Temporary> inUse = new ArrayDeque<>();

    /** One that is in use, and where it goes when it is free. */
    private record Temporary(Local local, Deque<Local> kind) {}

    RoutineContext(Recorder recorder, String name, Num cpu, Ranges ranges) {
        this.recorder = recorder;
        this.name = name;
        this.cpu = cpu;
        this.ranges = ranges;
    }

    /** Whether it is that of a thread, and not of a handler or of a function that another CPU calls. */
    boolean isThread() {
        return name.matches("thread[0-9]+");
    }

    // ---- local variables

    /** The name of a variable of this routine among all. */
    String full(String key) {
        return name + " " + key;
    }

    /** A local variable, with the values that it was seen to have. */
    Local local(String key, String shown) {
        return locals.computeIfAbsent(key, k -> {
            Interval range = ranges.of(full(k));
            return recorder.local(shown, (int) range.min(), (int) range.max());
        });
    }

    /** A local variable gets a value. */
    Local assign(Token at, String key, String shown, Num value) {
        ranges.add(full(key), value.range(), at.use());
        Local local = local(key, shown);
        recorder.assign(local, value.expr());
        return local;
    }

    /** A local variable for a value that nobody asks for once the present statement is done; the caller assigns it. */
    Local temporary(String shown, Interval range) {
        Deque<Local> kind = free.computeIfAbsent(shown + " " + range, k -> new ArrayDeque<>());
        Local local = kind.isEmpty() ? recorder.local(shown, (int) range.min(), (int) range.max()) : kind.pop();
        inUse.push(new Temporary(local, kind));
        return local;
    }

    /** How many temporary variables are in use. */
    int temporaries() {
        return inUse.size();
    }

    /** Frees those that came into use since there were so many. */
    void freeTemporaries(int before) {
        while (inUse.size() > before) {
            Temporary temporary = inUse.pop();
            temporary.kind().push(temporary.local());
        }
    }

    // ---- names

    /** The name of the next step. */
    String label(String operation, String object) {
        String base = (object.isEmpty() ? operation : operation + "." + object).replaceAll("[^A-Za-z0-9._-]", "-");
        String given = nextLabel.orElse(base);
        nextLabel = Optional.empty();
        return numbered(given);
    }

    /** The name of a step, with a number if it is not the first of this name in this call. */
    private String numbered(String base) {
        int ordinal = ordinals.merge(String.join("/", path) + "//" + base, 1, Integer::sum);
        return ordinal == 1 ? base : base + "." + ordinal;
    }

    /** The author names the next step. */
    void nameNext(String label) {
        nextLabel = Optional.of(label);
    }

    /** A name for a block. */
    String blockName(String what) {
        return what + blocks++;
    }

    void enter(String label) {
        path.addLast(label);
    }

    void leave() {
        path.removeLast();
    }

    /** The calls around this point. */
    String path() {
        return String.join("/", path);
    }
}
