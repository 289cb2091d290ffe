// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.insn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The disassembler of binutils; a test that needs it is skipped, and says so, where it is not installed. */
final class Objdump {
    /** One line: the bytes of an instruction and its text, with single spaces. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Line(long address, byte[] code, String text) {}

    private Objdump() {}

    /** All instructions of the code sections of an ELF file. */
    static void ofElf(Path file, Consumer<Line> consumer) throws IOException, InterruptedException {
        run(consumer, "-d", "-w", "-M", "intel64", file.toString());
    }

    /** All instructions of a file of bare code, in {@code att} or {@code intel} syntax; the first is at address 0. */
    static void ofBytes(Path file, String syntax, Consumer<Line> consumer) throws IOException, InterruptedException {
        run(consumer, "-D", "-w", "-b", "binary", "-m", "i386:x86-64", "-M", "intel64," + syntax, file.toString());
    }

    private static void run(Consumer<Line> consumer, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("objdump"));
        command.addAll(List.of(arguments));
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "skipped: objdump is not installed (" + e.getMessage() + ")");
            throw e;
        }
        try (BufferedReader lines = process.inputReader(StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                parse(line, consumer);
            }
        }
        assertTrue(process.waitFor(10, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), command.toString());
    }

    /** A line is address, colon, tab, bytes, tab, text; anything else is a heading. */
    private static void parse(String line, Consumer<Line> consumer) {
        int bytesAt = line.indexOf(":\t") + 2;
        int textAt = bytesAt < 2 ? 0 : line.indexOf('\t', bytesAt) + 1;
        if (textAt == 0) {
            return;
        }
        int count = 0;
        while (bytesAt + 3 * count < textAt - 1 && line.charAt(bytesAt + 3 * count) != ' ') {
            count++;
        }
        byte[] code = new byte[count];
        for (int i = 0; i < count; i++) {
            int high = Character.digit(line.charAt(bytesAt + 3 * i), 16);
            code[i] = (byte) (high << 4 | Character.digit(line.charAt(bytesAt + 3 * i + 1), 16));
        }
        long address = Long.parseUnsignedLong(line.substring(0, bytesAt - 2).strip(), 16);
        consumer.accept(new Line(address, code, line.substring(textAt)));
    }
}
