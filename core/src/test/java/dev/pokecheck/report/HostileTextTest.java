// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pokecheck.report.Result.Grade;
import dev.pokecheck.report.Result.Kind;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** Names and arguments are the user's, and hold whatever they like. */
class HostileTextTest {
    private static final Invocation INVOCATION =
            new Invocation("check", List.of("check", "a\u0000b", "</property>"), "1.0", 1, "violated");

    private static Result result(Kind kind, String name, String sentence, Optional<SourceFile> file) {
        return new Result(
                name,
                "p",
                "cpus=2 site0=a->b",
                kind,
                sentence,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                file,
                "java -jar pokecheck.jar check p",
                BigDecimal.ONE,
                List.of(),
                Map.of());
    }

    private static Element parsed(String xml) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml)))
                .getDocumentElement();
    }

    @Test
    void xmlKeepsWhatItCanAndMarksWhatItCannot() throws Exception {
        String name = "<a> & \"b\" 'c' ]]> \t\n\r \ud83d\ude00 end";
        String sentence = "bell \u0007, half \ud83d, none \uffff";
        Element suite =
                parsed(JunitXml.of(INVOCATION, List.of(result(Kind.DIVERGED, name, sentence, Optional.empty()))));
        Element test = (Element) suite.getElementsByTagName("testcase").item(0);
        assertEquals(name, test.getAttribute("name"));
        Element failure = (Element) test.getElementsByTagName("failure").item(0);
        assertEquals("bell \ufffd, half \ufffd, none \ufffd", failure.getAttribute("message"));
        assertEquals("diverged", failure.getAttribute("type"));
        Element arguments = (Element) suite.getElementsByTagName("property").item(1);
        assertEquals("check a\ufffdb </property>", arguments.getAttribute("value"));
    }

    @Test
    void aTableOfMarkdownKeepsItsColumns() {
        Optional<SourceFile> file = Optional.of(new SourceFile("a|b.poke", List.of()));
        String text = MarkdownSummary.of(
                INVOCATION, List.of(result(Kind.CHANGED, "a|`b``", "<script> |x| *y* _z_ [l](u) \\ `t`\nnext", file)));
        String row =
                text.lines().filter(line -> line.contains("\u274c")).findFirst().orElseThrow();
        assertEquals(7, row.split("(?<!\\\\)\\|", -1).length, row);
        assertTrue(row.contains("\\<script\\> \\|x\\| \\*y\\* \\_z\\_ \\[l\\](u) \\\\ \\`t\\` next"), row);
        assertTrue(row.contains("`a\\|b.poke`"), row);
        assertTrue(text.contains("#### ``` a|`b`` ```\n"), text);
    }

    @ParameterizedTest
    @CsvSource({
        "corpus/fail/torn+no-sync1.poke, corpus/fail/torn+no-sync1.poke, true",
        "my file#1?.poke, my%20file%231%3F.poke, true",
        "\u00fc/100%.poke, %C3%BC/100%25.poke, true",
        "c:x.poke, ./c:x.poke, true",
        "/abs/a b.poke, file:///abs/a%20b.poke, false"
    })
    void pathsAreReferences(String path, String reference, boolean relative) throws Exception {
        SourceFile file = new SourceFile(path, List.of(7, 8));
        JsonNode location = new ObjectMapper()
                .readTree(Sarif.of(INVOCATION, List.of(result(Kind.DIVERGED, "n", "s", Optional.of(file)))))
                .at("/runs/0/results/0/locations/0/physicalLocation");
        assertEquals(reference, location.at("/artifactLocation/uri").asText());
        assertEquals(relative, location.at("/artifactLocation").has("uriBaseId"));
        assertEquals(1, location.at("/region/startLine").asInt(), "without a step, the file as such");
    }

    /** No kind is forgotten in any of the forms. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void everyKindIsInEachForm(Kind kind) throws Exception {
        List<Result> results = List.of(result(kind, "n", "the sentence", Optional.empty()));
        Element suite = parsed(JunitXml.of(INVOCATION, results));
        assertEquals(kind.grade() == Grade.FAILED ? "1" : "0", suite.getAttribute("failures"));
        assertEquals(kind.grade() == Grade.INCONCLUSIVE ? "1" : "0", suite.getAttribute("errors"));
        assertEquals("0", suite.getAttribute("skipped"));
        JsonNode run =
                new ObjectMapper().readTree(Sarif.of(INVOCATION, results)).at("/runs/0");
        int told = run.at("/results").size()
                + run.at("/invocations/0/toolExecutionNotifications").size();
        assertEquals(kind.grade() == Grade.PASSED ? 0 : 1, told);
        assertTrue(JsonReport.of(INVOCATION, results).contains("\"verdict\": \"" + kind.text() + "\""));
        assertTrue(MarkdownSummary.of(INVOCATION, results).startsWith("### pokecheck check: " + kind.text() + "\n"));
    }
}
