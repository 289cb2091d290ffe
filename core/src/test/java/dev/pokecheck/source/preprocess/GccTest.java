// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.preprocess;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pokecheck.source.token.Complaints;
import dev.pokecheck.source.token.Lexer;
import dev.pokecheck.source.token.SourceException;
import dev.pokecheck.source.token.SourceText;
import dev.pokecheck.source.token.Token;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Macros come to what gcc makes of them, on random files in one run of gcc. Where there is no gcc, it is skipped. */
class GccTest {
    private static final int FILES = 400;

    @Test
    void randomMacrosAreThoseOfGcc() throws IOException, InterruptedException {
        Random random = new Random(13);
        List<String> files = new ArrayList<>();
        StringBuilder all = new StringBuilder();
        for (int n = 0; files.size() < FILES; n++) {
            String file = file(random);
            if (ours(file).isPresent()) {
                files.add(file);
                all.append(file).append("\n#undef A\n#undef B\n#undef f\n#undef g\n#undef v\n@@@\n");
            }
            assertTrue(n < 20 * FILES, "most random files are right");
        }
        String[] theirs = gcc(all.toString()).split("@\\s*@\\s*@", -1);
        assertEquals(FILES + 1, theirs.length);
        for (int n = 0; n < FILES; n++) {
            assertEquals(
                    spelled(Lexer.tokens(new SourceText("gcc", theirs[n]))),
                    ours(files.get(n)).orElseThrow(),
                    files.get(n));
        }
    }

    private static String file(Random random) {
        StringBuilder text = new StringBuilder();
        text.append("#define A ").append(tokens(random, 4, "")).append('\n');
        text.append("#define B ").append(tokens(random, 4, "")).append('\n');
        text.append("#define f(x) ").append(tokens(random, 5, "x")).append('\n');
        text.append("#define g(x, y) ")
                .append(tokens(random, 5, "x", "y", "x ## y", "#x"))
                .append('\n');
        text.append("#define v(x, ...) ")
                .append(tokens(random, 4, "x", "__VA_ARGS__", "(x, ##__VA_ARGS__)"))
                .append('\n');
        return text.append(tokens(random, 12, "")).append('\n').toString();
    }

    private static String tokens(Random random, int most, String... more) {
        String[] usual = {
            "A", "B", "a", "b", "1", "f(%s)", "g(%s, %s)", "v(%s, %s)", "v(%s)", "f", "g", "+", "f (%s)", "(%s)"
        };
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(most); n >= 0; n--) {
            int pick = random.nextInt(usual.length + more.length);
            String token = pick < usual.length ? usual[pick] : more[pick - usual.length];
            while (token.contains("%s")) {
                token = token.replaceFirst("%s", most < 2 ? "a" : tokens(random, most / 2, more));
            }
            text.append(token).append(' ');
        }
        return text.toString().strip();
    }

    /** What is left of a file; empty if it is refused. */
    private static Optional<String> ours(String file) {
        Complaints complaints = new Complaints();
        List<Token> tokens;
        try {
            tokens = new Preprocessor((name, quoted, from) -> Optional.empty(), complaints)
                    .tokens(new SourceText("f.c", file));
            complaints.throwIfAny();
        } catch (SourceException e) {
            return Optional.empty();
        }
        return Optional.of(spelled(tokens));
    }

    private static String spelled(List<Token> tokens) {
        return tokens.stream().map(Token::text).collect(Collectors.joining(" "));
    }

    private static String gcc(String text) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder("gcc", "-E", "-P", "-w", "-x", "c", "-")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "there is no gcc: " + e.getMessage());
            throw e;
        }
        Thread writer = new Thread(() -> {
            try (OutputStream in = process.getOutputStream()) {
                in.write(text.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        writer.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        writer.join();
        assertEquals(0, process.waitFor(), "gcc refused a file that we read");
        return out;
    }
}
