// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Results as JSON; {@value #SCHEMA}, beside this class, is the schema and says what each value means. */
public final class JsonReport {
    /** The name of the schema's file. */
    public static final String SCHEMA = "results.schema.json";

    /** What the file says of its form; it changes with the form. */
    private static final String FORMAT = "pokecheck-results 1";

    private JsonReport() {}

    /** The text of the file: one object, a line for each result. */
    public static String of(Invocation invocation, List<Result> results) {
        Map<String, @Nullable Object> head = new LinkedHashMap<>();
        head.put("format", FORMAT);
        head.put("version", invocation.version());
        head.put("command", invocation.command());
        head.put("arguments", invocation.arguments());
        head.put("exitCode", invocation.exitCode());
        StringBuilder text = new StringBuilder("{\n");
        head.forEach((key, value) -> text.append("  \"")
                .append(key)
                .append("\": ")
                .append(Json.write(value))
                .append(",\n"));
        text.append("  \"results\": [");
        for (int i = 0; i < results.size(); i++) {
            text.append(i == 0 ? "\n    " : ",\n    ").append(Json.write(values(results.get(i))));
        }
        return text.append(results.isEmpty() ? "]\n}\n" : "\n  ]\n}\n").toString();
    }

    private static Map<String, @Nullable Object> values(Result result) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("name", result.name());
        values.put("protocol", result.protocol());
        values.put("scenario", result.scenario());
        values.put("verdict", result.kind().text());
        values.put("sentence", result.sentence());
        values.put("seconds", result.seconds());
        values.put("file", result.source().map(SourceFile::path).orElse(null));
        values.put("notModelled", result.notModelled());
        values.putAll(result.details());
        return values;
    }
}
