// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.corpus.ScenarioText;
import dev.pokecheck.fuzz.claim.Claims;
import dev.pokecheck.property.Level;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What the first bytes of an input choose. */
class MenuTest {
    private static String chosen(Menu menu, byte[] input) {
        return menu.protocol(input).fullName() + " " + ScenarioText.print(menu.scenario(input));
    }

    /** Machines are kept by key: one key must mean one protocol and scenario, and should not tell apart what is the same. */
    @Test
    void aKeyIsAProtocolAndAScenario() {
        Menu menu = Menu.all();
        RandomInputs inputs = new RandomInputs("keys of the menu", 20251106);
        Map<Long, String> byKey = new TreeMap<>();
        for (int i = 0; i < 5000; i++) {
            byte[] input = inputs.next(Menu.HEADER, Menu.HEADER);
            for (int at = 0; at < Menu.HEADER; at++) {
                byte[] edited = input.clone();
                edited[at] ^= (byte) (1 << i % 8);
                String chosen = chosen(menu, edited);
                assertEquals(byKey.merge(menu.key(edited), chosen, (before, now) -> before), chosen);
            }
        }
        assertTrue(byKey.size() > 10_000, byKey.size() + " keys");
        byte[] one = {0, 0, 0, 0, 0, 0, 0b110, 0, 0x10};
        assertEquals(menu.key(new byte[Menu.HEADER]), menu.key(one), "neither a store buffer nor a second site");
    }

    @Test
    void fiveBitsOfTheThirdByteLayTheSecondSiteOverTheFirst() {
        Menu menu = Menu.of(Catalog.all());
        String over = chosen(menu, new byte[] {0, 0, 0x1f, 1, 2});
        assertTrue(over.contains("site0=66900f1f00->jmp32@62 site1=0f1f00->eb1090@site0+2"), over);
        String apart = chosen(menu, new byte[] {0, 0, 0x0f, 1, 2});
        assertTrue(apart.contains("site0=nop5->call@62 site1=nop5->jmp32"), apart);
    }

    /** Sites that overlap are patched by protocols that know nothing of it, so that nothing is promised; the same sites apart are. */
    @Test
    void nothingIsPromisedForSitesThatOverlap() {
        String first = "cpus=2 site0=nop5->jmp32 site1=nop5->call";
        for (String protocol : List.of("stop_machine", "text_poke_bp_batch")) {
            assertEquals(Optional.of(Level.REGULAR), Claims.of(protocol, ScenarioText.parse(first)));
            assertEquals(Optional.empty(), Claims.of(protocol, ScenarioText.parse(first + "@site0+0")));
        }
    }

    /** In one scenario a byte chooses between the protocol and the canary, if there is one. */
    @Test
    void oneScenario() {
        var scenario = ScenarioText.parse("cpus=2 site0=nop2->jmp8");
        Menu menu = Menu.protocol("naive@sync").in(scenario);
        assertEquals(1, menu.header());
        int canaries = 0;
        for (int b = 0; b < 256; b++) {
            byte[] input = {(byte) b};
            boolean canary = menu.protocol(input).name().equals(Canary.NAME);
            canaries += canary ? 1 : 0;
            assertEquals(canary ? 1 : 0, menu.key(input));
            assertEquals("cpus=2 site0=nop2->jmp8", ScenarioText.print(menu.scenario(input)));
        }
        assertEquals(32, canaries);
        assertEquals(0, menu.withoutCanary().header());
    }
}
