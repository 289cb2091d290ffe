// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of verdicts, word by word, where the words were once misunderstood. */
class WordsOfVerdictsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private static final String PATCHED =
            "poke_each_site(s) { poke_begin(s); text_poke(POKE_ADDR(s), POKE_NEW(s), POKE_LEN(s)); poke_end(s); }\n";

    private Path file(String patcher) throws IOException {
        return Files.writeString(
                folder.resolve("it.c"),
                "/* scenario: cpus=2 site0=nop5->jmp32 thread=none */\n#include <pokecheck.h>\nstatic int x;\n"
                        + "void pokecheck_patcher(void)\n{\n" + patcher + "\n}\n");
    }

    @Test
    void aDeadlockBeforeTheFirstStepIsAfterNone() throws IOException {
        Path stuck = file("smp_cond_load_acquire(&x, VAL);");
        Path entry = folder.resolve("stuck.poke");
        Outcome check = Outcome.of("check " + stuck + " --save " + entry);
        assertTrue(check.out().contains("\nDEADLOCK BEFORE THE FIRST STEP\n"), check.out());
        assertTrue(check.out().contains("\nfound      deadlock before the first step: "), check.out());
        assertEquals("VIOLATED: deadlock before the first step (nothing can ever move again).", check.lastLine());
        Outcome minimized = Outcome.of("minimize " + entry);
        assertEquals(
                entry + ": violated deadlock before the first step: there is nothing to minimise.",
                minimized.lastLine());
        Outcome one = Outcome.of("check " + file("WRITE_ONCE(x, 1);\nsmp_cond_load_acquire(&x, VAL == 2);"));
        assertEquals("VIOLATED: deadlock after 1 step (nothing can ever move again).", one.lastLine());
    }

    @Test
    void theLevelThatDoesNotHoldIsNamed() {
        Outcome outcome = Outcome.of("check naive@sync --workload thread --split word --chunk 8");
        assertTrue(
                outcome.lastLine()
                        .matches(
                                "HOLDS at level regular .*; level atomic does not hold: backwards after \\d+ steps\\."),
                outcome.lastLine());
    }

    /** An assertion whose answer is known when the file is read cannot fail, so that bug is untested; one that always fails can. */
    @Test
    void anAssertionThatCannotFailIsNone() throws IOException {
        Outcome never = Outcome.of("check " + file(PATCHED + "BUG_ON(0);\nBUG_ON(sizeof(x) != 4);"));
        assertTrue(
                never.out().contains("\nuntested   bug: never met an assertion of the protocol that could fail"),
                never.out());
        Outcome asked =
                Outcome.of("check " + file(PATCHED + "WRITE_ONCE(x, 1);\nWRITE_ONCE(x, 0);\nBUG_ON(READ_ONCE(x));"));
        assertFalse(asked.out().contains("assertion of the protocol that could fail, nor"), asked.out());
        Outcome always = Outcome.of("check " + file("BUG_ON(1);"));
        assertTrue(always.lastLine().startsWith("VIOLATED: bug after 1 step "), always.out());
    }

    /** What is wrong is the text at the end, and not what the last step did. */
    @Test
    void aLostPatchIsNotPinnedOnTheLastStep() throws IOException {
        Outcome half = Outcome.of(
                "check "
                        + file(
                                "poke_begin(0);\ntext_poke(POKE_ADDR(0) + 1, POKE_NEW(0) + 1, 4);\npoke_end(0);\nWRITE_ONCE(x, 1);"));
        assertTrue(
                half.out().contains("LOST-PATCH AT THE END, AFTER 7 STEPS\n\nat the end the text is not"), half.out());
        assertTrue(half.out().contains("\n  site0 changed last in step 5: cpu0 poke.site0 site0+4 [03]"), half.out());
        assertFalse(half.out().contains("requested text: cpu0"), half.out());
    }

    /** The page has of each step the variables that some step changes, and the others once. */
    @Test
    void thePageRepeatsNoVariableThatStaysTheSame() throws IOException {
        Path page = folder.resolve("it.html");
        Path file = Files.writeString(folder.resolve("two.c"), """
                /* scenario: cpus=2 site0=nop5->jmp32 thread=none */
                #include <pokecheck.h>
                static int x, rare;
                void pokecheck_patcher(void) { WRITE_ONCE(x, 1); BUG_ON(READ_ONCE(x)); }
                int pokecheck_int3(struct pt_regs *regs) { WRITE_ONCE(rare, READ_ONCE(x)); return 1; }
                """);
        Outcome outcome = Outcome.of("check " + file + " --html " + page);
        assertEquals(1, outcome.code(), outcome.err());
        String html = Files.readString(page);
        assertEquals(1, html.split("\\[\"rare\", \"0\", true]", -1).length - 1, "said once");
        assertTrue(html.contains("\"constants\": [[\"rare\", \"0\", true]]"), "and as a constant");
        assertTrue(html.contains("\"variables\": [[\"x\", \"1\", true]]"), "x changes");
    }

    /** A pointer is told by what it leads to, in the statement and in what it changes. */
    @Test
    void pointersAreNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("it.c"), """
                /* scenario: cpus=2 site0=nop5->jmp32 thread=none */
                #include <pokecheck.h>
                static struct loc { void *addr; } vec[3], *cur;
                static int number;
                static void (*hook)(void);
                static void fn(void) { smp_mb(); }
                void pokecheck_patcher(void)
                {
                    WRITE_ONCE(vec[2].addr, POKE_ADDR(0) + 1);
                    WRITE_ONCE(cur, &vec[2]);
                    WRITE_ONCE(hook, fn);
                    WRITE_ONCE(number, 1);
                    BUG_ON(READ_ONCE(cur)->addr);
                    READ_ONCE(hook)();
                }
                """);
        String out = Outcome.of("check " + file).out();
        assertTrue(out.contains("WRITE_ONCE(vec.addr[2], &site0+1);  NULL → &site0+1"), out);
        assertTrue(out.contains("WRITE_ONCE(cur, &vec[2]);  NULL → &vec[2]"), out);
        assertTrue(out.contains("WRITE_ONCE(hook, fn);  NULL → fn"), out);
        assertTrue(out.contains("WRITE_ONCE(number, 1);  0 → 1"), out);
        assertTrue(out.contains("READ_ONCE(cur);  → &vec[2]"), out);
    }

    /** Where a handler sends a context, and what it pushes for it, is said with the step. */
    @Test
    void aWrongReturnAddressIsTold() throws IOException {
        Path file = Files.writeString(folder.resolve("it.c"), """
                /* scenario: cpus=2 site0=call->call */
                #include <pokecheck.h>
                void pokecheck_patcher(void)
                {
                    u8 int3 = INT3_INSN_OPCODE;
                    poke_begin(0);
                    text_poke(POKE_ADDR(0), &int3, 1);
                    text_poke_sync();
                    text_poke(POKE_ADDR(0), POKE_NEW(0), 1);
                    poke_end(0);
                }
                int pokecheck_int3(struct pt_regs *regs)
                {
                    int3_emulate_push(regs, POKE_ADDR(0) + 3);
                    int3_emulate_jmp(regs, POKE_ADDR(0) + 5 + *(s32 *)(POKE_NEW(0) + 1));
                    return 1;
                }
                """);
        String out = Outcome.of("check " + file).out();
        assertTrue(out.contains("pushed: site0+3"), out);
        assertTrue(out.contains("no version goes: cpu1.bp iret\n\n  step "), out);
        assertTrue(
                out.matches("(?s).*\n  step 3  regs->ip: site0\\+1 → 0x[0-9a-f]+\n  step 3  pushed: site0\\+3\n.*"),
                out);
    }
}
