// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pokecheck.data.Var;
import dev.pokecheck.machine.ActionList;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.protocol.Setting.ThreadWork;
import dev.pokecheck.source.CSource;
import dev.pokecheck.source.token.SourceText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a protocol of C computes on one CPU is what the program does that gcc makes of it. Where there is no gcc, it is skipped. */
class GccProgramsTest {
    /** The property {@code pokecheck.programs} asks for more. */
    private static final int PROGRAMS = Integer.getInteger("pokecheck.programs", 60);

    private static final int MANY = 1000;

    @TempDir
    private Path folder;

    @Test
    void randomProgramsComputeWhatGccMakesOfThem() throws IOException, InterruptedException {
        compare(PROGRAMS);
    }

    @Test
    @Tag("full")
    void soDoAThousand() throws IOException, InterruptedException {
        compare(MANY);
    }

    private void compare(int programs) throws IOException, InterruptedException {
        StringBuilder all = new StringBuilder("int printf(const char *, ...);\n");
        StringBuilder main = new StringBuilder("int main(void)\n{\n");
        for (int n = 0; n < programs; n++) {
            all.append(RandomC.function("p" + n, n));
            main.append("\tprintf(\"%d\\n\", p").append(n).append("_run());\n");
        }
        List<String> expected = run(all.append(main).append("\treturn 0;\n}\n").toString());
        assertEquals(programs, expected.size());
        for (int n = 0; n < programs; n++) {
            String function = RandomC.function("p" + n, n);
            assertEquals(expected.get(n), Integer.toString(result("p" + n, function)), function);
        }
    }

    private List<String> run(String text) throws IOException, InterruptedException {
        Path source = Files.writeString(folder.resolve("all.c"), text);
        Path program = folder.resolve("all");
        Process gcc;
        try {
            gcc = new ProcessBuilder("gcc", "-O0", "-w", "-fwrapv", "-o", program.toString(), source.toString())
                    .inheritIO()
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "there is no gcc: " + e.getMessage());
            throw e;
        }
        assertEquals(0, gcc.waitFor(), "gcc refuses a program that we read");
        Process process = new ProcessBuilder(program.toString()).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    private static int result(String name, String function) {
        String file = "#include <pokecheck.h>\nstatic int result;\n" + function
                + "void pokecheck_patcher(void)\n{\n\tWRITE_ONCE(result, " + name + "_run());\n}\n";
        Scenario scenario = Scenario.of(List.of(SiteSpec.parse("nop1->nop1")))
                .with(b -> b.cpus(1).thread(ThreadWork.NONE));
        CSource source =
                new CSource(new SourceText(name + ".c", file), (n, quoted, from) -> Optional.empty(), List.of());
        Machine machine = Machine.of(scenario, name, source);
        long[] state = new long[machine.words()];
        machine.initial(state);
        ActionList actions = new ActionList();
        for (int steps = 0; !machine.complete(state); steps++) {
            machine.enabled(state, actions);
            assertEquals(1, actions.size(), file);
            assertEquals(0, machine.apply(state, actions.get(0)), file);
            assertTrue(steps < 10_000, file);
        }
        Var result = machine.protocol().variables().stream()
                .filter(var -> var.name().equals("result"))
                .findFirst()
                .orElseThrow();
        return machine.model().memory.read(state, machine.model().memory.cell(result.id(), 0));
    }
}
