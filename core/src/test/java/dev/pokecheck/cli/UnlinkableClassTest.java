// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes of the user's that cannot be loaded; an entry names the folder in which they lie. */
class UnlinkableClassTest {
    @TempDir
    private Path folder;

    private Path entry;

    @BeforeEach
    void anEntry() {
        entry = folder.resolve("a.poke");
        assertEquals(1, Outcome.of("check", "naive", "--save", entry.toString()).code());
    }

    private void complains(String type, String complaint) throws IOException {
        Files.writeString(
                entry,
                Files.readString(entry).replace("protocol: naive\n", "protocol: naive\nclass: " + type + " in .\n"));
        Outcome outcome = Outcome.of("replay", entry.toString());
        assertEquals(2, outcome.code(), outcome.err());
        assertTrue(outcome.err().contains("--protocol-class: " + type + " " + complaint), outcome.err());
    }

    @Test
    void oneForANewerJava() throws IOException {
        // The magic number, and version 127.0.
        Files.write(folder.resolve("Newer.class"), HexFormat.of().parseHex("cafebabe0000007f"));
        int java = Runtime.version().feature();
        complains(
                "Newer",
                "is compiled for another Java than " + java + ", which runs this; compile it with --release " + java);
    }

    @Test
    void oneWithoutItsSuperclass() throws IOException {
        Path source = Files.writeString(
                folder.resolve("Orphan.java"), "public class Orphan extends Parent {}\nclass Parent {}\n");
        assertEquals(
                0,
                ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", folder.toString(), source.toString()));
        Files.delete(folder.resolve("Parent.class"));
        complains("Orphan", "needs a class that is not on the class path: Parent");
    }

    @Test
    void oneThatIsNone() throws IOException {
        Files.write(folder.resolve("Torn.class"), List.of("no class"));
        complains("Torn", "cannot be linked: java.lang.ClassFormatError");
    }
}
