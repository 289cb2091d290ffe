// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.hardware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.cpu.IpiSend;
import dev.pokecheck.cpu.Profile;
import dev.pokecheck.cpu.SelfModification;
import dev.pokecheck.hardware.HardwareProfile.Evidence;
import dev.pokecheck.hardware.Measurements.Row;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.text.FetchModel;
import dev.pokecheck.text.StoreSplit;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The shipped profiles, what they rest on, and what is no profile. */
class ProfilesTest {
    private static final Pattern ROWS = Pattern.compile("(measured/[\\w.-]+\\.tsv): ([\\w., -]+)");

    static Stream<HardwareProfile> shipped() {
        return Profiles.shipped().stream();
    }

    private static HardwareProfile find(String name) {
        return Profiles.find(name).orElseThrow();
    }

    @Test
    void theDefaultOfScenariosIsTheArchitecture() {
        Scenario plain = Scenario.of(List.of(SiteSpec.parse("nop5->call")));
        assertEquals(plain, plain.with(b -> b.hardware(find("architecture"))));
    }

    @Test
    void theTwoThatWereMeasuredDifferInShapeAndLock() {
        HardwareProfile amd = find("observed-zen4");
        HardwareProfile intel = find("observed-intel-6-207");
        assertEquals(FetchModel.IN_ORDER_HEAD, amd.fetch());
        assertEquals(FetchModel.SPLIT_FETCH, intel.fetch());
        assertEquals(64, amd.chunk());
        assertEquals(StoreSplit.LINE, intel.split());
        assertTrue(amd.cpu().serializes(Sync.MFENCE));
        assertFalse(intel.cpu().serializes(Sync.MFENCE));
        assertFalse(amd.cpu().lockOrdersFetch());
        assertTrue(intel.cpu().lockOrdersFetch());
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void eachLineHasASourceAndEachRowThatItNamesIsThere(HardwareProfile profile) {
        for (Evidence evidence : profile.evidence()) {
            assertFalse(evidence.source().isBlank(), evidence::line);
            Matcher rows = ROWS.matcher(evidence.source().split(";", -1)[0]);
            if (evidence.source().startsWith("measured/")) {
                assertTrue(rows.matches(), evidence::source);
                for (String id : rows.group(2).split(", ", -1)) {
                    assertTrue(Measurements.find(rows.group(1), id).isPresent(), () -> rows.group(1) + ": " + id);
                }
            }
        }
        assertEquals(11, profile.evidence().size());
    }

    /** What was seen on a CPU is allowed by its profile; what its profile forbids was never seen. */
    @ParameterizedTest
    @CsvSource({"observed-zen4, measured/amd-zen4.tsv", "observed-intel-6-207, measured/intel-6-207.tsv"})
    void aProfileForbidsNothingThatWasSeen(String name, String table) {
        HardwareProfile profile = find(name);
        assertTrue(
                isNever(table, "mp.load-fetch") && isNever(table, "cofetch.twice") && isNever(table, "mp.fetch-fetch"));
        assertTrue(isNever(table, "crossing.older-than-load"));
        assertTrue(isNever(table, "store.in-line"));
        String shape = profile.fetch().shape().text();
        boolean headOlder = !isNever(table, "crossing.head-older.line");
        boolean tailOlder = Measurements.of(table).stream()
                .anyMatch(row -> row.id().startsWith("crossing.tail-older") && !row.isNever());
        assertEquals(headOlder && tailOlder ? "chunk" : "head", shape);
        assertEquals(isNever(table, "sb.lock"), profile.cpu().lockOrdersFetch());
        assertEquals(isNever(table, "self-modification"), profile.cpu().inPlace() == SelfModification.NONE);
        assertEquals(isNever(table, "self-modification"), profile.cpu().throughAlias() == SelfModification.NONE);
        assertFalse(profile.cpu().syscallDrains() || profile.cpu().serializes(Sync.SYSCALL));
        assertTrue(isNever(table, "int3.full.line"));
    }

    @Test
    void theRowsBehindAProfileAreThoseThatItNames() {
        List<String> zen4 = Measurements.behind(find("observed-zen4")).stream()
                .map(Row::text)
                .toList();
        assertEquals(
                "mp.load-fetch: a flag read as new, then the code fetched as old: 0 of 6.5e7 executions", zen4.get(0));
        assertTrue(
                zen4.contains("crossing.head-older.line: of an instruction across a line, the first half older than the"
                        + " second: 0-8.5e3 executions a second"),
                zen4.toString());
        assertEquals(List.of(), Measurements.behind(find("architecture")));
    }

    private static boolean isNever(String table, String id) {
        Row row = Measurements.find(table, id).orElseThrow();
        return row.isNever();
    }

    @Test
    void aProfileIsReadAsItIsWritten() {
        HardwareProfile profile = parse(text());
        assertEquals("mine", profile.name());
        assertEquals(FetchModel.FETCH_ORDER_TAIL, profile.fetch());
        assertEquals(
                new Profile(
                        Set.of(Sync.IRET, Sync.MFENCE),
                        true,
                        SelfModification.NONE,
                        SelfModification.JUMP,
                        true,
                        IpiSend.DRAINS,
                        false),
                profile.cpu());
        assertTrue(profile.cpu().isXmcDocumented());
        assertEquals(new Evidence("chunk: 16", "b"), profile.evidence().get(2));
    }

    private static HardwareProfile parse(String text) {
        return ProfileText.parse("mine.profile", text, Profiles.names());
    }

    @Test
    void editorsMayPutAByteOrderMarkInFront() {
        assertEquals(parse(text()), parse("\uFEFF" + text()));
    }

    private static String text() {
        return """
                # a comment
                profile: mine
                title: a CPU of one's own
                window: fetch-order
                  source: a
                shape: tail
                  source: a
                chunk: 16
                  source: b
                split: word
                  source: c
                serializing: iret mfence
                  source: d
                lock-orders-fetch: yes
                  source: e
                self-modification: none
                  source: g
                alias-modification: jump
                  source: h
                xmc-documented: yes
                  source: f
                ipi-send: drains
                  source: i
                syscall-drains: no
                  source: j
                """;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "chunk: 16|chunk: 12|mine.profile:8: chunk: \"12\" is none of 1, 8, 16, 32, 64",
                "  source: b|# none|mine.profile:8: \"chunk\" has no source; write one in the next line, source: …",
                "shape: tail|shape: insn|",
                "window: fetch-order|window: forever|mine.profile:6: shape: there is no model with window forever and shape tail",
                "split: word|spilt: word|mine.profile:10: there is no key \"spilt\"; the keys are profile, title, window, shape, chunk, split, serializing, lock-orders-fetch, self-modification, alias-modification, xmc-documented, ipi-send, syscall-drains",
                "split: word|chunk: 8|mine.profile:10: \"chunk\" is given twice",
                "profile: mine|profile: observed-zen4|mine.profile:2: profile: \"observed-zen4\" is the name of a shipped profile; give this one another",
                "a CPU of one|a \u001b CPU of one|mine.profile:3: there is a control character; take it out",
                "split: word|split|mine.profile:10: \"split\" is not of the form key: value",
                "serializing: iret mfence|serializing: iret wbinvd|mine.profile:12: serializing: \"wbinvd\" is none of cpuid, iret, serialize, mov_cr, mfence, lock, lfence, syscall, sysret, jump, invpcid, none",
            })
    void whatIsWrongIsNamedWithItsLine(String line, String instead, String complaint) {
        String changed = text().replace(line, instead);
        if (complaint == null) {
            assertEquals("insn", parse(changed).fetch().shape().text());
            return;
        }
        IllegalArgumentException wrong = assertThrows(IllegalArgumentException.class, () -> parse(changed));
        assertEquals(complaint, wrong.getMessage());
    }

    @Test
    void aLineThatIsMissingIsNamed() {
        IllegalArgumentException wrong =
                assertThrows(IllegalArgumentException.class, () -> parse("profile: x\ntitle: y\n"));
        assertEquals("mine.profile: has no line \"window: …\"", wrong.getMessage());
    }
}
