// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source;

import dev.pokecheck.source.token.SourceText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The headers that come with pokecheck. */
public final class Headers {
    private static final List<String> NAMES = List.of("pokecheck.h", "pokecheck/steps.h", "pokecheck/user.h");

    /** Those that were asked for. */
    private static final Map<String, SourceText> READ = new TreeMap<>();

    private Headers() {}

    /** The names of all of them. */
    public static List<String> names() {
        return NAMES;
    }

    /** A header by the name that a directive gives it, the same each time; empty if it is none of ours. */
    public static Optional<SourceText> find(String name) {
        if (!NAMES.contains(name)) {
            return Optional.empty();
        }
        synchronized (READ) {
            return Optional.of(READ.computeIfAbsent(name, Headers::read));
        }
    }

    private static SourceText read(String name) {
        try (InputStream in = Headers.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the header " + name + " is missing from this program");
            }
            return SourceText.header(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
