// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import dev.pokecheck.cli.run.ExitCode;
import dev.pokecheck.property.Property;
import dev.pokecheck.report.JsonReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** The reports for other tools, against the schemas of their formats. */
class ReportsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CORPUS = "../corpus/";
    private static final String TORN = "corpus/fail/torn+stop_machine+nmi.poke";

    /** Published by OASIS; the artifact on the class path has it without its errata. */
    private static final JsonSchema SARIF = schema("/schema/sarif-schema-2.1.0.json", VersionFlag.V7);

    private static final JsonSchema RESULTS = schema("/dev/pokecheck/report/" + JsonReport.SCHEMA, VersionFlag.V202012);

    @TempDir
    private Path folder;

    /** What one command wrote in all four forms. */
    private record Reports(Outcome outcome, String json, String junit, String sarif, String markdown) {}

    private static JsonSchema schema(String name, VersionFlag version) {
        try (InputStream in = Objects.requireNonNull(ReportsTest.class.getResourceAsStream(name), name)) {
            return JsonSchemaFactory.getInstance(version).getSchema(in);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Reports run(String line) throws IOException {
        List<String> words = new ArrayList<>(List.of(line.split(" ", -1)));
        for (String form : List.of("json", "junit", "sarif", "markdown")) {
            words.add("--" + form);
            words.add(folder.resolve(form).toString());
        }
        Outcome outcome = Outcome.of(words.toArray(String[]::new));
        assertTrue(outcome.code() != 2 && outcome.code() != 3, outcome.err());
        return new Reports(outcome, read("json"), read("junit"), read("sarif"), read("markdown"));
    }

    private String read(String form) throws IOException {
        return Files.readString(folder.resolve(form));
    }

    private static Set<ValidationMessage> faults(JsonSchema schema, String text) throws IOException {
        return schema.validate(JSON.readTree(text));
    }

    private static Element valid(String junit) throws Exception {
        URL xsd = ReportsTest.class.getResource("/dev/pokecheck/report/surefire-test-report.xsd");
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(xsd)
                .newValidator()
                .validate(new StreamSource(new StringReader(junit)));
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(junit)));
        return document.getDocumentElement();
    }

    /** Every verdict, a run of several shapes, and replays with each outcome. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "check naive",
                "check naive --all",
                "check text_poke_bp_batch --nmi 1",
                "check text_poke_late@rfc18 --workload none",
                "check text_poke_late@rfc18 --sites pvcall->unlock --workload none --nmi 1 --nmi-work lock --property livelock",
                "check naive --workload none",
                "check text_poke_bp_batch --max-states 50",
                "check text_poke_bp_batch --scheduler random --runs 20",
                "check stop_machine --fetch stale-insn --chunk 8 --data tso --cpus 3",
                "replay ../corpus/fail/torn+stop_machine+nmi.poke",
                "replay --expected ../corpus/fail/torn+stop_machine+nmi.poke ../corpus/hold/safe+one-store.poke",
                "replay ../corpus/fail/deadlock+stale-ack+three-cpus.poke ../corpus/fail/livelock+breakpoint-before-state.poke"
            })
    void everyReportFitsItsSchema(String line) throws Exception {
        Reports reports = run(line);
        assertEquals(Set.of(), faults(RESULTS, reports.json));
        assertEquals(Set.of(), faults(SARIF, reports.sarif));
        Element suite = valid(reports.junit);
        JsonNode json = JSON.readTree(reports.json);
        assertEquals(reports.outcome.code(), json.at("/exitCode").asInt());
        assertEquals(
                reports.outcome.code(),
                JSON.readTree(reports.sarif)
                        .at("/runs/0/invocations/0/exitCode")
                        .asInt());
        assertEquals(json.at("/results").size(), Integer.parseInt(suite.getAttribute("tests")));
        int bad = Integer.parseInt(suite.getAttribute("failures")) + Integer.parseInt(suite.getAttribute("errors"));
        assertEquals(reports.outcome.code() != 0, bad > 0, "what exits with another code than 0 is red");
        assertEquals(
                bad,
                suite.getElementsByTagName("failure").getLength()
                        + suite.getElementsByTagName("error").getLength());
        assertTrue(reports.markdown.startsWith("### pokecheck "), reports.markdown);
    }

    /** The schemas do refuse something: each change makes a report that is none. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "json | \"verdict\": \"violated\" | \"verdict\": \"maybe\"",
                "json | \"property\": \"torn\" | \"property\": null",
                "json | \"states\": 4 | \"states\": \"4\"",
                "json | \"loop\": null | \"loops\": null",
                "json | \"exitCode\": 1 | \"exitCode\": 3",
                "json | cpu1 fetch | fetch",
                "sarif | \"version\": \"2.1.0\" | \"version\": \"2.2.0\"",
                "sarif | \"level\": \"error\", \"message\" | \"level\": \"fatal\", \"message\"",
                "sarif | \"executionOrder\": 3 | \"executionOrder\": -3",
                "sarif | \"threadFlows\" | \"threadflows\"",
                "sarif | \"message\": {\"text\" | \"message\": {\"words\"",
                "junit | tests=\"1\" | test=\"1\"",
                "junit | <failure | <fault",
                "junit | time=\"0. | time=\"x0."
            })
    void theSchemasSeeWhatIsWrong(String form, String right, String wrong) throws Exception {
        Reports reports = run("check naive");
        String text = read(form);
        assertTrue(text.contains(right), text);
        String changed =
                text.replace(right, wrong).replace("</failure>", wrong.equals("<fault") ? "</fault>" : "</failure>");
        assertNotEquals(text, changed);
        switch (form) {
            case "json" -> assertFalse(faults(RESULTS, changed).isEmpty());
            case "sarif" -> assertFalse(faults(SARIF, changed).isEmpty());
            default -> assertThrows(SAXException.class, () -> valid(changed));
        }
        assertEquals(1, reports.outcome.code());
    }

    private static final String IN_C = """
            /* scenario: cpus=2 site0=nop5->jmp32 */
            #include <pokecheck.h>
            #define NOTE(x, v) \\
                WRITE_ONCE(x, v)
            static int begun;

            void pokecheck_patcher(void)
            {
                poke_begin(0);
                /* \ud83d\ude00 */ NOTE(begun, 1);
                text_poke(POKE_ADDR(0), POKE_NEW(0), POKE_LEN(0));
                poke_end(0);
            }
            """;

    private Path inC() throws IOException {
        return Files.writeString(folder.resolve("it.c"), IN_C);
    }

    @Test
    void reportsOnAFileInCPointIntoIt() throws Exception {
        Path file = inC();
        Reports reports = run("check " + file);
        assertEquals(Set.of(), faults(RESULTS, reports.json));
        assertEquals(Set.of(), faults(SARIF, reports.sarif));
        JsonNode json = JSON.readTree(reports.json).at("/results/0");
        assertEquals(json.at("/steps").size(), json.at("/origins").size());
        JsonNode note = json.at("/origins/1");
        assertEquals("c", note.at("/kind").asText());
        assertEquals(file.toString(), note.at("/file").asText());
        assertEquals(10, note.at("/line").asInt(), "where the macro is used");
        assertEquals(13, note.at("/column").asInt(), "in code points");
        assertEquals("/* \ud83d\ude00 */ NOTE(begun, 1);", note.at("/text").asText());
        assertTrue(json.at("/origins").get(json.at("/origins").size() - 1).isNull(), "a bystander's step");

        JsonNode run = JSON.readTree(reports.sarif).at("/runs/0");
        assertEquals("unicodeCodePoints", run.at("/columnKind").asText());
        JsonNode step = run.at("/results/0/codeFlows/0/threadFlows/0/locations/1/location/physicalLocation");
        assertEquals(file, Path.of(URI.create(step.at("/artifactLocation/uri").asText())));
        assertEquals(10, step.at("/region/startLine").asInt());
        assertEquals(13, step.at("/region/startColumn").asInt());
        assertEquals(
                "/* \ud83d\ude00 */ NOTE(begun, 1);",
                step.at("/contextRegion/snippet/text").asText());
        JsonNode last = run.at("/results/0/locations/0/physicalLocation");
        assertEquals(11, last.at("/region/startLine").asInt(), "the author's statement that was executed last");
        assertTrue(reports.junit.contains("  2  it.c:10 \u2502 "), reports.junit);
        assertTrue(reports.markdown.contains("  2  it.c:10 \u2502 "), reports.markdown);
    }

    @Test
    void theFileOfTheInterleavingIsThenRelated() throws Exception {
        Path entry = folder.resolve("it.poke");
        Reports reports = run("check " + inC() + " --save " + entry);
        assertEquals(Set.of(), faults(SARIF, reports.sarif));
        JsonNode result = JSON.readTree(reports.sarif).at("/runs/0/results/0");
        assertTrue(result.at("/locations/0/physicalLocation/artifactLocation/uri")
                .asText()
                .endsWith("/it.c"));
        JsonNode related = result.at("/relatedLocations/0/physicalLocation");
        assertEquals(
                entry, Path.of(URI.create(related.at("/artifactLocation/uri").asText())));
        int line = related.at("/region/startLine").asInt();
        assertTrue(Files.readAllLines(entry).get(line - 1).startsWith("  cpu1 fetch "), "the last step");
    }

    @ParameterizedTest
    @CsvSource({"naive, naive.c, %CATALOG%", "xray@head-first, dev/pokecheck/catalog/XRay.java, %JAVAROOT%"})
    void whatIsShippedPointsToItselfUnlessThereIsAnEntry(String protocol, String uri, String root) throws Exception {
        JsonNode run = JSON.readTree(run("check " + protocol).sarif).at("/runs/0");
        assertTrue(run.at("/originalUriBaseIds").has(root));
        Set<String> places = new TreeSet<>();
        for (JsonNode artifact : run.at("/results/0/codeFlows").findValues("artifactLocation")) {
            places.add(artifact.at("/uriBaseId").asText() + " "
                    + artifact.at("/uri").asText());
        }
        assertTrue(places.contains(root + " " + uri), places::toString);
        Path entry = folder.resolve("saved.poke");
        JsonNode saved = JSON.readTree(run("check " + protocol + " --save " + entry).sarif)
                .at("/runs/0/results/0");
        for (JsonNode artifact : saved.findValues("artifactLocation")) {
            assertTrue(artifact.at("/uri").asText().endsWith("/saved.poke"), artifact.toString());
        }
        assertFalse(saved.has("relatedLocations"));
    }

    @Test
    void aFailedCaseShowsTheInterleavingAndHowToSeeItAgain() throws Exception {
        Reports reports = run("check naive --sites nop5->jmp32");
        Element failure =
                (Element) valid(reports.junit).getElementsByTagName("failure").item(0);
        assertEquals("torn", failure.getAttribute("type"));
        String message = "VIOLATED: torn after 3 steps (bytes of no version were executed)";
        assertEquals(message, failure.getAttribute("message"));
        assertTrue(failure.getTextContent().contains("\nTORN IN STEP 3\n"), failure.getTextContent());
        String again = "java -jar pokecheck.jar check naive --sites 'nop5->jmp32'\n";
        assertTrue(failure.getTextContent().endsWith("\nagain      " + again), failure.getTextContent());
        Element test = (Element) failure.getParentNode();
        assertEquals("naive × cpus=2 site0=nop5->jmp32 × stale-chunk, sc", test.getAttribute("name"));
        assertEquals("pokecheck.naive", test.getAttribute("classname"));

        assertTrue(reports.markdown.contains("```sh\n" + again + "```\n\n```text\nnaive: torn in step 3\n"));
        assertTrue(reports.markdown.contains("| ❌   | `naive`  | `cpus=2 site0=nop5->jmp32` | " + message + " |"));
    }

    /** Where results go, where a search goes on, and how much it tells is not what is asked. */
    @Test
    void theCommandAsksForTheSameAgainAndNothingElse() throws IOException {
        Path file = folder.resolve("checkpoint");
        String asked = "check text_poke_bp_batch --cpus 3 --nmi 1 --nmi-work site --max-states ";
        assertEquals(asked + "30000", again(asked + "30000 --quiet --checkpoint-every 1ms --checkpoint " + file));
        assertTrue(Files.exists(file));
        assertEquals(
                "check text_poke_bp_batch --cpus=3 --nmi=1 --nmi-work=site --max-states=31000",
                again("check --resume " + file + " --max-states 31000"));
    }

    private String again(String line) throws IOException {
        String markdown = run(line).markdown;
        int at = markdown.indexOf("java -jar pokecheck.jar ") + "java -jar pokecheck.jar ".length();
        return markdown.substring(at, markdown.indexOf('\n', at));
    }

    /** Four versions that differ in all ten bytes, and fetches that see each byte as it is in any of them. */
    @Test
    void aFullTableIsABoundLikeAnyOther() throws Exception {
        Reports reports = run("check naive --split word --level none --sites 48b8112233445566aa01"
                + "->49b9213243546576bb02->4abac1c2c3c4c5c6cc03->4bbbd1d2d3d4d5d6dd04");
        String bound = "NO VIOLATION WITHIN the table of fetched instructions of site0 (full with 261120); 14 states";
        assertEquals(ExitCode.INCONCLUSIVE.number(), reports.outcome.code(), reports.outcome.err());
        assertTrue(reports.outcome.lastLine().startsWith(bound), reports.outcome.out());
        assertTrue(reports.outcome.out().contains("also found torn after 3 steps: "), reports.outcome.out());
        assertEquals(
                "no-violation-within",
                JSON.readTree(reports.json).at("/results/0/verdict").asText());
        assertEquals(Set.of(), faults(RESULTS, reports.json));
        assertEquals(Set.of(), faults(SARIF, reports.sarif));
        assertTrue(reports.sarif.contains(bound), reports.sarif);
        Element error =
                (Element) valid(reports.junit).getElementsByTagName("error").item(0);
        assertEquals("no-violation-within", error.getAttribute("type"));
        assertTrue(reports.markdown.contains(bound), reports.markdown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "check naive --workload none | vacuous",
                "check text_poke_bp_batch --max-states 50 | no-violation-within",
                "check text_poke_bp_batch --scheduler random --runs 20 | sampled"
            })
    void whatIsInconclusiveIsAnErrorAndNoSuccess(String line, String type) throws Exception {
        Reports reports = run(line);
        assertEquals(ExitCode.INCONCLUSIVE.number(), reports.outcome.code());
        Element suite = valid(reports.junit);
        assertEquals("1", suite.getAttribute("errors"));
        assertEquals("0", suite.getAttribute("failures"));
        assertEquals(type, ((Element) suite.getElementsByTagName("error").item(0)).getAttribute("type"));
        assertEquals(type, JSON.readTree(reports.json).at("/results/0/verdict").asText());
        assertTrue(reports.markdown.contains("### pokecheck check: " + type + "\n"), reports.markdown);
        JsonNode run = JSON.readTree(reports.sarif).at("/runs/0");
        boolean vacuous = type.equals("vacuous");
        assertEquals(vacuous ? 1 : 0, run.at("/results").size());
        assertEquals(
                vacuous ? 0 : 1,
                run.at("/invocations/0/toolExecutionNotifications").size());
        if (vacuous) {
            assertEquals("warning", run.at("/results/0/level").asText());
        }
    }

    @Test
    void whatHoldsIsNoFinding() throws Exception {
        Reports reports = run("check text_poke_bp_batch");
        assertEquals(0, JSON.readTree(reports.sarif).at("/runs/0/results").size());
        Element suite = valid(reports.junit);
        assertEquals("0", suite.getAttribute("failures"));
        assertTrue(suite.getElementsByTagName("system-out")
                .item(0)
                .getTextContent()
                .startsWith("HOLDS at level atomic"));
        assertTrue(reports.markdown.contains("| ✅   | `text_poke_bp_batch` |"), reports.markdown);
        assertFalse(reports.markdown.contains("```"), reports.markdown);
    }

    @Test
    void aFlowForEachCpuInTheOrderOfExecution() throws Exception {
        Path file = folder.resolve("my deadlock.poke");
        List<String> words = List.of(
                "check", "text_poke_late@rfc18", "--workload", "none", "--save", file.toString(), "--sarif", "-");
        Outcome outcome = Outcome.of(words.toArray(String[]::new));
        JsonNode result = JSON.readTree(outcome.out()).at("/runs/0/results/0");
        assertTrue(result.at("/message/text").asText().contains("cycle: cpu0 → cpu1 → cpu0"), result.toString());
        JsonNode flows = result.at("/codeFlows/0/threadFlows");
        assertEquals(2, flows.size());
        List<String> lines = Files.readAllLines(file);
        Set<Integer> orders = new TreeSet<>();
        for (JsonNode flow : flows) {
            int last = 0;
            for (JsonNode step : flow.at("/locations")) {
                int order = step.at("/executionOrder").asInt();
                assertTrue(order > last, "in its own order");
                last = order;
                orders.add(order);
                JsonNode physical = step.at("/location/physicalLocation");
                assertEquals(
                        file,
                        Path.of(URI.create(physical.at("/artifactLocation/uri").asText())));
                String line = lines.get(physical.at("/region/startLine").asInt() - 1);
                assertTrue(line.strip().startsWith(flow.at("/id").asText()), line);
            }
        }
        int steps =
                (int) lines.stream().filter(line -> line.startsWith("  cpu")).count();
        assertEquals(IntStream.rangeClosed(1, steps).boxed().toList(), List.copyOf(orders), "every step once");
        assertTrue(
                flows.findValuesAsText("fullyQualifiedName").stream()
                        .anyMatch(name -> name.startsWith("text_poke_late@rfc18/thread0/patch_worker.")),
                flows.toString());
    }

    @Test
    void rulesAreThePropertiesAndEachHelps() throws Exception {
        JsonNode run = JSON.readTree(run("check naive").sarif).at("/runs/0");
        List<String> ids = new ArrayList<>();
        for (JsonNode rule : run.at("/tool/driver/rules")) {
            ids.add(rule.at("/id").asText());
            assertTrue(rule.at("/help/text").asText().length() > 80, rule.toString());
        }
        List<String> expected = new ArrayList<>(Property.texts());
        expected.add("replay");
        assertEquals(expected, ids);
        JsonNode result = run.at("/results/0");
        assertEquals("torn", ids.get(result.at("/ruleIndex").asInt()));
    }

    @Test
    void findingsWithOneSymptomHaveOneFingerprint() throws Exception {
        String three = fingerprint("check naive --cpus 3");
        assertEquals(fingerprint("check naive"), three, "the number of CPUs does not matter");
        assertEquals("naive: torn at site0 in thread; patch to v1 under way, head v1, tail v0", three);
        assertNotEquals(three, fingerprint("check stop_machine --workload none --nmi 1 --nmi-work site"));
        assertNotEquals(three, fingerprint("check naive --split word --fetch stale-insn --level regular"));
    }

    private String fingerprint(String line) throws IOException {
        return JSON.readTree(run(line).sarif)
                .at("/runs/0/results/0/partialFingerprints/pokecheckSymptom~1v1")
                .asText();
    }

    @Test
    void aReplayIsACaseOfItsOwnAndSaysWhatBecameOfIt() throws Exception {
        Path changed = folder.resolve("changed.poke");
        Path diverged = folder.resolve("diverged.poke");
        Path other = folder.resolve("other.poke");
        String text = Files.readString(Path.of("..").resolve(TORN));
        Files.writeString(changed, text.replaceFirst("fingerprint: .*", "fingerprint: 00000000"));
        Files.writeString(diverged, text.replaceFirst("schedule:\n", "schedule:\n  cpu0 no-such-step\n"));
        Files.writeString(other, text.replaceFirst("\n[^\n]*\n$", "\n"));
        String files = String.join(
                " ",
                changed.toString(),
                diverged.toString(),
                other.toString(),
                "../" + TORN,
                CORPUS + "hold/safe+one-store.poke");
        Reports reports = run("replay --expected " + files);
        assertEquals(ExitCode.DIVERGED.number(), reports.outcome.code());
        assertEquals(Set.of(), faults(RESULTS, reports.json));
        assertEquals(Set.of(), faults(SARIF, reports.sarif));
        assertEquals(
                List.of("changed", "diverged", "not-as-expected", "as-expected", "holds"),
                JSON.readTree(reports.json).at("/results").findValuesAsText("verdict"));
        Element suite = valid(reports.junit);
        assertEquals("5", suite.getAttribute("tests"));
        assertEquals("3", suite.getAttribute("failures"));
        JsonNode results = JSON.readTree(reports.sarif).at("/runs/0/results");
        assertEquals(List.of("replay", "replay", "replay"), results.findValuesAsText("ruleId"));
        assertTrue(
                reports.markdown.startsWith("### pokecheck replay: 2 passed, 3 failed, 0 inconclusive\n"),
                reports.markdown);

        JsonNode violated = JSON.readTree(run("replay ../" + TORN).json).at("/results/0");
        assertEquals("violated", violated.at("/verdict").asText(), "without --expected, the violation is one");
        assertEquals("torn", violated.at("/property").asText());
    }

    @Test
    void aSummaryShowsTheShortestInterleavingsAndTheCommandsOfAll() throws IOException {
        List<String> names = List.of(
                "deadlock+stale-ack+no-nmi",
                "torn+no-sync1",
                "torn+no-sync2",
                "torn+stop_machine+nmi",
                "stale+one-store",
                "bug+six-byte-call",
                "group+one-site-first");
        String files =
                names.stream().map(name -> CORPUS + "fail/" + name + ".poke").collect(Collectors.joining(" "));
        String markdown = run("replay " + files).markdown;
        assertTrue(markdown.startsWith("### pokecheck replay: 0 passed, 7 failed, 0 inconclusive\n"), markdown);
        assertEquals(7, markdown.split("\njava -jar pokecheck.jar replay ", -1).length - 1);
        assertEquals(5, markdown.split("\n```text\n", -1).length - 1);
        assertTrue(markdown.contains("\n(34 steps, not shown: there are shorter ones.)\n"), markdown);
        assertTrue(markdown.indexOf("bug-on in step 2\n") < markdown.indexOf("stale in step 4\n"), "by length");
    }

    @Test
    void relativePathsStartFromTheFolderOfTheCall() throws Exception {
        JsonNode location = JSON.readTree(run("replay ../" + TORN).sarif)
                .at("/runs/0/results/0/locations/0/physicalLocation/artifactLocation");
        assertEquals("../" + TORN, location.at("/uri").asText());
        assertEquals("%SRCROOT%", location.at("/uriBaseId").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "junit", "sarif", "markdown"})
    void oneReportCanBeAllOfTheStandardOutput(String form) throws Exception {
        for (String command : List.of("check naive", "replay ../" + TORN)) {
            Outcome outcome = Outcome.of(command + " --" + form + " -");
            assertEquals(1, outcome.code());
            switch (form) {
                case "json", "sarif" -> {
                    Iterator<JsonNode> values = JSON.readerFor(JsonNode.class).readValues(outcome.out());
                    values.next();
                    assertFalse(values.hasNext());
                }
                case "junit" -> valid(outcome.out());
                default -> assertTrue(outcome.out().startsWith("### pokecheck "));
            }
            assertTrue(outcome.err().contains("TORN IN STEP"), "people read the standard error");
        }
    }

    @Test
    void reportsOfTwoRunsAreTheSameButForTheTime() throws IOException {
        Reports one = run("check text_poke_late@rfc18 --workload none");
        Reports two = run("check text_poke_late@rfc18 --workload none");
        assertEquals(one.sarif, two.sarif);
        assertEquals(one.markdown, two.markdown);
        assertEquals(one.junit.replaceAll("time=\"[0-9.]+\"", ""), two.junit.replaceAll("time=\"[0-9.]+\"", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "check naive --json - --sarif - | --sarif: only one report can go to the standard output, and --json does already",
                "check naive --junit /no/such/folder/x | --junit: /no/such/folder/x cannot be written",
                "replay --promote x.poke --junit x | --promote: writes entries and no report"
            })
    void complaintsNameTheOption(String line, String complaint) {
        Outcome outcome = Outcome.of(line);
        assertEquals(ExitCode.USAGE.number(), outcome.code());
        assertTrue(outcome.err().contains(complaint), outcome.err());
    }
}
