// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.lincheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who waits gives its processor away after a while: no loop spins but by {@link Backoff}. */
final class NoBusyWaitsTest {
    private static final Path SOURCES = Path.of("src/main/java/dev/pokecheck/lincheck");

    /** A loop that looks at a shared word again and again. */
    private static final Pattern LOOP = Pattern.compile("while \\((?:true|[^{]*(?:load|compareAndSet)\\()[^{]*\\{");

    /** The loops, and why they end or do not burn time. */
    private static final Set<String> LOOPS = new TreeSet<>(List.of(
            // Backoff.
            "CodeMemory",
            "StackDescriptor",
            "StaticDescriptor",
            // Sleeps.
            "Doorbell",
            // Each sleeps by Doorbell if there is nothing to do.
            "ThreadMachine",
            // Tried again only if another thread got on meanwhile.
            "SharedWords",
            "Signals"));

    @Test
    void onlyBackoffSpins() throws IOException {
        assertEquals(Set.of("Backoff"), filesWith(Pattern.compile("onSpinWait|Thread\\.yield")));
    }

    @Test
    void everyLoopOnASharedWordIsKnown() throws IOException {
        assertEquals(LOOPS, filesWith(LOOP));
    }

    @Test
    void aLoopIsSeen() {
        assertTrue(LOOP.matcher("while (memory.load(REFS) != 0) {").find());
    }

    private static Set<String> filesWith(Pattern pattern) throws IOException {
        Set<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.toList()) {
                if (pattern.matcher(Files.readString(file)).find()) {
                    found.add(file.getFileName().toString().replace(".java", ""));
                }
            }
        }
        return found;
    }
}
