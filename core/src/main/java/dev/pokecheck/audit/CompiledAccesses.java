// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.audit;

import dev.pokecheck.insn.Decoder;
import dev.pokecheck.insn.Insn;
import dev.pokecheck.insn.MemoryAccess;
import dev.pokecheck.objectfile.LineRow;
import dev.pokecheck.objectfile.LineTable;
import dev.pokecheck.objectfile.ObjectFile;
import dev.pokecheck.objectfile.Relocation;
import dev.pokecheck.objectfile.Section;
import dev.pokecheck.objectfile.Symbol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The accesses of the functions of an object file, by address. */
final class CompiledAccesses {
    private final ObjectFile file;
    private final LineTable lines;
    private final List<Found> found = new ArrayList<>();
    private final List<Unnamed> unnamed = new ArrayList<>();

    /**
     * One whose object is known.
     *
     * @param function the function that it stands in
     * @param isInLoop whether a branch leads from behind it back to before it
     */
    record Found(SharedAccess access, String function, long address, boolean isInLoop) {}

    /** One that is not matched, and why. */
    record Unnamed(String file, int line, String function, String why) {}

    /** A branch within a function. */
    private record Branch(long from, long to) {}

    private CompiledAccesses(ObjectFile file) {
        this.file = file;
        lines = LineTable.of(file);
    }

    static CompiledAccesses of(ObjectFile file) {
        CompiledAccesses all = new CompiledAccesses(file);
        for (Symbol symbol : file.symbols()) {
            if (symbol.kind() == Symbol.Kind.FUNCTION && symbol.section() != 0) {
                all.function(symbol);
            }
        }
        return all;
    }

    List<Found> found() {
        return found;
    }

    List<Unnamed> unnamed() {
        return unnamed;
    }

    /** Whether any code comes from a file. */
    boolean hasCodeOf(String name) {
        return !lines.lines(name).isEmpty();
    }

    private void function(Symbol function) {
        Section section = file.sections().get(function.section());
        byte[] code = section.bytes();
        if (!section.isCode() || function.value() < 0 || function.value() > code.length) {
            return;
        }
        int begin = (int) function.value();
        int end = (int) Math.min(code.length, function.value() + Math.max(0, Math.min(function.size(), code.length)));
        List<Branch> back = new ArrayList<>();
        List<Insn> instructions = new ArrayList<>();
        int at = begin;
        while (at < end) {
            Insn insn = Decoder.decode(code, at, end, at);
            if (!insn.isValid()) {
                lines.at(section.number(), at)
                        .ifPresent(row -> unnamed.add(new Unnamed(
                                row.file(), row.line(), function.name(), "bytes that are no instruction follow")));
                break;
            }
            instructions.add(insn);
            if (insn.kind().isRelativeBranch() && insn.target() >= begin && insn.target() <= at) {
                back.add(new Branch(at, insn.target()));
            }
            at += insn.length();
        }
        int start = begin;
        for (Insn insn : instructions) {
            access(function, section, start, insn, back);
            start += insn.length();
        }
    }

    private void access(Symbol function, Section section, int at, Insn insn, List<Branch> back) {
        Optional<MemoryAccess> operand = MemoryAccess.of(section.bytes(), at, at + insn.length());
        Optional<LineRow> row = lines.at(section.number(), at);
        if (operand.isEmpty() || row.isEmpty() || operand.get().isStack()) {
            return;
        }
        MemoryAccess access = operand.get();
        Optional<Relocation> relocation = section.relocations().stream()
                .filter(it -> access.displacementAt() >= 0 && it.offset() == at + (long) access.displacementAt())
                .findFirst();
        Optional<String> object = relocation.flatMap(it -> object(it, at + insn.length()));
        if (object.isPresent() && access.kind() != MemoryAccess.Kind.UNKNOWN) {
            boolean loops = back.stream().anyMatch(branch -> branch.to() <= at && at <= branch.from());
            SharedAccess shared = new SharedAccess(row.get().file(), row.get().line(), access.kind(), object.get());
            found.add(new Found(shared, function.name(), at, loops));
        } else if (relocation.isEmpty() || object.isPresent()) {
            String what = access.register().isEmpty() ? "an address" : access.register();
            String why = object.isPresent()
                    ? "an instruction that is not understood accesses " + object.get()
                    : "an access through " + what;
            unnamed.add(new Unnamed(row.get().file(), row.get().line(), function.name(), why));
        }
    }

    /** The object that a relocation leads into; empty if it is data without a name, a constant say. */
    private Optional<String> object(Relocation relocation, long next) {
        if (relocation.isIndirect()) {
            return Optional.empty();
        }
        Symbol symbol = relocation.symbol();
        long addend = relocation.addend() + (relocation.isRelative() ? next - relocation.offset() : 0);
        if (symbol.kind() == Symbol.Kind.SECTION) {
            long offset = symbol.value() + addend;
            return file.symbols().stream()
                    .filter(it -> it.kind() == Symbol.Kind.OBJECT && it.holds(symbol.section(), offset))
                    .findFirst()
                    .map(it -> name(it.name()));
        }
        return symbol.name().isEmpty() ? Optional.empty() : Optional.of(name(symbol.name()));
    }

    /** Without what a compiler adds to tell variables of functions apart: {@code insn.0}. */
    private static String name(String symbol) {
        int dot = symbol.indexOf('.');
        return dot <= 0 ? symbol : symbol.substring(0, dot);
    }
}
