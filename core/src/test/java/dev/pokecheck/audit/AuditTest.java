// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.objectfile.ObjectFile;
import dev.pokecheck.protocol.Setting.ThreadWork;
import dev.pokecheck.source.CSource;
import dev.pokecheck.source.token.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What compilers do to reads: of object files that are there, and of some that gcc makes, where it is. */
class AuditTest {
    static final Path FOLDER = Path.of("src/test/resources/dev/pokecheck/audit");

    @TempDir
    private Path folder;

    private static Audit audit(String name, String text, byte[] object, String... definitions) {
        Scenario scenario = Scenario.of(List.of(SiteSpec.parse("nop1->nop1")))
                .with(b -> b.cpus(2).thread(ThreadWork.NONE));
        CSource source = new CSource(
                new SourceText(name, text),
                (header, quoted, from) ->
                        header.equals("kernel.h") ? Optional.of(new SourceText(header, header())) : Optional.empty(),
                List.of(definitions));
        return Audit.of(Machine.of(scenario, name, source).protocol(), ObjectFile.read(object));
    }

    private static String header() {
        try {
            return Files.readString(FOLDER.resolve("kernel.h"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Audit shipped(String file, String object, String... definitions) throws IOException {
        return audit(
                file, Files.readString(FOLDER.resolve(file)), Files.readAllBytes(FOLDER.resolve(object)), definitions);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain.o", "dwarf4.o"})
    void readsThatAreMergedOrMovedAreFound(String object) throws IOException {
        Audit audit = shipped("plain.c", object);
        assertEquals(
                List.of(
                        "plain.c:17:20: load of count: dropped: no instruction of the line does it",
                        "plain.c:21:15: load of count: dropped: no instruction of the line does it",
                        "plain.c:29:15: load of stop: moved: it stands in a loop, and its instruction in pokecheck_patcher() in none"),
                audit.differences());
        assertEquals(List.of(), audit.unmatched());
        assertEquals(6, audit.compared());
    }

    @Test
    void accessesThatChangePlacesAreFound() throws IOException {
        Audit audit = shipped("moved.c", "moved.o");
        assertEquals(
                List.of(
                        "moved.c:9:6: load of z: moved: in pokecheck_patcher() it comes after the store of y of line 10",
                        "moved.c:9:4: store of x: moved: in pokecheck_patcher() it comes after the store of y of line 10"),
                audit.differences());
        assertEquals(List.of(), audit.unmatched());
    }

    @Test
    void readOnceKeepsThem() throws IOException {
        Audit audit = shipped("plain.c", "once.o", "ONCE");
        assertEquals(List.of(), audit.differences());
        assertEquals(List.of(), audit.unmatched());
        assertEquals(6, audit.compared());
    }

    // ---- what gcc makes of a function

    private Audit compiled(String body, String... options) throws IOException, InterruptedException {
        String text = "#include \"kernel.h\"\nstatic int x, y;\nint *out;\n" + body;
        Path source = Files.writeString(folder.resolve("f.c"), text);
        Path object = folder.resolve("f.o");
        List<String> command = new ArrayList<>(
                List.of("gcc", "-g", "-c", "-I", FOLDER.toString(), "-o", object.toString(), source.toString()));
        command.addAll(List.of(options));
        Process gcc;
        try {
            gcc = new ProcessBuilder(command).inheritIO().start();
        } catch (IOException e) {
            assumeTrue(false, "there is no gcc: " + e.getMessage());
            throw e;
        }
        assertEquals(0, gcc.waitFor(), text);
        return audit("f.c", text, Files.readAllBytes(object));
    }

    @Test
    void aFunctionThatIsCopiedLooksRepeated() throws IOException, InterruptedException {
        Audit audit = compiled("""
                static inline __attribute__((always_inline)) void bump(int by) { WRITE_ONCE(x, by); }
                void pokecheck_patcher(void) { bump(1); bump(2); }
                """, "-O2");
        assertEquals(
                List.of(
                        "f.c:4:66: store of x: repeated: 2 instructions of pokecheck_patcher() do it, and the line does it once"),
                audit.differences());
    }

    @Test
    void codeThatIsNotOptimizedIsAsItIsWritten() throws IOException, InterruptedException {
        Audit audit = compiled(
                "void pokecheck_patcher(void)\n{\n\tint a = READ_ONCE(y);\n\tx = a;\n\tWRITE_ONCE(y, 1);\n}\n", "-O0");
        assertEquals(List.of(), audit.differences());
    }

    @Test
    void whatOtherFilesHaveIsNotMatched() throws IOException {
        Audit audit = audit(
                "other.c",
                "#include \"kernel.h\"\nstatic int x;\nvoid pokecheck_patcher(void) { WRITE_ONCE(x, 1); }\n",
                Files.readAllBytes(FOLDER.resolve("plain.o")));
        assertEquals(
                List.of("other.c:3:32: store of x: no code in the object file comes from other.c"), audit.unmatched());
        assertEquals(0, audit.compared());
    }
}
