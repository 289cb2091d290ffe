// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.pokecheck.cli.run.ExitCode;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of the documents. They stand in blocks marked {@code console}, behind {@code $ }; the lines below a command are what it prints, in this
 * order, where {@code ...} stands for any lines. A block of C that begins with a comment and its name is a file in that folder. Those of the program are run, a document's one after the other in one folder; of those of Maven, and of fuzz sessions,
 * it is checked that what they name exists: a build cannot run itself, and a session takes too long.
 */
class CommandsTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern PROGRAM = Pattern.compile("java -jar (core/target/)?pokecheck\\.jar (.*)");
    private static final String SESSION = "java -jar fuzz/target/pokecheck-fuzz.jar ";
    private static final Path SESSION_OPTIONS = Path.of("fuzz/src/main/java/dev/pokecheck/fuzz/session/OptionKey.java");
    private static final String COMPILER = "javac -cp core/target/pokecheck.jar -d classes ";
    private static final String OWN = "java -cp core/target/pokecheck.jar:classes dev.pokecheck.cli.Main ";
    private static final Pattern JAVA = Pattern.compile("^```java\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern C_FILE =
            Pattern.compile("^```c\n(/[*/] (\\S+\\.c):.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern CONSOLE =
            Pattern.compile("^```console\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern DRAWN = Pattern.compile("<!-- drawn by: pokecheck (.*)--svg (\\S+) -->");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
    private static final List<String> WRITTEN =
            List.of("--save", "--html", "--svg", "--json", "--junit", "--sarif", "--markdown", "--checkpoint");

    @TempDir
    private static Path folder;

    private record Step(Path document, String command, List<String> output) {
        /** Whether it replays the corpus, which {@link CorpusTest} does. */
        boolean repeats() {
            return command.contains(" replay --expected ");
        }
    }

    private record Printed(int code, List<String> lines) {}

    static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>();
        for (String where : List.of("", "core/docs", "fuzz/docs", "lincheck/docs", "corpus")) {
            try (Stream<Path> files = Files.list(ROOT.resolve(where))) {
                files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
            }
        }
        return documents;
    }

    private static List<Step> steps(Path document) throws IOException {
        List<Step> steps = new ArrayList<>();
        Matcher blocks = CONSOLE.matcher(Files.readString(document));
        while (blocks.find()) {
            blocks.group(1).lines().forEach(line -> {
                if (line.startsWith("$ ")) {
                    steps.add(new Step(document, line.substring(2).replaceAll(" +# .*", ""), new ArrayList<>()));
                } else {
                    steps.get(steps.size() - 1).output().add(line);
                }
            });
        }
        return steps;
    }

    @TestFactory
    Stream<DynamicTest> everyCommandDoesWhatItsDocumentSays() throws IOException {
        return tests(step -> !step.repeats());
    }

    @Tag("full")
    @TestFactory
    Stream<DynamicTest> soDoThoseThatRepeatOne() throws IOException {
        return tests(Step::repeats);
    }

    private static Stream<DynamicTest> tests(Predicate<Step> wanted) throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path document : documents()) {
            for (Step step : steps(document)) {
                if (wanted.test(step)) {
                    tests.add(DynamicTest.dynamicTest(document.getFileName() + ": " + step.command(), () -> run(step)));
                }
            }
        }
        assertFalse(tests.isEmpty());
        return tests.stream();
    }

    private static void run(Step step) throws IOException {
        Matcher program = PROGRAM.matcher(step.command());
        if (program.matches()) {
            writeFiles(step.document());
            program(step, program.group(2));
        } else if (step.command().startsWith(COMPILER)) {
            compile(step);
        } else if (step.command().startsWith(OWN)) {
            Printed printed = ownProgram(step.command().substring(OWN.length()));
            assertTrue(
                    printed.code() != ExitCode.USAGE.number() && printed.code() != ExitCode.INTERNAL_ERROR.number(),
                    printed.toString());
            assertEquals(Optional.empty(), missing(step.output(), printed.lines()), printed.toString());
        } else if (step.command().startsWith(SESSION)) {
            session(step.command().substring(SESSION.length()));
        } else if (step.command().startsWith("mvn ")) {
            maven(step.command());
        } else {
            fail("neither the program nor Maven: " + step.command());
        }
    }

    /** A complaint is right where it is what the document shows. */
    private static void program(Step step, String line) throws IOException {
        Outcome outcome = Outcome.of(arguments(line));
        boolean complains = outcome.code() == ExitCode.USAGE.number();
        String printed = (complains ? outcome.err() : outcome.out()).replace(folder + File.separator, "");
        assertTrue(outcome.code() != ExitCode.INTERNAL_ERROR.number(), outcome.err());
        assertFalse(complains && step.output().isEmpty(), outcome.err());
        assertEquals(
                Optional.empty(),
                missing(inColumns(step.output().stream()), inColumns(printed.lines())),
                printed + outcome.err());
    }

    /** Lines whose columns have one width: one of names is as wide as the longest of them with its folder. */
    private static List<String> inColumns(Stream<String> lines) {
        return lines.map(line -> line.replaceAll("(?<=\\S) {2,}", "  ")).toList();
    }

    /** Writes the C files that stand in a document. */
    private static void writeFiles(Path document) throws IOException {
        Matcher files = C_FILE.matcher(Files.readString(document));
        while (files.find()) {
            Files.writeString(folder.resolve(files.group(2)), files.group(1));
        }
    }

    /** A session takes longer than a test may: its options are looked up. */
    private static void session(String line) throws IOException {
        String options = Files.readString(ROOT.resolve(SESSION_OPTIONS));
        for (String word : arguments(line)) {
            assertTrue(!word.startsWith("--") || options.contains("\"" + word + "\""), word);
        }
    }

    /** Compiles a class that stands in the same document. */
    private static void compile(Step step) throws IOException {
        String file = step.command().substring(COMPILER.length());
        Matcher blocks = JAVA.matcher(Files.readString(step.document()));
        String code = "";
        while (blocks.find()) {
            code = blocks.group(1).contains("class " + file.replace(".java", " ")) ? blocks.group(1) : code;
        }
        assertFalse(code.isEmpty(), "no block with " + file);
        Path source = Files.writeString(folder.resolve(file), code);
        StringWriter messages = new StringWriter();
        int result = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(
                        new PrintWriter(messages),
                        new PrintWriter(messages),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-proc:none",
                        "-d",
                        folder.resolve("classes").toString(),
                        source.toString());
        assertEquals(0, result, messages.toString());
    }

    /** The program with classes of the user's own, which takes a process of its own. */
    private static Printed ownProgram(String line) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path") + File.pathSeparator + folder.resolve("classes"),
                Main.class.getName()));
        command.addAll(List.of(arguments(line)));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return new Printed(process.waitFor(), printed.lines().toList());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first expected line that is not there, behind those before it. */
    private static Optional<String> missing(List<String> expected, List<String> printed) {
        int next = 0;
        boolean anywhere = true;
        for (String line : expected) {
            if (line.equals("...")) {
                anywhere = true;
                continue;
            }
            int from = next;
            while (anywhere
                    && next < printed.size()
                    && !printed.get(next).stripTrailing().equals(line)) {
                next++;
            }
            if (next >= printed.size() || !printed.get(next).stripTrailing().equals(line)) {
                return Optional.of(line + "   (searched from line " + (from + 1) + " on)");
            }
            next++;
            anywhere = false;
        }
        return Optional.empty();
    }

    /** What the program is called with: files that the document writes are in the folder of this test, the others are the project's. */
    private static String[] arguments(String line) throws IOException {
        List<String> arguments = new ArrayList<>();
        Matcher word = WORD.matcher(line);
        while (word.find()) {
            String text = word.group(1) != null ? word.group(1) : word.group(2);
            boolean written = !arguments.isEmpty() && WRITTEN.contains(arguments.get(arguments.size() - 1));
            if (text.matches("(corpus|core|fuzz)/.*\\*.*")) {
                Path pattern = ROOT.resolve(text);
                try (DirectoryStream<Path> files = Files.newDirectoryStream(
                        pattern.getParent(), pattern.getFileName().toString())) {
                    files.forEach(file -> arguments.add(file.toString()));
                }
            } else if (text.matches("(corpus|core|fuzz)/.*")) {
                arguments.add(ROOT.resolve(text).toString());
            } else if (!text.equals("-") && (written || Files.exists(folder.resolve(text)))) {
                arguments.add(folder.resolve(text).toString());
            } else {
                arguments.add(text);
            }
        }
        return arguments.toArray(String[]::new);
    }

    /** Profiles, modules and properties that a build is called with. */
    private static void maven(String command) throws IOException {
        StringBuilder poms = new StringBuilder(Files.readString(ROOT.resolve("pom.xml")));
        for (String module : List.of("core", "fuzz", "lincheck")) {
            poms.append(Files.readString(ROOT.resolve(module).resolve("pom.xml")));
        }
        for (String word : command.split(" ", -1)) {
            String what = word.replaceFirst("^-[PD]", "").replaceAll("=.*", "");
            if (word.startsWith("-P")) {
                assertTrue(poms.indexOf("<id>" + what + "</id>") >= 0, "no profile " + what);
            } else if (word.startsWith("-Dpokecheck.") || word.startsWith("-Dbench.")) {
                assertTrue(poms.indexOf(what) >= 0 || isRead(what), "nothing reads " + what);
            } else if (word.contains(",") || Files.exists(ROOT.resolve(word))) {
                for (String module : word.split(",", -1)) {
                    assertTrue(Files.exists(ROOT.resolve(module).resolve("pom.xml")), "no module " + module);
                }
            }
        }
    }

    private static boolean isRead(String property) throws IOException {
        for (String module : List.of("core", "fuzz", "lincheck")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src"))) {
                for (Path file :
                        files.filter(it -> it.toString().endsWith(".java")).toList()) {
                    if (Files.readString(file).contains('"' + property + '"')) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    @TestFactory
    Stream<DynamicTest> everyPictureIsWhatItsCommandDraws() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path document : documents()) {
            Matcher drawn = DRAWN.matcher(Files.readString(document));
            while (drawn.find()) {
                String command = drawn.group(1);
                Path picture = ROOT.resolve(drawn.group(2));
                tests.add(DynamicTest.dynamicTest(document.getFileName() + ": " + command, () -> {
                    Path now = folder.resolve(picture.getFileName());
                    Outcome outcome = Outcome.of(arguments(command + "--svg " + now));
                    assertEquals(ExitCode.VIOLATED.number(), outcome.code(), outcome.err());
                    if (Boolean.getBoolean("pokecheck.promote")) {
                        Files.copy(now, picture, StandardCopyOption.REPLACE_EXISTING);
                    }
                    assertEquals(
                            Files.readString(now),
                            Files.readString(picture),
                            picture + " is out of date; -Dpokecheck.promote=true draws it anew, then look at it");
                }));
            }
        }
        assertFalse(tests.isEmpty());
        return tests.stream();
    }

    @Test
    void noCommandStandsWhereThisTestDoesNotLook() throws IOException {
        for (Path document : documents()) {
            if (document.endsWith("long_searches.md")) {
                continue; // Its searches are long, and killed: it has a test of its own.
            }
            String rest = CONSOLE.matcher(Files.readString(document)).replaceAll("");
            Optional<String> command = rest.lines()
                    .filter(line -> line.startsWith("java -jar") || line.startsWith("mvn ") || line.startsWith("$ "))
                    .findFirst();
            assertEquals(Optional.empty(), command, document + ": commands stand in blocks marked console");
        }
    }

    @Test
    void outputThatIsNotPrintedIsNoticed() {
        List<String> printed = List.of("a", "b", "c");
        assertEquals(Optional.empty(), missing(List.of("a", "...", "c"), printed));
        assertTrue(missing(List.of("a", "c"), printed).isPresent());
        assertTrue(missing(List.of("b", "...", "a"), printed).isPresent());
        assertTrue(missing(List.of("d"), printed).isPresent());
    }
}
