// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.corpus.ScenarioText;
import dev.pokecheck.protocol.Setting;
import org.junit.jupiter.api.Test;

/** What is kept of shipped files of C. */
class RecordedTest {
    private static final String SCENARIO = "cpus=2 site0=nop5->jmp32";

    private static CatalogEntry entry(String name) {
        return Catalog.find(name).orElseThrow();
    }

    @Test
    void oneSettingIsReadOnce() {
        Setting setting = ScenarioText.parse(SCENARIO).setting();
        assertSame(entry("naive").record(setting), entry("naive").record(setting));
        assertSame(
                entry("naive").record(setting),
                entry("naive").record(ScenarioText.parse(SCENARIO).setting()));
    }

    @Test
    void variantsAndOtherSitesAreReadAnew() {
        Setting setting = ScenarioText.parse(SCENARIO).setting();
        Setting other = ScenarioText.parse("cpus=2 site0=nop5->jmp32@62").setting();
        assertNotSame(entry("naive").record(setting), entry("naive").record(other));
        assertNotSame(entry("naive").record(setting), entry("naive@sync").record(setting));
    }

    @Test
    void whatIsNotModelledIsKnownOfEachVariant() {
        Setting setting = ScenarioText.parse(SCENARIO).setting();
        for (String name : new String[] {"stop_machine", "stop_machine@barrier", "text_poke_early@sync-late"}) {
            assertTrue(entry(name).record(setting).notModelled().size() > 0, name);
        }
        assertEquals(0, entry("naive").record(setting).notModelled().size());
    }
}
