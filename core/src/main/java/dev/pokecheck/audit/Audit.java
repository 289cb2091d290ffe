// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.audit;

import dev.pokecheck.audit.CompiledAccesses.Found;
import dev.pokecheck.insn.MemoryAccess.Kind;
import dev.pokecheck.objectfile.ObjectFile;
import dev.pokecheck.protocol.Protocol;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The comparison of a protocol with an object file. */
public final class Audit {
    private final SourceAccesses source;
    private final CompiledAccesses code;
    private final Map<SharedAccess, List<Found>> compiled = new TreeMap<>();
    private final List<String> differences = new ArrayList<>();
    private final Set<String> unmatched = new TreeSet<>(Comparator.comparing(Audit::sortable));
    private int compared;

    private Audit(Protocol protocol, ObjectFile file) {
        source = SourceAccesses.of(protocol);
        code = CompiledAccesses.of(file);
        code.found()
                .forEach(it -> compiled.computeIfAbsent(it.access(), key -> new ArrayList<>())
                        .add(it));
    }

    /**
     * Compares.
     *
     * @throws dev.pokecheck.objectfile.ObjectFileException if the file has no line numbers
     */
    public static Audit of(Protocol protocol, ObjectFile file) {
        Audit audit = new Audit(protocol, file);
        audit.compare();
        return audit;
    }

    /** What the compiler has done otherwise, each with {@code file:line:column:} before it. */
    public List<String> differences() {
        return List.copyOf(differences);
    }

    /** What could not be matched, and why, each with {@code file:line:column:} before it, or {@code file:line:} where it is an instruction. */
    public List<String> unmatched() {
        return List.copyOf(unmatched);
    }

    /** How many accesses of the source were compared. */
    public int compared() {
        return compared;
    }

    private void compare() {
        source.columns().forEach((access, columns) -> {
            if (!code.hasCodeOf(access.file())) {
                unmatched.add(source.place(access) + access.text() + ": no code in the object file comes from "
                        + access.file());
            } else {
                compared++;
                compare(access, columns.size());
            }
        });
        code.unnamed().stream()
                .filter(it -> source.files().contains(it.file()))
                .forEach(it -> unmatched.add(
                        source.place(it.file(), it.line()) + " " + it.why() + ", in " + it.function() + "()"));
    }

    private void compare(SharedAccess access, int count) {
        List<Found> all = found(access);
        if (all.isEmpty()) {
            dropped(access);
            return;
        }
        Map<String, Integer> perFunction = new TreeMap<>();
        all.forEach(it -> perFunction.merge(it.function(), 1, Integer::sum));
        perFunction.forEach((function, times) -> {
            if (times > count) {
                differences.add(source.place(access) + access.text() + ": repeated: " + times + " instructions of "
                        + function + "() do it, and the line does it " + times(count));
            }
        });
        if (source.isInLoop(access) && all.stream().noneMatch(Found::isInLoop)) {
            differences.add(
                    source.place(access) + access.text() + ": moved: it stands in a loop, and its instruction in "
                            + all.get(0).function() + "() in none");
        }
        all.forEach(this::order);
    }

    /** The instructions of an access. A load and a store of one line may be one instruction, and an atomic exchange is one of both. */
    private List<Found> found(SharedAccess access) {
        List<Found> all = new ArrayList<>(compiled.getOrDefault(access, List.of()));
        if (access.kind() != Kind.UPDATE) {
            all.addAll(compiled.getOrDefault(as(access, Kind.UPDATE), List.of()));
        }
        return all;
    }

    private static SharedAccess as(SharedAccess access, Kind kind) {
        return new SharedAccess(access.file(), access.line(), kind, access.object());
    }

    private void dropped(SharedAccess access) {
        boolean mayBeUnnamed =
                code.unnamed().stream().anyMatch(it -> it.file().equals(access.file()) && it.line() == access.line());
        if (mayBeUnnamed) {
            unmatched.add(source.place(access) + access.text()
                    + ": no instruction of the line names it; one goes through a register");
        } else {
            differences.add(source.place(access) + access.text() + ": dropped: no instruction of the line does it");
        }
    }

    /** Whether an instruction comes after one of a later line, both outside of loops. */
    private void order(Found one) {
        code.found().stream()
                .filter(other -> other.function().equals(one.function())
                        && other.access().file().equals(one.access().file())
                        && !one.isInLoop()
                        && !other.isInLoop()
                        && other.address() < one.address()
                        && other.access().line() > one.access().line()
                        && source.columns().containsKey(other.access()))
                .findFirst()
                .ifPresent(other -> differences.add(
                        source.place(one.access()) + one.access().text() + ": moved: in "
                                + one.function() + "() it comes after the "
                                + other.access().text() + " of line "
                                + other.access().line()));
    }

    private static String times(int count) {
        return count == 1 ? "once" : count + " times";
    }

    /** Lines in the order of their numbers. */
    private static String sortable(String message) {
        String[] parts = message.split(":", 3);
        return parts.length < 3
                ? message
                : parts[0] + " " + "0".repeat(Math.max(0, 8 - parts[1].length())) + parts[1] + parts[2];
    }
}
