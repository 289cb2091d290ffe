// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.protocol.Setting;
import java.util.List;
import org.junit.jupiter.api.Test;

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
}
