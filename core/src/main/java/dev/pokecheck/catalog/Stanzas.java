// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The data files of the catalog: stanzas of lines {@code key: value}, with an empty line between two stanzas; a line that begins with {@code #} is a
 * comment. Which keys a stanza has is for its reader to say; what it does not fetch, or fetches in vain, is an error that names the line.
 */
final class Stanzas {
    private static final String COMMENT = "#";

    private Stanzas() {}

    /** A stanza. */
    static final class Stanza {
        private final String place;
        private final Map<String, List<String>> values = new LinkedHashMap<>();

        private Stanza(String place) {
            this.place = place;
        }

        private void add(String key, String value) {
            values.computeIfAbsent(key, unknown -> new ArrayList<>()).add(value);
        }

        /** All values of a key, at least one. */
        List<String> all(String key) {
            List<String> found = values.remove(key);
            if (found == null) {
                throw new IllegalArgumentException(place + ": the stanza has no line \"" + key + ":\"");
            }
            return found;
        }

        /** The value of a key that there is once. */
        String one(String key) {
            List<String> found = all(key);
            if (found.size() > 1) {
                throw new IllegalArgumentException(
                        place + ": the stanza has " + found.size() + " lines \"" + key + ":\"; one is enough");
            }
            return found.get(0);
        }

        /** The value of a key that there is once, or not at all. */
        Optional<String> maybe(String key) {
            return values.containsKey(key) ? Optional.of(one(key)) : Optional.empty();
        }

        /** Complains about keys that nobody has asked for. */
        void end() {
            if (!values.isEmpty()) {
                throw new IllegalArgumentException(place + ": the stanza has a line \""
                        + values.keySet().iterator().next() + ":\", which means nothing here");
            }
        }
    }

    /** The stanzas of a file beside this class. */
    static List<Stanza> read(String file) {
        try (InputStream in = Stanzas.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + file + " is missing");
            }
            return parse(file, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the resource " + file + " cannot be read", e);
        }
    }

    /**
     * The stanzas of a text.
     *
     * @param file its name, for complaints
     * @throws IllegalArgumentException that names file and line if a line is none of a stanza
     */
    static List<Stanza> parse(String file, String text) {
        List<Stanza> stanzas = new ArrayList<>();
        boolean open = false;
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.startsWith(COMMENT)) {
                continue;
            }
            if (line.isBlank()) {
                open = false;
                continue;
            }
            String place = file + ", line " + number;
            if (!open) {
                stanzas.add(new Stanza(place));
                open = true;
            }
            int colon = line.indexOf(':');
            String value = line.substring(colon + 1).strip();
            if (colon <= 0 || value.isEmpty()) {
                throw new IllegalArgumentException(place + ": \"" + line + "\" is no line \"key: value\"");
            }
            stanzas.get(stanzas.size() - 1).add(line.substring(0, colon).strip(), value);
        }
        return stanzas;
    }
}
