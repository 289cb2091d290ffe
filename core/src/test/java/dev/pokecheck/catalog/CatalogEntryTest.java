// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.protocol.Setting;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What shipped protocols ask of the sites. */
class CatalogEntryTest {
    private static Setting setting(String first, String second) {
        return Scenario.of(List.of(SiteSpec.parse(first), SiteSpec.parse(second)))
                .setting();
    }

    @Test
    void sitesOfDifferentNumbersOfVersionsAreRefused() {
        Setting setting = setting("nop5->jmp32->nop5", "nop5->call");
        for (CatalogEntry entry : Catalog.all()) {
            String message = assertThrows(IllegalArgumentException.class, () -> entry.record(setting))
                    .getMessage();
            assertEquals(
                    "site1 has 2 versions and another site 3; all sites must have as many: write a version twice where"
                            + " nothing changes",
                    message);
        }
    }

    @Test
    void aVersionCanBeWrittenTwice() {
        Setting setting = setting("nop5->jmp32->nop5", "nop5->call->call");
        for (String name : List.of("naive", "stop_machine", "text_poke_bp_batch", "text_poke_late@repaired")) {
            assertEquals(name, Catalog.find(name).orElseThrow().record(setting).name());
        }
    }

    static Stream<CatalogEntry> entries() {
        return Catalog.all().stream();
    }

    @ParameterizedTest
    @MethodSource("entries")
    void eachIsForItsUsualSites(CatalogEntry entry) {
        Setting setting =
                Scenario.of(List.of(SiteSpec.parse(entry.usualSites()))).setting();
        assertEquals(entry.fullName(), entry.record(setting).name());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kprobe | nop5->jmp32 | nop5->probe->nop5",
                "optprobe@no-wait | nop5->jmp32 | 90900f1f00->probe->jmp32->cc900f1f00->90900f1f00",
                "static_key@disable-early | nop5->jmp32->call | nop5->jmp32->nop5",
                "static_key@disable-twice-v1 | jmp32->nop5->nop5 | jmp32->nop5->jmp32",
                "hotspot_call | call->nop5 | call->call@7",
                "xray | nop5->jmp32 | eb09660f1f840000020000->41ba01000000e800112233",
                "xray | eb09660f1f840000020000->41ba01000000e800112233@1 | eb09660f1f840000020000->41ba01000000e800112233"
            })
    void othersAreRefusedWithThoseThatItIsFor(String protocol, String sites, String usual) {
        Setting setting = Scenario.of(List.of(SiteSpec.parse(sites))).setting();
        CatalogEntry entry = Catalog.find(protocol).orElseThrow();
        String message = assertThrows(IllegalArgumentException.class, () -> entry.record(setting))
                .getMessage();
        assertTrue(message.contains("; it is for --sites '" + usual), message);
    }

    /** Else it has those of its file, or those that are common. */
    @Test
    void aVariantMayBeForSitesOfItsOwn() {
        assertEquals("jmp32->nop5", usualSites("static_key@disable-in-use"));
        assertEquals(CatalogEntry.COMMON_SITES, usualSites("static_key@enable-twice"));
        assertEquals(usualSites("kprobe"), usualSites("kprobe@no-sync"));
    }

    private static String usualSites(String protocol) {
        return Catalog.find(protocol).orElseThrow().usualSites();
    }

    /** Whoever patches what cannot be patched that way meets the kernel's own BUG(), and it is reported as that. */
    @Test
    void whatTheSourceItselfChecksIsNoRefusal() {
        Setting setting =
                Scenario.of(List.of(SiteSpec.parse("nop6->ff9012345678"))).setting();
        assertEquals(
                "text_poke_bp_batch",
                Catalog.find("text_poke_bp_batch").orElseThrow().record(setting).name());
    }
}
