// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source;

import dev.pokecheck.source.token.SourceText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The headers that come with pokecheck. */
public final class Headers {
    private static final List<String> NAMES = List.of("pokecheck.h", "pokecheck/steps.h", "pokecheck/user.h");

    private Headers() {}

    /** The names of all of them. */
    public static List<String> names() {
        return NAMES;
    }

    /** A header by the name that a directive gives it; empty if it is none of ours. */
    public static Optional<SourceText> find(String name) {
        if (!NAMES.contains(name)) {
            return Optional.empty();
        }
        try (InputStream in = Headers.class.getResourceAsStream(name)) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(SourceText.header(name, new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
