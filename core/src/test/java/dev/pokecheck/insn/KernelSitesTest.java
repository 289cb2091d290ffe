// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.insn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Real patch sites of Linux 6.1.0-56 of Debian, {@code kernel-sites.tsv}: a selection of rows, all kinds of sites.
 *
 * <p>{@code orig} are the bytes the site was built with, {@code repl} those that go there, {@code bytes16} the 16 bytes
 * from its start. {@code n_insn} and {@code first_insn_len} belong to {@code orig}; they are empty for the rows from
 * modules, which are not linked. An {@code smp_lock} site is only the LOCK prefix, one byte; its two columns belong to
 * the instruction behind the prefix.
 */
class KernelSitesTest {
    private static final Pattern JUMP_TARGET = Pattern.compile("target=([0-9a-f]{16})");

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Site(
            String file,
            String kind,
            long address,
            byte[] bytes16,
            byte[] orig,
            byte[] repl,
            String type,
            String count,
            String firstLength,
            String note) {
        static Site of(String line) {
            String[] cells = line.split("\t", -1);
            assertEquals(19, cells.length, line);
            Site site = new Site(
                    cells[0],
                    cells[1],
                    Long.parseUnsignedLong(cells[3], 16),
                    HexFormat.of().parseHex(cells[5]),
                    HexFormat.of().parseHex(cells[6]),
                    HexFormat.of().parseHex(cells[7]),
                    cells[8],
                    cells[14],
                    cells[15],
                    cells[18]);
            assertEquals(Integer.parseInt(cells[4]), site.orig.length, line);
            assertEquals(site.firstLength.isEmpty(), site.count.isEmpty(), line);
            return site;
        }

        boolean isLockPrefix() {
            return kind.equals("smp_lock");
        }

        boolean isLinked() {
            return !count.isEmpty();
        }

        List<Insn> decode(byte[] code) {
            List<Insn> insns = new ArrayList<>();
            for (int at = 0; at < code.length; ) {
                Insn insn = Decoder.decode(code, at, code.length, address + at);
                assertTrue(insn.isValid(), this + ": " + Printer.hex(code) + " at " + at);
                insns.add(insn);
                at += insn.length();
            }
            return insns;
        }

        @Override
        public String toString() {
            return String.format("%s %s %x", file, kind, address);
        }
    }

    private static final List<Site> SITES =
            Resources.lines("kernel-sites.tsv").skip(1).map(Site::of).toList();

    @Test
    void countsAndFirstLengthsAreThoseOfTheTable() {
        int linked = 0;
        int unlinked = 0;
        int prefixes = 0;
        for (Site site : SITES) {
            if (site.isLockPrefix()) {
                prefixes++;
                continue;
            }
            List<Insn> insns = site.decode(site.orig);
            if (site.isLinked()) {
                linked++;
                assertEquals(site.count, Integer.toString(insns.size()), site.toString());
                assertEquals(site.firstLength, Integer.toString(insns.get(0).length()), site.toString());
            } else {
                unlinked++;
            }
        }
        assertEquals(List.of(188, 18, 8), List.of(linked, unlinked, prefixes));
    }

    @Test
    void lockPrefixesStandBeforeLockedInstructions() {
        int checked = 0;
        for (Site site : SITES) {
            if (!site.isLockPrefix()) {
                continue;
            }
            byte[] code = site.bytes16.clone();
            for (byte prefix : new byte[] {site.orig[0], site.repl[0]}) {
                code[0] = prefix;
                Insn insn = Decoder.decode(code, 0, code.length, site.address);
                assertEquals(Kind.INLINE, insn.kind(), site.toString());
                if (site.isLinked()) {
                    assertEquals(site.firstLength, Integer.toString(insn.length()), site.toString());
                    checked++;
                }
            }
        }
        assertEquals(2 * 7, checked);
    }

    @Test
    void theFirstInstructionOfSixteenBytesIsTheOneOfTheSite() {
        for (Site site : SITES) {
            if (!site.isLockPrefix()) {
                Insn inText = Decoder.decode(site.bytes16, 0, 16, site.address);
                assertEquals(site.decode(site.orig).get(0), inText, site.toString());
            }
        }
    }

    @Test
    void replacementsAreWholeInstructions() {
        int checked = 0;
        for (Site site : SITES) {
            if (!site.isLockPrefix() && site.repl.length > 0) {
                assertEquals(site.orig.length, site.repl.length, site.toString());
                site.decode(site.repl);
                checked++;
            }
        }
        assertEquals(190, checked);
    }

    @Test
    void jumpsGoWhereTheTableSays() {
        int checked = 0;
        for (Site site : SITES) {
            Matcher target = JUMP_TARGET.matcher(site.note);
            if (!target.find()) {
                continue;
            }
            Insn orig = site.decode(site.orig).get(0);
            Insn repl = site.decode(site.repl).get(0);
            assertTrue(orig.kind() == Kind.NOP ^ repl.kind() == Kind.NOP, site.toString());
            Insn jump = orig.kind() == Kind.NOP ? repl : orig;
            assertEquals(jump.length() == 2 ? Kind.JMP_REL8 : Kind.JMP_REL32, jump.kind(), site.toString());
            assertEquals(Long.parseUnsignedLong(target.group(1), 16), jump.target(), site.toString());
            checked++;
        }
        assertEquals(18, checked);
    }

    /** Paravirt calls go through {@code pv_ops[type]}: less 8 × type, all slots of one kernel are the same address. */
    @Test
    void paravirtCallsGoThroughTheSlotOfTheirType() {
        Map<String, TreeSet<Long>> tables = new TreeMap<>();
        int checked = 0;
        for (Site site : SITES) {
            if (site.kind.equals("para") && site.isLinked()) {
                Insn call = site.decode(site.orig).get(0);
                assertEquals(Kind.CALL_INDIRECT, call.kind(), site.toString());
                int type = Integer.parseInt(site.type.substring(0, site.type.indexOf(':')));
                tables.computeIfAbsent(site.file, file -> new TreeSet<>()).add(call.target() - 8L * type);
                checked++;
            }
        }
        assertEquals(95, checked);
        assertEquals(1, tables.size());
        tables.values().forEach(table -> assertEquals(1, table.size(), table.toString()));
    }

    /** Everything that a site of the table holds, before and after, has a name. */
    @Test
    void nothingInASiteIsPrintedAsBytes() {
        TreeSet<String> unknown = new TreeSet<>();
        for (Site site : SITES) {
            String text = site.isLockPrefix()
                    ? Printer.att(site.bytes16, 0, 16, site.address)
                    : Printer.att(site.orig, site.address) + "; " + Printer.att(site.repl, site.address);
            if (text.contains(".byte") || text.contains(Printer.BAD)) {
                unknown.add(site + ": " + text);
            }
        }
        assertEquals(new TreeSet<>(), unknown);
    }
}
