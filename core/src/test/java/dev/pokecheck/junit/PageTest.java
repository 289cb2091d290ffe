// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.junit;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.data.DataModel;
import dev.pokecheck.property.Level;
import dev.pokecheck.text.FetchModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code docs/junit.md} shows is what there is. */
class PageTest {
    private static final Path PAGE = Path.of("docs", "junit.md");
    private static final Path SAMPLES = Path.of("src/test/java/dev/pokecheck/samples");

    private static List<String> blocks(String language) throws IOException {
        Pattern block = Pattern.compile("^```" + language + "\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
        return block.matcher(Files.readString(PAGE))
                .results()
                .map(it -> it.group(1))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"Sample4JunitTest, 0", "Sample5HandlerTest, 2"})
    void aSampleIsATest(String name, int block) throws IOException {
        Path sample = SAMPLES.resolve(name + ".java");
        assertTrue(Files.readString(sample).endsWith("\n" + blocks("java").get(block)), "copy it from " + sample);
    }

    /** The second block, as it stands there but for the level: two sites that are patched by this are torn. */
    @Test
    void theFluentFormCompilesAndRuns() throws IOException {
        ProtocolCheck check = Pokecheck.check(new Store())
                .named("store")
                .cpus(3)
                .sites("nop5->call", "call->nop5")
                .nmis(1)
                .fetch(FetchModel.STALE_CHUNK)
                .scenario(s -> s.data(DataModel.TSO).bufferDepth(2));
        assertThrows(
                AssertionError.class, () -> check.saveTo(Path.of("target/page")).holds(Level.REGULAR));
        String block = blocks("java").get(1);
        for (String call : List.of(".named(\"store\")", ".nmis(1)", ".bufferDepth(2))", ".holds(Level.REGULAR);")) {
            assertTrue(block.contains(call), call);
        }
    }

    @Test
    void theMessageIsWhatAFailureSays() throws IOException {
        ProtocolCheck check = Pokecheck.check(new Store())
                .named("store")
                .from("dev.pokecheck.junit.Store", "com.acme.StoreTest#store");
        String message = assertThrows(AssertionError.class, check::holds).getMessage();
        String said = message.replaceAll("-[0-9a-f]{8}\\.poke", "-NUMBER.poke")
                .replaceAll("-cp '[^']*'", "-cp 'CLASSPATH'")
                .replace("'dev.pokecheck.junit.Store'", "'com.acme.StoreTest#store'");
        String shown = Stream.of(blocks("text").get(0).split("(?m)^\\.\\.\\.\n", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(".*"));
        assertTrue(Pattern.compile(shown, Pattern.DOTALL).matcher(said).matches(), said);
    }
}
