// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.report;

import dev.pokecheck.property.Property;
import dev.pokecheck.report.Result.Grade;
import dev.pokecheck.report.Result.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Results as SARIF 2.1.0, the format of code scanning servers and editors: what failed, with a flow a CPU.
 *
 * <p>What passed is no result, as viewers show every result as a problem. A vacuous run is a warning. A bound or a sample is no finding about the
 * protocol, but a notification of the invocation. The file holds no time and no host, so that two runs write the same.
 */
public final class Sarif {
    private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

    /** What tells two findings apart; another number where the meaning of a symptom changes. */
    private static final String FINGERPRINT = "pokecheckSymptom/v1";

    private Sarif() {}

    /** The text of the file. */
    public static String of(Invocation invocation, List<Result> results) {
        Map<String, @Nullable Object> driver = new LinkedHashMap<>();
        driver.put("name", "pokecheck");
        driver.put("version", invocation.version());
        driver.put("rules", Rules.all());
        Map<String, @Nullable Object> run = new LinkedHashMap<>();
        run.put("tool", map("driver", driver));
        run.put("invocations", List.of(invocation(invocation, results)));
        Map<String, @Nullable Object> roots = new LinkedHashMap<>();
        roots.put(SarifPlace.ROOT, map("description", text("The folder in which pokecheck was called.")));
        roots.put(
                SarifPlace.CATALOG_ROOT,
                map(
                        "description",
                        text("The folder of the shipped protocols in C: dev/pokecheck/catalog in the jar.")));
        roots.put(
                SarifPlace.JAVA_ROOT,
                map("description", text("The folder in which the packages of the sources in Java lie.")));
        run.put("originalUriBaseIds", roots);
        run.put("columnKind", "unicodeCodePoints");
        run.put(
                "results",
                results.stream().filter(Sarif::isFinding).map(Sarif::result).toList());
        run.put(
                "properties",
                map(
                        "verdicts",
                        results.stream()
                                .map(it -> it.name() + ": " + it.sentence())
                                .toList()));
        Map<String, @Nullable Object> log = new LinkedHashMap<>();
        log.put("$schema", SCHEMA);
        log.put("version", "2.1.0");
        log.put("runs", List.of(run));
        return Json.write(log) + "\n";
    }

    private static boolean isFinding(Result result) {
        return result.grade() == Grade.FAILED || result.kind() == Kind.VACUOUS;
    }

    private static Map<String, @Nullable Object> invocation(Invocation invocation, List<Result> results) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("arguments", invocation.arguments());
        values.put("exitCode", invocation.exitCode());
        values.put("exitCodeDescription", invocation.meaning());
        values.put("executionSuccessful", true);
        values.put(
                "toolExecutionNotifications",
                results.stream()
                        .filter(result -> result.grade() == Grade.INCONCLUSIVE && !isFinding(result))
                        .map(Sarif::notification)
                        .toList());
        return values;
    }

    private static Map<String, @Nullable Object> notification(Result result) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("descriptor", map("id", result.kind().text()));
        values.put("level", "warning");
        values.put("message", text(result.name() + ": " + result.sentence() + "."));
        return values;
    }

    private static Map<String, @Nullable Object> result(Result result) {
        SarifPlace place = new SarifPlace(result);
        String rule = rule(result);
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("ruleId", rule);
        values.put("ruleIndex", Rules.index(rule));
        values.put("level", result.grade() == Grade.FAILED ? "error" : "warning");
        values.put("message", text(message(result)));
        values.put("locations", List.of(place.last()));
        place.related().ifPresent(related -> values.put("relatedLocations", List.of(related)));
        result.trace().ifPresent(trace -> {
            List<Map<String, @Nullable Object>> flows = new SarifFlows(trace, place).all();
            if (!flows.isEmpty()) {
                Map<String, @Nullable Object> flow = new LinkedHashMap<>();
                flow.put("message", text("The interleaving: a flow a CPU, in the order of execution."));
                flow.put("threadFlows", flows);
                values.put("codeFlows", List.of(flow));
            }
        });
        values.put("partialFingerprints", map(FINGERPRINT, fingerprint(result)));
        Map<String, @Nullable Object> properties = new LinkedHashMap<>();
        properties.put("scenario", result.scenario());
        properties.put("command", result.command());
        values.put("properties", properties);
        return values;
    }

    /** The sentence; of a deadlock, also who waits for whom. */
    private static String message(Result result) {
        StringBuilder message = new StringBuilder(result.protocol() + ": " + result.sentence()).append('.');
        result.trace()
                .ifPresent(trace ->
                        trace.waits().forEach(line -> message.append('\n').append(line)));
        return message.toString();
    }

    private static String rule(Result result) {
        if (result.kind().isOfReplay()) {
            return Rules.REPLAY;
        }
        return result.property().map(Property::text).orElse(Property.VACUOUS.text());
    }

    /** The same symptom of the same protocol is the same finding, in whatever scenario it shows. */
    private static String fingerprint(Result result) {
        if (result.kind().isOfReplay()) {
            return result.name() + ": " + result.kind().text();
        }
        Optional<String> symptom = result.symptom().map(it -> it.text());
        return result.protocol() + ": " + symptom.orElseGet(() -> rule(result) + " of " + result.scenario());
    }

    static Map<String, @Nullable Object> text(String text) {
        return map("text", text);
    }

    static Map<String, @Nullable Object> map(String key, @Nullable Object value) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put(key, value);
        return map;
    }
}
