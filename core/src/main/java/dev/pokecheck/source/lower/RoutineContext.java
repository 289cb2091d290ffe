// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.protocol.Uses;
import dev.pokecheck.source.lower.CValue.Num;
import dev.pokecheck.source.token.Token;
import dev.pokecheck.text.Site;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The routine that is being recorded: its recorder, its local variables, the names of its steps, and what is known at this point. */
final class RoutineContext {
    final Recorder recorder;
    final String name;
    /** The CPU that runs it. */
    final Num cpu;
    /** What is known where recording is. */
    final Knowledge knowledge = new Knowledge();

    private final Ranges ranges;
    private final boolean isThread;
    private final Map<String, Local> locals = new LinkedHashMap<>();
    /** The keys of the local variables. */
    private final Map<Local, String> keys = new LinkedHashMap<>();

    private final Map<String, Integer> ordinals = new LinkedHashMap<>();
    private final Set<String> used = new LinkedHashSet<>();
    /** For each call around this point, the names of it and of those around it. */
    private final Deque<String> path = new ArrayDeque<>();
    /** For each call of the path, the site whose address it is given. */
    private final Deque<Optional<Site>> sites = new ArrayDeque<>();

    private Optional<String> nextLabel = Optional.empty();
    private int loops;
    private int blocks;
    private final Set<String> blockNames = new LinkedHashSet<>();
    private final Map<String, Deque<Local>> free = new LinkedHashMap<>();
    private final Deque<Temporary> inUse = new ArrayDeque<>();

    /** One that is in use, and where it goes when it is free. */
    private record Temporary(Local local, Deque<Local> kind) {}

    /** What it knows of variables of the routine that started it, and has made use of. */
    private final Map<String, CObject> borrowed = new LinkedHashMap<>();

    RoutineContext(Recorder recorder, String name, Num cpu, Ranges ranges) {
        this.recorder = recorder;
        this.name = name;
        this.cpu = cpu;
        this.ranges = ranges;
        isThread = name.matches("thread[0-9]+");
    }

    /** Whether it is that of a thread, and not of a handler or of a function that another CPU calls. */
    boolean isThread() {
        return isThread;
    }

    /** A loop begins that goes round while the protocol runs. */
    void enterLoop() {
        loops++;
    }

    void leaveLoop() {
        loops--;
    }

    /** Whether the protocol may come here more than once. */
    boolean isRepeated() {
        return loops > 0 || !isThread;
    }

    // ---- local variables

    /** The name of a variable of this routine among all. */
    String full(String key) {
        return name + " " + key;
    }

    /** The full name of something that is of one place of the file, for the call that is being read. */
    String full(Token at, String key) {
        return full(path() + "/" + at.spelled().offset() + ":" + at.use().offset() + " " + key);
    }

    /** A local variable, with the values that it was seen to have. */
    Local local(String key, String shown) {
        return locals.computeIfAbsent(key, k -> {
            Interval range = ranges.of(full(k));
            Local local = recorder.local(shown, (int) range.min(), (int) range.max());
            keys.put(local, k);
            return local;
        });
    }

    /** Whether a value is said by local variables that a store to a place has changed. */
    boolean isSaidBy(CPlace place, CValue value) {
        return place.object().kind() == CObject.Kind.LOCAL && saying(value).anyMatch(key -> isPart(place, key));
    }

    /** The keys of the local variables by which a value is said. */
    Stream<String> saying(CValue value) {
        Stream<Expr> said = value instanceof Num number
                ? Stream.of(number.expr())
                : value instanceof CValue.Numbered pointer
                        ? Stream.of(pointer.number().expr())
                        : value instanceof CValue.ToObject pointer
                                ? Stream.of(pointer.place().index().expr())
                                : Stream.empty();
        return said.flatMap(expr -> Uses.of(expr).locals()).map(keys::get).filter(Objects::nonNull);
    }

    private static boolean isPart(CPlace place, String key) {
        String object = place.object().key();
        boolean isOfFirst = key.startsWith(object)
                && (key.length() == object.length() || ".[ ".indexOf(key.charAt(object.length())) >= 0);
        return isOfFirst
                || place.other().filter(other -> isPart(other.place(), key)).isPresent();
    }

    /** A local variable is read while the protocol runs, so that it has to be assigned also where its value is known. */
    Local read(String key, String shown) {
        ranges.keep(full(key));
        return local(key, shown);
    }

    /** Whether a local variable is read while the protocol runs. */
    boolean isRead(String key) {
        return ranges.isKept(full(key));
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
        Deque<Local> kind =
                free.computeIfAbsent(shown + " " + range.min() + " " + range.max(), k -> new ArrayDeque<>());
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

    /** Whether a local variable is one of this routine, and none of the one that started it. */
    boolean owns(CObject local) {
        return local.key().startsWith(name + "/");
    }

    /** Makes use of what is known of a variable of the routine that started this one. */
    void borrow(String slot, CObject local) {
        borrowed.put(slot, local);
    }

    /** The variables of the routine that started this one whose values here are no longer those there. */
    List<CObject> changed(Knowledge there) {
        return borrowed.entrySet().stream()
                .filter(entry -> !knowledge.of(entry.getKey()).equals(there.of(entry.getKey())))
                .map(Map.Entry::getValue)
                .toList();
    }

    // ---- names

    /** The name of the next step: what the author calls it, or else the operation and the object that it is on. */
    String label(String operation, String object) {
        return numbered(takeName().orElseGet(() -> named(operation, object)));
    }

    /** The name of the next step, or call, that is on a site: the site belongs to the name, whatever the author calls the operation, unless the call around it has it. */
    String siteLabel(String operation, Site site) {
        boolean isNamed = Optional.ofNullable(sites.peekLast())
                .flatMap(around -> around)
                .filter(site::equals)
                .isPresent();
        return numbered(named(takeName().orElse(operation), isNamed ? "" : site.name()));
    }

    /** The name of a call; empty if the author wants its steps to be named as if they stood here. */
    String callLabel(String function, Optional<Site> site) {
        if (nextLabel.filter(String::isEmpty).isPresent()) {
            nextLabel = Optional.empty();
            return "";
        }
        return site.isPresent() ? siteLabel(function, site.get()) : label(function, "");
    }

    private Optional<String> takeName() {
        Optional<String> given = nextLabel;
        nextLabel = Optional.empty();
        return given;
    }

    private static String named(String operation, String object) {
        return lettered(object.isEmpty() ? operation : operation + "." + object);
    }

    /** With a dash for each character that no label has. */
    private static String lettered(String name) {
        StringBuilder label = new StringBuilder(name);
        for (int i = 0; i < label.length(); i++) {
            char c = label.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            // A character of two units is one.
            if (Character.isHighSurrogate(c)
                    && i + 1 < label.length()
                    && Character.isLowSurrogate(label.charAt(i + 1))) {
                label.deleteCharAt(i + 1);
            }
            if (!letter && c != '.' && c != '_' && c != '-') {
                label.setCharAt(i, '-');
            }
        }
        return label.toString();
    }

    /** The name of a step, with a number if it is not the first of this name in this call. */
    private String numbered(String wanted) {
        String base = path.isEmpty() && Recorder.isEvent(wanted) ? wanted + "_" : wanted;
        String prefix = path() + "//";
        String name = base;
        // Another step may have the name that this one would get by its number.
        for (boolean isNew = false; !isNew; isNew = used.add(prefix + name)) {
            int ordinal = ordinals.merge(prefix + base, 1, Integer::sum);
            name = ordinal == 1 ? base : base + "." + ordinal;
        }
        return name;
    }

    /** The author names the next step. */
    void nameNext(String label) {
        nextLabel = Optional.of(lettered(label));
    }

    /** A name that no other block of the routine has. */
    String blockName(String what) {
        String name = what + blocks++;
        while (!blockNames.add(name)) {
            name = what + blocks++;
        }
        return name;
    }

    void enter(String label, Optional<Site> site) {
        path.addLast(path.isEmpty() ? label : path() + "/" + label);
        sites.addLast(site);
    }

    void leave() {
        path.removeLast();
        sites.removeLast();
    }

    /** The calls around this point. */
    String path() {
        String innermost = path.peekLast();
        return innermost == null ? "" : innermost;
    }
}
