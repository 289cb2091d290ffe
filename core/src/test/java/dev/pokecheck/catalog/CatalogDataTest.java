// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.corpus.ScenarioText;
import dev.pokecheck.property.Level;
import dev.pokecheck.property.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The data files of the catalog name what there is, and their reader says what is wrong with others. */
class CatalogDataTest {
    @TestFactory
    Stream<DynamicTest> anExhibitNamesWhatThereIs() {
        return Museum.all().stream().map(exhibit -> DynamicTest.dynamicTest(exhibit.id(), () -> check(exhibit)));
    }

    private static void check(Exhibit exhibit) {
        assertTrue(Catalog.find(exhibit.broken()).isPresent(), exhibit.broken());
        assertTrue(Catalog.find(exhibit.fixed()).isPresent(), exhibit.fixed());
        assertTrue(
                Stream.of(Property.values()).map(Property::text).anyMatch(exhibit.property()::equals),
                exhibit.property());
        assertTrue(Level.of(exhibit.level()).isPresent(), exhibit.level());
        records(exhibit.broken(), exhibit.scenario());
        records(exhibit.fixed(), exhibit.fixedScenario());
        assertFalse(
                exhibit.broken().equals(exhibit.fixed()) && exhibit.scenario().equals(exhibit.fixedScenario()),
                "nothing was fixed");
    }

    private static void records(String protocol, String scenario) {
        Catalog.find(protocol).orElseThrow().record(ScenarioText.parse(scenario).setting());
    }

    @Test
    void noTwoExhibitsHaveOneNumber() {
        Set<String> ids = new TreeSet<>();
        Museum.all().forEach(exhibit -> assertTrue(ids.add(exhibit.id()), exhibit.id()));
        assertEquals(40, ids.size());
    }

    @Test
    void aBatteryNamesWhatThereIs() {
        List<String> known = Catalog.all().stream().map(CatalogEntry::name).toList();
        Battery.all().forEach((protocol, scenarios) -> {
            assertTrue(protocol.equals(Battery.OTHERS) || known.contains(protocol), protocol);
            Set<String> different = new TreeSet<>();
            for (String scenario : scenarios) {
                assertTrue(different.add(ScenarioText.print(ScenarioText.parse(scenario))), scenario);
            }
        });
        assertTrue(Battery.all().containsKey(Battery.OTHERS));
    }

    @Test
    void variantsHaveTheBatteryOfTheirProtocol() {
        assertEquals(6, Battery.of("text_poke_bp_batch").size());
        assertEquals(Battery.of("text_poke_bp_batch"), Battery.of("smp_text_poke_batch"));
        assertEquals(5, Battery.of("text_poke_late").size());
        assertEquals(List.of("cpus=2 site0=nop5->jmp32"), Battery.of("naive"));
    }

    private static final String EXHIBIT = """
            # a comment
            exhibit: X1
            title: t: u
            source: s
            broken: a
            in: one
            violates: torn
            fixed: b
            holds at: safe
            """;

    private static List<Exhibit> museum(String text) {
        return Museum.read(Stanzas.parse("m.txt", text));
    }

    private static String complaint(String text) {
        return assertThrows(IllegalArgumentException.class, () -> museum(text)).getMessage();
    }

    @Test
    void stanzasAreRead() {
        Exhibit both = new Exhibit("X1", "t: u", "s", "a", "one", "torn", "b", "one", "safe");
        Exhibit other = new Exhibit("X2", "t: u", "s", "a", "one", "torn", "b", "two", "safe");
        List<Exhibit> read = new ArrayList<>();
        read.add(both);
        assertEquals(read, museum(EXHIBIT));
        read.add(other);
        assertEquals(read, museum(EXHIBIT + "\n\n" + EXHIBIT.replace("X1", "X2") + "fixed in: two\n"));
    }

    @Test
    void complaintsNameFileAndLine() {
        assertEquals(
                "m.txt, line 2: the stanza has no line \"source:\"", complaint(EXHIBIT.replace("source: s\n", "")));
        assertEquals(
                "m.txt, line 2: the stanza has 2 lines \"title:\"; one is enough", complaint(EXHIBIT + "title: v"));
        assertEquals(
                "m.txt, line 2: the stanza has a line \"levle:\", which means nothing here",
                complaint(EXHIBIT + "levle: safe"));
        assertEquals("m.txt, line 10: \"level safe\" is no line \"key: value\"", complaint(EXHIBIT + "level safe"));
        assertEquals("m.txt, line 10: \"level:\" is no line \"key: value\"", complaint(EXHIBIT + "level:"));
    }

    @Test
    void aBatteryNamesAProtocolOnce() {
        String stanza = "protocol: p\nin: s\n";
        assertEquals(
                "the battery names p twice",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Battery.read(Stanzas.parse("b.txt", stanza + "\n" + stanza)))
                        .getMessage());
    }
}
