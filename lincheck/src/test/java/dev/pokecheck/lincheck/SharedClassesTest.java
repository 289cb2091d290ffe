// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.lincheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which classes of the tool threads share: each has a Lincheck test, or a reason not to need one. */
final class SharedClassesTest {
    private static final Path ROOT = Path.of("..");

    /** What shared mutable state cannot do without, in source text. */
    private static final Pattern SHARING = Pattern.compile(
            "\\bvolatile\\b|\\bsynchronized\\b|\\bVarHandle\\b"
                    + "|java\\.util\\.concurrent\\.(?!TimeUnit|Callable;)|\\bThread\\b|\\bBackoff\\b|\\bThreadLocal\\b|\\bThreadFactory\\b"
                    + "|\\.parallel\\(\\)|parallelStream|addShutdownHook|\\bTimer\\b"
                    + "|^\\s*(?:public |protected |private )?static (?!final|class|enum|record|interface|abstract|sealed)[^(]*[=;]");

    /** Comments and strings speak of threads, too. */
    private static final Pattern SPEECH =
            Pattern.compile("\"(?:[^\"\\\\\n]|\\\\.)*\"|/\\*.*?\\*/|//[^\n]*", Pattern.DOTALL);

    /** Class, and the test that Lincheck has of it. */
    private static final Map<String, String> TESTED = new TreeMap<>(Map.of(
            "fuzz/session/Figures", "SessionTest",
            "fuzz/session/Interruption", "SessionTest",
            "lincheck/SharedWords", "CodeMemoryTest, DescriptorsTest, ClaimTest",
            "lincheck/CodeMemory", "CodeMemoryTest",
            "lincheck/Doorbell", "ClaimTest",
            "lincheck/StackDescriptor", "DescriptorsTest",
            "lincheck/StaticDescriptor", "DescriptorsTest"));

    /** Class, and why Lincheck has nothing to test in it. */
    private static final Map<String, String> NOT_TESTED = new TreeMap<>(Map.ofEntries(
            Map.entry("catalog/Catalog", "one map of what is made once, touched under one monitor only"),
            Map.entry("catalog/Recorded", "one map of what was recorded of late, touched under one monitor only"),
            Map.entry("source/CSource", "one map of headers that were read of late, touched under one monitor only"),
            Map.entry("source/Headers", "one map of texts that were read, touched under one monitor only"),
            Map.entry("source/preprocess/SharedHeaders", "one list, touched in its two synchronized methods only"),
            Map.entry("corpus/HeaderSearch", "one map of what was read, touched in its two synchronized methods only"),
            Map.entry("cli/command/LevelsCommand", "the parts of its parallel stream share values that nobody changes"),
            Map.entry(
                    "cli/command/MinimalCommand", "the parts of its parallel stream share values that nobody changes"),
            Map.entry("cli/command/MutateCommand", "the parts of its parallel stream share values that nobody changes"),
            Map.entry(
                    "cli/screen/ProgressLine",
                    "counts and a line on the console, changed under one monitor; when the next line is due is looked at"
                            + " without it, so that at worst a line comes twice or late"),
            Map.entry(
                    "explore/compare/Mutants",
                    "one value that is worked out once, in the one synchronized method that touches it"),
            Map.entry("lincheck/Backoff", "gives away the processor of its thread, and shares nothing"),
            Map.entry(
                    "cli/run/GuardedDefinition",
                    "the thread that records is waited for before anything that it has made is looked at"),
            Map.entry("cli/Main", "a thread that only runs while the program ends, and shares nothing"),
            Map.entry("junit/Again", "asks its thread for a class loader, and shares nothing"),
            Map.entry(
                    "fuzz/FuzzChild",
                    "starts the thread that waits for the end of a stream, and shares nothing with it"),
            Map.entry("fuzz/session/GuardedTask", "a FutureTask of the JDK is all that its two threads share"),
            Map.entry(
                    "fuzz/session/Findings",
                    "passes on what gives a GuardedTask its thread, and is used by one thread"),
            Map.entry("fuzz/session/Minimising", "starts one GuardedTask at a time, and is used by one thread"),
            Map.entry(
                    "fuzz/session/Session", "passes on what gives a GuardedTask its thread, and is used by one thread"),
            Map.entry("fuzz/session/SessionClock", "lets its thread sleep, and shares nothing"),
            Map.entry(
                    "fuzz/session/FuzzProcess",
                    "starts the thread that reads, which shares Figures with it and nothing else"),
            Map.entry(
                    "fuzz/session/Main",
                    "adds the shutdown hook, which shares an Interruption with it, and the exit code, which it reads when the"
                            + " thread that writes it has ended")));

    @Test
    void eachHasALincheckTest() throws IOException {
        TreeSet<String> found = new TreeSet<>();
        for (String module : new String[] {"core", "fuzz", "lincheck"}) {
            Path sources = ROOT.resolve(module).resolve("src/main/java/dev/pokecheck");
            try (Stream<Path> files = Files.walk(sources)) {
                for (Path file : files.filter(path -> path.toString().endsWith(".java"))
                        .sorted()
                        .toList()) {
                    String name = sources.relativize(file)
                            .toString()
                            .replace('\\', '/')
                            .replace(".java", "");
                    if (shares(Files.readString(file))) {
                        found.add(name);
                    }
                }
            }
        }
        TreeSet<String> known = new TreeSet<>(TESTED.keySet());
        known.addAll(NOT_TESTED.keySet());
        assertEquals(
                known,
                found,
                "the classes that threads share; write a Lincheck test for a new one and name it here,"
                        + " say why it needs none, or keep its state in one thread");
    }

    @Test
    void theTestsExist() {
        for (String tests : TESTED.values()) {
            for (String test : tests.split(", ", -1)) {
                assertTrue(Files.exists(Path.of("src/test/java/dev/pokecheck/lincheck", test + ".java")), test);
            }
        }
    }

    @Test
    void sharingIsSeen() {
        assertTrue(shares("class A { private volatile int x; }"));
        assertTrue(shares("import java.util.concurrent.atomic.AtomicLong;"));
        assertTrue(shares("class A { void f() { new Thread(this::g).start(); } }"));
        assertTrue(shares("class A {\n    private static int count;\n}"));
    }

    @Test
    void nothingElseIs() {
        assertEquals(false, shares("class A { private static final int X = 1; }"));
        assertEquals(false, shares("/** Runs on one Thread; volatile is not needed. */ class A {}"));
        assertEquals(false, shares("class A { String s = \"Thread\"; }"));
        assertEquals(false, shares("import java.util.concurrent.TimeUnit;"));
        assertEquals(false, shares("class A {\n    static int f(int x) {\n        return x;\n    }\n}"));
    }

    private static boolean shares(String source) {
        String code = SPEECH.matcher(source).replaceAll("");
        return code.lines().anyMatch(line -> SHARING.matcher(line).find());
    }
}
