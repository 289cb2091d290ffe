// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.Pins;
import dev.pokecheck.insn.Insn;
import dev.pokecheck.insn.Kind;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a site says of its versions, and what is no site. */
class SiteTest {
    @Test
    void whatStandsAfterAnUnconditionalJumpNeedNotDecode() {
        byte[] sled = HexFormat.of().parseHex("eb09" + "06".repeat(9));
        Site site = new Site(0, "sled", 0x1000, List.of(sled, sled));
        assertTrue(site.isBoundary(0, 0) && site.isBoundary(0, 11));
        for (int i = 1; i < 11; i++) {
            assertFalse(site.isBoundary(0, i));
        }
        assertFalse(site("eb029090c3", "9090909090").isBoundary(0, 2), "it decodes, but control does not come there");
        byte[] call = HexFormat.of().parseHex("90" + "06".repeat(4));
        assertThrows(IllegalArgumentException.class, () -> new Site(0, "no jump", 0x1000, List.of(call, call)));
    }

    private static Site site(String... versions) {
        return new Site(
                0,
                "site0",
                0x81000000L,
                Arrays.stream(versions).map(HexFormat.of()::parseHex).toList());
    }

    private static String refusal(String... versions) {
        return assertThrows(IllegalArgumentException.class, () -> site(versions))
                .getMessage();
    }

    /** A set of versions is the bits of an {@code int}. */
    @Test
    void aSiteHasAsManyVersionsAsASetOfThemHasBits() {
        String[] most = new String[Site.MAX_VERSIONS];
        Arrays.fill(most, "90");
        assertEquals(Integer.MAX_VALUE, site(most).versionsWith(0, new byte[] {(byte) 0x90}));
        String[] tooMany = new String[Site.MAX_VERSIONS + 1];
        Arrays.fill(tooMany, "90");
        assertEquals("site0: 32 versions; a site has at most 31, so use a shorter chain", refusal(tooMany));
    }

    @Test
    void boundariesAreThoseOfEachVersion() {
        Site site = site("0f1f4000", "90909090");
        assertEquals(4, site.length());
        for (int offset = 1; offset < 4; offset++) {
            assertFalse(site.isBoundary(0, offset));
            assertTrue(site.isBoundary(1, offset));
        }
        assertTrue(site.isBoundary(0, 0));
        assertTrue(site.isBoundary(0, 4));
    }

    @Pins("text.instructions")
    @ParameterizedTest
    @CsvSource({
        "e90001000006, 0",
        "ffe0060606, 0",
        "ff250000000006, 0",
        "c306, 0",
        "0f0b06, 0",
        "eb020606c3, 0 4",
        "74020606c3, refused +2",
        "7401c3c3, 0 2 3",
        "ffd006, refused +2",
        "ebffc0c3, 0 1 3", // into itself: inc %eax
        "e80000000058c3, 0 5 6",
        "90ebfd06, 0 1",
        "90e8fbffffff06, refused +6",
        "eb7f06, 0"
    })
    void instructionsAreWhereControlCanCome(String version, String expected) {
        String first = "90".repeat(version.length() / 2);
        if (expected.startsWith("refused")) {
            assertTrue(refusal(first, version).contains("no whole instruction at " + expected.substring(8)));
            return;
        }
        Site site = site(first, version);
        StringBuilder found = new StringBuilder();
        for (int offset = 0; offset < site.length(); offset++) {
            if (site.isBoundary(1, offset)) {
                found.append(found.length() == 0 ? "" : " ").append(offset);
            }
        }
        assertEquals(expected, found.toString());
    }

    @Pins("text.after-breakpoint")
    @Test
    void whatStandsAfterABreakpointIsCodeOnlyIfItDecodes() {
        Site data = site("0f1f440000", "cc06060606");
        assertTrue(data.isBoundary(1, 0));
        assertFalse(data.isBoundary(1, 1));
        Site code = site("0f1f440000", "cc90909006");
        assertTrue(code.isBoundary(1, 1) && code.isBoundary(1, 3));
        assertFalse(code.isBoundary(1, 4));
    }

    @Pins("text.after-breakpoint")
    @Test
    void behindEachBreakpointThereIsCode() {
        Site site = site("0f1f440000", "cccc66cc90");
        assertTrue(site.isBoundary(1, 1) && site.isBoundary(1, 2));
        Site apart = site("0f1f440000", "cc90cc90c3");
        for (int offset = 0; offset < 5; offset++) {
            assertTrue(apart.isBoundary(1, offset), "+" + offset);
        }
    }

    @Test
    void instructionsAreDecodedAtTheirAddresses() {
        Site site = site("90e800000000", "90e900000000");
        assertEquals(Kind.CALL_REL32, site.instruction(0, 1).kind());
        assertEquals(0x81000006L, site.instruction(0, 1).target());
        assertEquals(Insn.INVALID, site.instruction(0, 2));
    }

    @Pins("text.torn")
    @Test
    void aVersionHasAnInstructionOnlyAsAWholeAndAtItsOffset() {
        Site site = site("9090", "6690", "90f4");
        byte[] nop = {(byte) 0x90};
        assertEquals(0b101, site.versionsWith(0, nop));
        assertEquals(0b001, site.versionsWith(1, nop));
        assertEquals(0b010, site.versionsWith(0, new byte[] {0x66, (byte) 0x90}));
        assertEquals(0, site.versionsWith(0, new byte[] {0x66}));
    }

    @Pins("text.versions")
    @Test
    void aSiteNeedsTwoVersions() {
        assertEquals("site0: a site needs an old and a new version", refusal("90"));
    }

    @Pins("text.versions")
    @Test
    void allVersionsHaveOneLength() {
        assertEquals("site0: version 1 has 1 bytes; all versions have one length of 1..32", refusal("9090", "90"));
        assertEquals("site0: version 0 has 0 bytes; all versions have one length of 1..32", refusal("", ""));
        assertEquals(32, site("90".repeat(32), "f4".repeat(32)).length());
        String tooLong = "90".repeat(33);
        assertEquals("site0: version 0 has 33 bytes; all versions have one length of 1..32", refusal(tooLong, tooLong));
    }

    @Test
    void versionsAreWholeInstructions() {
        assertEquals(
                "site0: version 1 has no whole instruction at +1; give bytes that decode to whole instructions",
                refusal("9090", "90e8"));
    }

    @Test
    void aStoreLiesInItsSite() {
        Site site = site("9090", "6690");
        assertEquals(
                "a store of 2 bytes at site0+1 is outside the site",
                assertThrows(IllegalArgumentException.class, () -> new TextStore(site, 1, site.bytes(0)))
                        .getMessage());
        assertEquals(
                "a store of 0 bytes at site0+0 is outside the site",
                assertThrows(IllegalArgumentException.class, () -> new TextStore(site, 0))
                        .getMessage());
    }

    @Test
    void aVersionThatASiteHasNotIsRefused() {
        Site site = site("9090", "6690");
        assertEquals(
                "site0 has no version 2; it has 0 to 1",
                assertThrows(IllegalArgumentException.class, () -> site.bytes(2))
                        .getMessage());
    }

    @Test
    void aSiteCannotBeChangedFromOutside() {
        Site site = site("9090", "6690");
        site.bytes(0)[0] = 0;
        assertEquals((byte) 0x90, site.at(0, 0));
        assertEquals(List.of((byte) 0x90, (byte) 0x90), List.of(site.bytes(0)[0], site.bytes(0)[1]));
    }
}
