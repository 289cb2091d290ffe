// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.report;

import dev.pokecheck.report.Result.Grade;
import dev.pokecheck.trace.TextTimeline;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Results as JUnit XML, in the form that Surefire writes and CI servers read: one suite, a case for each result.
 *
 * <p>What was demanded and is not so is a {@code failure}; what nothing can be said of (a bound, a sample, a vacuous run) is an {@code error}.
 * Neither is {@code skipped}: a server shows that as no trouble, and the program's exit code says otherwise.
 */
public final class JunitXml {
    private static final String SCHEMA =
            "https://maven.apache.org/surefire/maven-surefire-plugin/xsd/surefire-test-report.xsd";

    private JunitXml() {}

    /** The text of the file. */
    public static String of(Invocation invocation, List<Result> results) {
        Map<String, String> suite = new LinkedHashMap<>();
        suite.put("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
        suite.put("xsi:noNamespaceSchemaLocation", SCHEMA);
        suite.put("name", "pokecheck " + invocation.command());
        suite.put(
                "time",
                results.stream()
                        .map(Result::seconds)
                        .reduce(BigDecimal.ZERO, BigDecimal::add)
                        .toPlainString());
        suite.put("tests", Integer.toString(results.size()));
        suite.put("errors", count(results, Grade.INCONCLUSIVE));
        suite.put("skipped", "0");
        suite.put("failures", count(results, Grade.FAILED));
        Xml xml = new Xml("testsuite", suite);
        xml.open("properties", Map.of());
        property(xml, "pokecheck.version", invocation.version());
        property(xml, "pokecheck.arguments", String.join(" ", invocation.arguments()));
        property(xml, "pokecheck.exitCode", invocation.exitCode() + ": " + invocation.meaning());
        for (int i = 0; i < results.size(); i++) {
            property(xml, "scenario." + (i + 1), results.get(i).scenario());
        }
        xml.close("properties");
        results.forEach(result -> add(xml, result));
        return xml.end();
    }

    private static String count(List<Result> results, Grade grade) {
        return Long.toString(
                results.stream().filter(result -> result.grade() == grade).count());
    }

    private static void property(Xml xml, String name, String value) {
        xml.empty("property", attributes("name", name, "value", value));
    }

    private static void add(Xml xml, Result result) {
        xml.open(
                "testcase",
                attributes(
                        "name",
                        result.name(),
                        "classname",
                        "pokecheck." + result.protocol(),
                        "time",
                        result.seconds().toPlainString()));
        switch (result.grade()) {
            case PASSED -> {
                // What it showed stands in the output.
            }
            case FAILED -> complaint(xml, "failure", result);
            case INCONCLUSIVE -> complaint(xml, "error", result);
        }
        xml.text("system-out", Map.of(), result.sentence() + ".\nscenario   " + result.scenario() + "\n");
        xml.close("testcase");
    }

    private static void complaint(Xml xml, String element, Result result) {
        String type = result.property()
                .map(property -> property.text())
                .orElse(result.kind().text());
        String timeline = result.trace().map(TextTimeline::of).orElse(result.sentence() + ".\n");
        xml.text(
                element,
                attributes("message", result.sentence(), "type", type),
                "\n" + timeline + "\nagain      " + result.command() + "\n");
    }

    private static Map<String, String> attributes(String... pairs) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            attributes.put(pairs[i], pairs[i + 1]);
        }
        return attributes;
    }
}
