// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.insn.Kind;
import dev.pokecheck.text.Site;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sites as users write them. */
class SiteSpecTest {
    private static Site site(String text) {
        return SiteSpec.parse(text).place(0);
    }

    private static String refusal(String text) {
        return assertThrows(IllegalArgumentException.class, () -> SiteSpec.parse(text))
                .getMessage();
    }

    private static String hex(Site site, int version) {
        return HexFormat.of().formatHex(site.bytes(version));
    }

    @ParameterizedTest
    @CsvSource({
        "call, CALL_REL32, 5",
        "jmp32, JMP_REL32, 5",
        "jmp8, JMP_REL8, 2",
        "jcc32, JCC_REL32, 6",
        "pvcall, CALL_INDIRECT, 6",
        "unlock, INLINE, 3",
        "ret, RET, 1",
        "endbr64, ENDBR64, 4",
        "ud2, UD2, 2",
        "int3, INT3, 1",
        "nop1, NOP, 1",
        "nop5, NOP, 5",
        "nop8, NOP, 8",
        "nop11, NOP, 11"
    })
    void aNameStandsForOneInstruction(String name, Kind kind, int length) {
        Site site = site(name + "->" + name);
        assertEquals(length, site.length());
        assertEquals(kind, site.instruction(0, 0).kind());
        assertEquals(length, site.instruction(0, 0).length());
    }

    @Test
    void hexStandsForItself() {
        Site site = site("90F4->6690");
        assertEquals("90f4", hex(site, 0));
        assertEquals("6690", hex(site, 1));
    }

    @Test
    void aShorterVersionIsPaddedWithNops() {
        Site site = site("pvcall->call");
        assertEquals(6, site.length());
        assertEquals(Kind.CALL_REL32, site.instruction(1, 0).kind());
        assertEquals(Kind.NOP, site.instruction(1, 5).kind());
        assertEquals("cc6690", hex(site("nop3->int3"), 1));
    }

    @Test
    void aChainHasManyVersions() {
        Site site = site("nop5->jmp32->nop5");
        assertEquals(3, site.versions());
        assertEquals(hex(site, 0), hex(site, 2));
    }

    @Test
    void aVersionThatComesAgainCallsTheSameFunction() {
        Site site = site("call->nop5->call");
        assertEquals(hex(site, 0), hex(site, 2));
    }

    @Test
    void twoVersionsOfOneNameCallTwoFunctions() {
        Site site = site("call->call");
        assertNotEquals(site.instruction(0, 0).target(), site.instruction(1, 0).target());
    }

    @Test
    void sitesCallDifferentFunctions() {
        SiteSpec spec = SiteSpec.parse("call->call");
        assertNotEquals(
                spec.place(0).instruction(0, 0).target(),
                spec.place(1).instruction(0, 0).target());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 63})
    void theOffsetIsThatInTheCacheLine(int offset) {
        assertEquals(offset, site("nop5->jmp32@" + offset).address() % 64);
        assertTrue(SiteSpec.parse("nop5->jmp32").place(1).address()
                > site("nop5->jmp32@63").address() + 64);
    }

    @Test
    void aSpecIsItsText() {
        assertEquals("nop5->jmp32@3", SiteSpec.parse("nop5->jmp32@3").text());
        assertEquals(SiteSpec.parse("nop5->jmp32"), SiteSpec.parse("nop5->jmp32"));
        assertNotEquals(SiteSpec.parse("nop5->jmp32"), SiteSpec.parse("nop5->jmp32@3"));
    }

    @Test
    void aSiteNeedsANewVersion() {
        assertEquals("site \"nop5\" has no new version; write old->new, as in nop5->jmp32", refusal("nop5"));
        assertEquals("site \"\" has no new version; write old->new, as in nop5->jmp32", refusal(""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"64", "99", "100", "", "x", "-1", "3 "})
    void anOffsetIsInItsCacheLine(String offset) {
        String text = "nop5->jmp32@" + offset;
        assertEquals(
                "site \"" + text + "\": the offset \"" + offset + "\" in its cache line is not 0..63", refusal(text));
    }

    @ParameterizedTest
    @CsvSource({"jmp3, jmp32", "jmp, jmp8", "cal, call", "pvcal, pvcall", "in3, int3", "ud, ud2", "endbr6, endbr64"})
    void aMistypedNameIsToldTheNearest(String typed, String nearest) {
        String text = "nop5->" + typed;
        assertEquals(
                "site \"" + text + "\": \"" + typed + "\" is neither hex bytes nor one of "
                        + String.join(", ", SiteSpec.names()) + "; did you mean " + nearest + "?",
                refusal(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nop0", "nop12", "nop99", "909", "", " "})
    void whatIsNoVersionIsRefused(String version) {
        String start =
                "site \"nop5->" + version + "\": \"" + version + "\" is neither hex bytes nor one of nop1..nop11,";
        assertTrue(refusal("nop5->" + version).startsWith(start), refusal("nop5->" + version));
    }

    @Test
    void aLongerVersionDoesNotFit() {
        assertEquals(
                "site \"nop2->jmp32\": jmp32 has 5 bytes and does not fit into the 2 of nop2", refusal("nop2->jmp32"));
    }

    @Test
    void hexIsWholeInstructions() {
        assertEquals(
                "site0: version 1 has no whole instruction at +0; give bytes that decode to whole instructions",
                refusal("nop1->e8"));
    }

    @Test
    void theNearestNameIsGivenOnlyIfOneIsNear() {
        List<String> names = List.of("call", "jmp32");
        assertEquals("; did you mean call?", Nearest.hint("cal", names));
        assertEquals("; did you mean jmp32?", Nearest.hint("jmp3", names));
        assertEquals("", Nearest.hint("x", List.of("abcdef")));
        assertEquals(3, Nearest.distance("kitten", "sitting"));
        assertEquals(0, Nearest.distance("same", "same"));
        assertEquals(4, Nearest.distance("", "four"));
    }
}
