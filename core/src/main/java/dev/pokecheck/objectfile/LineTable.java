// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.objectfile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Which line each instruction comes from. */
public final class LineTable {
    private static final String SECTION = ".debug_line";

    private final Map<Integer, NavigableMap<Long, LineRow>> rows = new TreeMap<>();

    private LineTable() {}

    /**
     * Reads the table of a file.
     *
     * @throws ObjectFileException if there is none, or it is not understood
     */
    public static LineTable of(ObjectFile file) {
        Section section = file.section(SECTION)
                .orElseThrow(() -> new ObjectFileException("there is no section " + SECTION + "; compile with -g"));
        Bytes bytes = new Bytes(SECTION, section.bytes().clone());
        Map<Long, Integer> sections = new TreeMap<>();
        for (Relocation relocation : section.relocations()) {
            if (!relocation.isAbsolute()) {
                throw new ObjectFileException(SECTION + ": a relocation of type " + relocation.type());
            }
            bytes.put(
                    relocation.offset(),
                    relocation.length(),
                    relocation.symbol().value() + relocation.addend());
            sections.put(relocation.offset(), relocation.symbol().section());
        }
        LineTable table = new LineTable();
        while (!bytes.isAtEnd()) {
            new LineProgram(file, bytes, sections).run().forEach(table::add);
        }
        return table;
    }

    private void add(LineRow row) {
        NavigableMap<Long, LineRow> of = rows.computeIfAbsent(row.section(), number -> new TreeMap<>());
        // Of rows for one address only the last has code; the end of a sequence is the begin of the next one.
        if (!row.isEnd() || !of.containsKey(row.offset())) {
            of.put(row.offset(), row);
        }
    }

    /** The line that the instruction at an address comes from; empty if that is not known. */
    public Optional<LineRow> at(int section, long offset) {
        NavigableMap<Long, LineRow> of = rows.get(section);
        return Optional.ofNullable(of == null ? null : of.floorEntry(offset))
                .map(Map.Entry::getValue)
                .filter(row -> !row.isEnd());
    }

    /** The lines of a file that code comes from. */
    public List<Integer> lines(String file) {
        List<Integer> lines = new ArrayList<>();
        rows.values()
                .forEach(of -> of.values().stream()
                        .filter(row -> row.file().equals(file))
                        .forEach(row -> lines.add(row.line())));
        int[] sorted =
                lines.stream().mapToInt(Integer::intValue).sorted().distinct().toArray();
        return Arrays.stream(sorted).boxed().toList();
    }
}
