// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.objectfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One line number program: its header, and the state machine that it drives (DWARF 5, 6.2.2 and 6.2.5). */
final class LineProgram {
    private static final int PATH = 1;
    private static final int FORM_STRING = 0x08;
    private static final int FORM_LINE_STRP = 0x1f;
    private static final int FORM_STRP = 0x0e;
    private static final int FORM_UDATA = 0x0f;
    private static final int FORM_DATA1 = 0x0b;
    private static final int FORM_DATA2 = 0x05;
    private static final int FORM_DATA4 = 0x06;
    private static final int FORM_DATA8 = 0x07;
    private static final int FORM_DATA16 = 0x1e;
    private static final int FORM_BLOCK = 0x09;
    private static final int MOST_LINES = 1 << 24;

    private final ObjectFile file;
    private final Bytes bytes;
    private final Map<Long, Integer> sections;
    private final List<String> names = new ArrayList<>();
    private final List<LineRow> rows = new ArrayList<>();

    private int leastLength;
    private int lineBase;
    private int lineRange;
    private int opcodeBase;
    private int[] operands = {};

    private int section;
    private long address;
    private long fileNumber;
    private long line;

    /**
     * One that begins where the bytes stand.
     *
     * @param sections of which section the address is that stands at some places of the bytes
     */
    LineProgram(ObjectFile file, Bytes bytes, Map<Long, Integer> sections) {
        this.file = file;
        this.bytes = bytes;
        this.sections = sections;
    }

    /** Runs it; the bytes then stand behind it. */
    List<LineRow> run() {
        long length = bytes.u32();
        if (length >= 0xfffffff0L) {
            throw bytes.wrong("64-bit DWARF");
        }
        long end = bytes.at() + length;
        if (end > bytes.length()) {
            throw bytes.wrong("a program of " + length + " bytes at byte " + bytes.at() + " of " + bytes.length());
        }
        header();
        reset();
        while (bytes.at() < end) {
            step();
        }
        bytes.seek(end);
        return rows;
    }

    private void header() {
        int version = bytes.u16();
        if (version != 4 && version != 5) {
            throw bytes.wrong("DWARF version " + version + "; compile with -gdwarf-5 or -gdwarf-4");
        }
        if (version == 5) {
            bytes.skip(2);
        }
        long length = bytes.u32();
        long first = bytes.at() + length;
        fields();
        if (version == 5) {
            table();
            names.addAll(table());
        } else {
            oldNames();
        }
        bytes.seek(first);
    }

    private void fields() {
        leastLength = bytes.u8();
        int operations = bytes.u8();
        bytes.skip(1);
        lineBase = bytes.s8();
        lineRange = bytes.u8();
        opcodeBase = bytes.u8();
        if (operations != 1 || lineRange == 0 || opcodeBase == 0) {
            throw bytes.wrong("a header that is none of x86's at byte " + bytes.at());
        }
        operands = new int[opcodeBase];
        for (int i = 1; i < opcodeBase; i++) {
            operands[i] = bytes.u8();
        }
    }

    // ---- names

    /** A table of folders or files: the name of each. */
    private List<String> table() {
        int formats = bytes.u8();
        long[] contents = new long[formats];
        long[] forms = new long[formats];
        for (int i = 0; i < formats; i++) {
            contents[i] = bytes.uleb();
            forms[i] = bytes.uleb();
        }
        List<String> found = new ArrayList<>();
        long count = bytes.uleb();
        if (count < 0 || count > bytes.length() || (formats == 0 && count > 0)) {
            throw bytes.wrong("a table of " + count + " files at byte " + bytes.at());
        }
        for (long n = 0; n < count; n++) {
            String name = "";
            for (int i = 0; i < formats; i++) {
                String value = value(forms[i]);
                name = contents[i] == PATH ? value : name;
            }
            found.add(last(name));
        }
        return found;
    }

    private String value(long form) {
        switch ((int) form) {
            case FORM_STRING -> {
                return bytes.string();
            }
            case FORM_LINE_STRP -> {
                return text(".debug_line_str");
            }
            case FORM_STRP -> {
                return text(".debug_str");
            }
            case FORM_UDATA -> bytes.uleb();
            case FORM_DATA1 -> bytes.skip(1);
            case FORM_DATA2 -> bytes.skip(2);
            case FORM_DATA4 -> bytes.skip(4);
            case FORM_DATA8 -> bytes.skip(8);
            case FORM_DATA16 -> bytes.skip(16);
            case FORM_BLOCK -> bytes.skip(bytes.uleb());
            default -> throw bytes.wrong("form " + form + " in a table of files at byte " + bytes.at());
        }
        return "";
    }

    private String text(String name) {
        long offset = bytes.u32();
        Section texts = file.section(name).orElseThrow(() -> new ObjectFileException("there is no section " + name));
        return new Bytes(name, texts.bytes()).seek(offset).string();
    }

    /** The tables of DWARF 4; files count from 1 there. */
    private void oldNames() {
        while (!bytes.string().isEmpty()) {
            // A folder, which does not matter.
        }
        names.add("");
        for (String name = bytes.string(); !name.isEmpty(); name = bytes.string()) {
            names.add(last(name));
            bytes.uleb();
            bytes.uleb();
            bytes.uleb();
        }
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    // ---- the state machine

    private void reset() {
        section = 0;
        address = 0;
        fileNumber = 1;
        line = 1;
    }

    private void step() {
        int opcode = bytes.u8();
        if (opcode >= opcodeBase) {
            int adjusted = opcode - opcodeBase;
            address += (long) leastLength * (adjusted / lineRange);
            line += lineBase + adjusted % lineRange;
            row();
            return;
        }
        switch (opcode) {
            case 0 -> extended();
            case 1 -> row();
            case 2 -> address += leastLength * bytes.uleb();
            case 3 -> line += bytes.sleb();
            case 4 -> fileNumber = bytes.uleb();
            case 8 -> address += (long) leastLength * ((255 - opcodeBase) / lineRange);
            case 9 -> address += bytes.u16();
            default -> {
                for (int i = 0; i < operands[opcode]; i++) {
                    bytes.uleb();
                }
            }
        }
    }

    private void extended() {
        long length = bytes.uleb();
        long next = bytes.at() + length;
        if (length <= 0 || next > bytes.length()) {
            throw bytes.wrong("an operation of " + length + " bytes at byte " + bytes.at());
        }
        int operation = bytes.u8();
        if (operation == 1) {
            rows.add(new LineRow(section, address, "", 1));
            reset();
        } else if (operation == 2) {
            section = sections.getOrDefault((long) bytes.at(), 0);
            address = bytes.u64();
        }
        bytes.seek(next);
    }

    private void row() {
        boolean isNamed = fileNumber >= 0 && fileNumber < names.size();
        String name = isNamed ? names.get((int) fileNumber) : "";
        if (line < 0 || line > MOST_LINES) {
            throw bytes.wrong("line " + line + " at byte " + bytes.at());
        }
        // Line 0 is code that comes from none.
        rows.add(new LineRow(section, address, line == 0 ? "" : name, (int) Math.max(1, line)));
    }
}
