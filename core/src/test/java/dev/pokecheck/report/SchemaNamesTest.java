// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pokecheck.property.Level;
import dev.pokecheck.property.Property;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The names in the schema of {@link JsonReport} are made from the properties and levels; {@code -Dpokecheck.promote=true} writes them there.
 */
class SchemaNamesTest {
    private static final Path FILE = Path.of("src/main/resources/dev/pokecheck/report", JsonReport.SCHEMA);

    @Test
    void theSchemaHasTheNamesOfPropertiesAndLevels() throws IOException {
        String schema = Files.readString(FILE);
        List<String> properties =
                Property.searched().stream().map(Property::text).toList();
        String made = with(with(schema, "property", properties), "level", Level.texts());
        if (Boolean.getBoolean("pokecheck.promote")) {
            Files.writeString(FILE, made);
            return;
        }
        assertEquals(
                made,
                schema,
                () -> FILE + " does not have the names that there are; run the test with -Dpokecheck.promote=true");
    }

    /** A schema in which one definition allows these names. */
    private static String with(String schema, String definition, List<String> names) {
        Matcher place = Pattern.compile("(\"" + definition + "\":\\s*\\{\\s*\"enum\":\\s*\\[)[^]]*(])")
                .matcher(schema);
        String list = names.stream().map(name -> '"' + name + '"').collect(Collectors.joining(", "));
        if (!place.find()) {
            throw new AssertionError(FILE + " does not define \"" + definition + '"');
        }
        return schema.substring(0, place.end(1)) + list + schema.substring(place.start(2));
    }
}
