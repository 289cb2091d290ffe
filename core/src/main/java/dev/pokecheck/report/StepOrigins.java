// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.report;

import dev.pokecheck.protocol.Origin;
import dev.pokecheck.trace.Trace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the steps of an interleaving come from, as plain values for JSON. */
public final class StepOrigins {
    private StepOrigins() {}

    /** For each step its place, or null if it has none. */
    public static List<@Nullable Object> of(Trace trace) {
        List<@Nullable Object> values = new ArrayList<>();
        trace.steps().forEach(step -> values.add(of(step.origin())));
        return values;
    }

    /** A place, or null. */
    public static @Nullable Object of(Optional<Origin> origin) {
        return origin.map(StepOrigins::values).orElse(null);
    }

    private static Map<String, @Nullable Object> values(Origin origin) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("kind", origin.kind().name().toLowerCase(Locale.ROOT));
        values.put("file", origin.file());
        values.put("line", origin.line());
        values.put("column", origin.column() == 0 ? null : origin.column());
        values.put("text", origin.text());
        return values;
    }
}
