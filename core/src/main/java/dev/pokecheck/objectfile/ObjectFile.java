// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.objectfile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A relocatable ELF file for x86-64 (gABI, "Object Files"). */
public final class ObjectFile {
    private static final int HEADER = 64;
    private static final int SECTION_HEADER = 64;
    private static final int SYMBOL = 24;
    private static final int RELA = 24;
    private static final int X86_64 = 62;
    private static final int RELOCATABLE = 1;
    private static final int PROGBITS = 1;
    private static final int SYMBOLS = 2;
    private static final int RELOCATIONS = 4;
    private static final int NO_BITS = 8;
    private static final int EXECUTABLE = 4;
    private static final int COMPRESSED = 0x800;

    private final List<Section> sections;
    private final List<Symbol> symbols;

    private ObjectFile(List<Section> sections, List<Symbol> symbols) {
        this.sections = List.copyOf(sections);
        this.symbols = List.copyOf(symbols);
    }

    /** A section header. */
    private record Header(String name, int type, long flags, long offset, long size, long link, long info) {}

    /**
     * Reads a file.
     *
     * @throws ObjectFileException if it is none, or not understood
     */
    public static ObjectFile read(byte[] file) {
        Bytes bytes = new Bytes("ELF file", file);
        List<Header> headers = headers(bytes);
        List<Symbol> symbols = symbols(bytes, headers);
        List<List<Relocation>> relocations = relocations(bytes, headers, symbols);
        List<Section> sections = new ArrayList<>();
        for (int i = 0; i < headers.size(); i++) {
            Header header = headers.get(i);
            if ((header.flags() & COMPRESSED) != 0 && header.name().startsWith(".debug_line")) {
                throw new ObjectFileException("section " + header.name() + " is compressed; compile with -gz=none");
            }
            byte[] data = header.type() == NO_BITS || header.type() == 0
                    ? new byte[0]
                    : bytes.part(header.offset(), header.size());
            boolean isCode = header.type() == PROGBITS && (header.flags() & EXECUTABLE) != 0;
            sections.add(new Section(i, header.name(), isCode, data, relocations.get(i)));
        }
        return new ObjectFile(sections, symbols);
    }

    private static List<Header> headers(Bytes bytes) {
        if (bytes.length() < HEADER || bytes.number(4) != 0x464c457f) {
            throw new ObjectFileException("this is no ELF file");
        }
        if (bytes.u8() != 2 || bytes.u8() != 1) {
            throw new ObjectFileException("this ELF file is not one of 64 bits, the lowest byte first");
        }
        bytes.seek(16);
        if (bytes.u16() != RELOCATABLE || bytes.u16() != X86_64) {
            throw new ObjectFileException("this ELF file is no object file (gcc -c) for x86-64");
        }
        long table = bytes.seek(0x28).u64();
        int size = bytes.seek(0x3a).u16();
        int count = bytes.u16();
        int names = bytes.u16();
        if (size != SECTION_HEADER || count == 0 || names >= count) {
            throw new ObjectFileException("this ELF file has no table of sections, or an unusual one");
        }
        bytes.part(table, (long) count * SECTION_HEADER);
        List<long[]> raw = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            bytes.seek(table + (long) i * SECTION_HEADER);
            long[] fields = {
                bytes.u32(), bytes.u32(), bytes.u64(), bytes.u64(), bytes.u64(), bytes.u64(), bytes.u32(), bytes.u32()
            };
            raw.add(fields);
        }
        Bytes texts = new Bytes("section names", bytes.part(raw.get(names)[4], raw.get(names)[5]));
        List<Header> headers = new ArrayList<>();
        for (long[] fields : raw) {
            String name = texts.seek(fields[0]).string();
            headers.add(new Header(name, (int) fields[1], fields[2], fields[4], fields[5], fields[6], fields[7]));
        }
        return headers;
    }

    private static List<Symbol> symbols(Bytes bytes, List<Header> headers) {
        List<Symbol> symbols = new ArrayList<>();
        Optional<Header> table =
                headers.stream().filter(header -> header.type() == SYMBOLS).findFirst();
        if (table.isEmpty()) {
            return symbols;
        }
        if (table.get().link() >= headers.size()) {
            throw new ObjectFileException("the names of the symbols are in no section");
        }
        Header texts = headers.get((int) table.get().link());
        Bytes names = new Bytes("symbol names", bytes.part(texts.offset(), texts.size()));
        Bytes data = new Bytes(
                "symbols", bytes.part(table.get().offset(), table.get().size()));
        for (long i = 0; i < table.get().size() / SYMBOL; i++) {
            data.seek(i * SYMBOL);
            String name = names.seek(data.u32()).string();
            int type = data.u8() & 0xf;
            data.skip(1);
            int section = data.u16();
            boolean isHere = section < headers.size();
            Symbol.Kind kind = switch (type) {
                case 1 -> Symbol.Kind.OBJECT;
                case 2 -> Symbol.Kind.FUNCTION;
                case 3 -> Symbol.Kind.SECTION;
                default -> Symbol.Kind.OTHER;
            };
            boolean isNamedSo = kind == Symbol.Kind.SECTION && isHere;
            symbols.add(new Symbol(
                    isNamedSo ? headers.get(section).name() : name,
                    kind,
                    isHere ? section : 0,
                    data.u64(),
                    data.u64()));
        }
        return symbols;
    }

    private static List<List<Relocation>> relocations(Bytes bytes, List<Header> headers, List<Symbol> symbols) {
        List<List<Relocation>> all = new ArrayList<>();
        headers.forEach(header -> all.add(new ArrayList<>()));
        for (Header header : headers) {
            if (header.type() != RELOCATIONS) {
                continue;
            }
            if (header.info() >= headers.size()) {
                throw new ObjectFileException("section " + header.name() + " relocates none");
            }
            Bytes data = new Bytes(header.name(), bytes.part(header.offset(), header.size()));
            for (long i = 0; i < header.size() / RELA; i++) {
                data.seek(i * RELA);
                long offset = data.u64();
                int type = (int) data.u32();
                long symbol = data.u32();
                if (symbol >= symbols.size()) {
                    throw new ObjectFileException("section " + header.name() + " names no symbol " + symbol);
                }
                all.get((int) header.info()).add(new Relocation(offset, type, symbols.get((int) symbol), data.u64()));
            }
        }
        all.forEach(list -> list.sort(Comparator.comparingLong(Relocation::offset)));
        return all;
    }

    /** All sections, by number. */
    public List<Section> sections() {
        return sections;
    }

    /** All symbols. */
    public List<Symbol> symbols() {
        return symbols;
    }

    /** A section by its name; empty if there is none, or only an empty one. */
    public Optional<Section> section(String name) {
        return sections.stream()
                .filter(section -> section.name().equals(name) && section.bytes().length > 0)
                .findFirst();
    }
}
