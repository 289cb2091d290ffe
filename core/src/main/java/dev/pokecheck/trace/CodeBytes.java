// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.trace;

import dev.pokecheck.insn.Printer;
import dev.pokecheck.text.Site;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Bytes of code in hexadecimal, as reports show them. */
final class CodeBytes {
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    private CodeBytes() {}

    /** The bytes of {@code now}, with those in brackets that differ from {@code old}. */
    static String marked(String old, String now) {
        String[] was = old.split(" ", -1);
        String[] is = now.split(" ", -1);
        List<String> marked = new ArrayList<>();
        for (int i = 0; i < is.length; i++) {
            marked.add(i < was.length && was[i].equals(is[i]) ? is[i] : "[" + is[i] + "]");
        }
        return String.join(" ", marked);
    }

    /** What all bytes of a site mean. */
    static String disassembly(Site site, String hex) {
        return Printer.att(HEX.parseHex(hex), site.address());
    }

    /** Some bytes, counted from the start. */
    static String part(String hex, int from, int count) {
        return hex.substring(3 * from, 3 * (from + count) - 1);
    }

    /** One byte. */
    static String at(String hex, int position) {
        return part(hex, position, 1);
    }

    /** The number of bytes. */
    static int length(String hex) {
        return (hex.length() + 1) / 3;
    }
}
