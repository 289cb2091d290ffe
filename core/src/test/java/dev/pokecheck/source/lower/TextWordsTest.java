// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.explore.verdict.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Code as data, and stores to it by addresses and bytes that are known when the protocol runs. */
class TextWordsTest {
    private static final String THREAD = """
            void pokecheck_thread(int cpu)
            {
                while (cpu) {
                    poke_each_site(s)
                        poke_execute(s);
                    poke_rest();
                }
            }
            """;

    /** A vector of what to poke, filled and walked when the protocol runs, with a handler that emulates by opcode and displacement. */
    private static final String VECTOR = """
            struct loc { void *addr; int disp; u8 len, opcode, text[5]; };
            static struct loc vec[2];
            static int nr;

            static int compare(const void *key, const void *elt)
            {
                const struct loc *tp = (struct loc *)elt;

                return key < tp->addr ? -1 : key > tp->addr;
            }

            static void init(struct loc *tp, void *addr, const void *opcode, size_t len)
            {
                memcpy((void *)tp->text, opcode, len);
                tp->addr = addr;
                tp->len = len;
                tp->opcode = tp->text[0];
                switch (tp->opcode) {
                case CALL_INSN_OPCODE:
                case JMP32_INSN_OPCODE:
                    tp->disp = *(s32 *)((const u8 *)opcode + 1) + OFF;
                    break;
                case JMP8_INSN_OPCODE:
                    tp->disp = *(s8 *)((const u8 *)opcode + 1);
                    break;
                default:
                    tp->opcode = JMP32_INSN_OPCODE;
                    tp->disp = 0;
                }
            }

            static void batch(struct loc *tp, unsigned int n)
            {
                unsigned char int3 = INT3_INSN_OPCODE;
                unsigned int i;

                smp_store_release(&nr, n);
                for (i = 0; i < n; i++)
                    text_poke(tp[i].addr, &int3, INT3_INSN_SIZE);
                text_poke_sync();
                for (i = 0; i < n; i++)
                    text_poke(tp[i].addr + 1, (const char *)tp[i].text + 1, tp[i].len - 1);
                text_poke_sync();
                for (i = 0; i < n; i++)
                    text_poke(tp[i].addr, tp[i].text, 1);
                text_poke_sync();
                WRITE_ONCE(nr, 0);
            }

            void pokecheck_patcher(void)
            {
                int n = 0;

                poke_each_site(s)
                    init(&vec[n++], (void *)POKE_ADDR(s), POKE_NEW(s), POKE_LEN(s));
                poke_each_site(s)
                    poke_begin(s);
                batch(vec, n);
                poke_each_site(s)
                    poke_end(s);
            }

            int pokecheck_int3(struct pt_regs *regs)
            {
                int n = READ_ONCE(nr);
                struct loc *tp;
                void *ip;

                if (!n)
                    return 0;
                ip = (void *)regs->ip - INT3_INSN_SIZE;
                if (n > 1) {
                    tp = bsearch(ip, vec, n, sizeof(struct loc), compare);
                    if (!tp)
                        return 0;
                } else {
                    tp = vec;
                    if (tp->addr != ip)
                        return 0;
                }
                ip += tp->len;
                switch (tp->opcode) {
                case CALL_INSN_OPCODE:
                    int3_emulate_call(regs, (long)ip + tp->disp);
                    break;
                case JMP32_INSN_OPCODE:
                case JMP8_INSN_OPCODE:
                    int3_emulate_jmp(regs, (long)ip + tp->disp);
                    break;
                default:
                    return 0;
                }
                return 1;
            }
            """;

    private static Verdict verdict(String text, List<String> sites, String... definitions) {
        return Lowered.of(2, sites, text + THREAD).verdict(definitions);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nop5->jmp32", "nop5->call", "jmp32->nop5", "nop2->jmp8"})
    void aVectorThatIsFilledWhenTheProtocolRunsIsPoked(String site) {
        assertEquals(Verdict.Kind.HOLDS, verdict(VECTOR, List.of(site), "OFF=0").kind());
    }

    @Test
    void severalSitesAreFoundBySearching() {
        Lowered file = Lowered.of(
                2,
                List.of("nop5->jmp32", "nop2->jmp8"),
                VECTOR + THREAD.replace("poke_each_site(s)", "").replace("(s)", "(1)"));
        assertEquals(Verdict.Kind.HOLDS, file.verdict("OFF=0").kind());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "-1", "-5"})
    void aWrongDisplacementIsFound(String off) {
        Verdict verdict = verdict(VECTOR, List.of("nop5->jmp32"), "OFF=" + off);
        assertEquals(Verdict.Kind.VIOLATED, verdict.kind(), verdict::sentence);
        assertTrue(
                List.of("bug", "wrong-target", "lost-call", "mid-instruction")
                        .contains(verdict.violation().orElseThrow().property().text()),
                verdict::sentence);
    }

    @Test
    void aReturnAddressThatIsWrongIsFound() {
        String wrong = VECTOR.replace(
                "int3_emulate_call(regs, (long)ip + tp->disp);",
                "int3_emulate_push(regs, regs->ip); int3_emulate_jmp(regs, (long)ip + tp->disp);");
        assertEquals(
                Verdict.Kind.VIOLATED,
                verdict(wrong, List.of("nop5->call"), "OFF=0").kind());
        String right = VECTOR.replace(
                "int3_emulate_call(regs, (long)ip + tp->disp);",
                "int3_emulate_push(regs, regs->ip + 4); int3_emulate_jmp(regs, (long)ip + tp->disp);");
        assertEquals(
                Verdict.Kind.HOLDS,
                verdict(right, List.of("nop5->call"), "OFF=0").kind());
    }

    private static String violated(List<String> sites, String statements) {
        return Lowered.of(1, sites, "void pokecheck_patcher(void) {\n" + statements + "\n}\n")
                .violated();
    }

    @Test
    void codeIsRead() {
        assertEquals("", violated(List.of("nop5->jmp32"), """
                u8 *p = (u8 *)POKE_ADDR(0);
                u8 copy[5];

                BUG_ON(*p != 0x0f || p[1] != 0x1f);
                BUG_ON(*(u16 *)p != 0x1f0f);
                BUG_ON(memcmp(p, POKE_OLD(0), 5) || !memcmp(p, POKE_NEW(0), 5));
                memcpy(copy, p, 5);
                BUG_ON(copy[2] != 0x44);
                poke_begin(0);
                text_poke(p, POKE_NEW(0), 5);
                poke_end(0);
                BUG_ON(*p != JMP32_INSN_OPCODE || memcmp(POKE_NEW(0), p, 5));
                BUG_ON(POKE_ADDR(0) + 5 + *(s32 *)(p + 1) != POKE_TARGET(0, 1));
                """));
        assertEquals("bug", violated(List.of("nop5->jmp32"), "BUG_ON(*(u8 *)POKE_ADDR(0) == 0x0f);"));
    }

    /** A file reads displacements between addresses of the model; where two versions have a byte of theirs in common, it would read one for the other. */
    @Test
    void bytesThatTellNoTargetsApartAreRefused() {
        String copied = "u8 now[5]; memcpy(now, (void *)POKE_ADDR(0), 5); BUG_ON(memcmp(now, POKE_BYTES(0, %s), 5));";
        String inPlace = "BUG_ON(memcmp((void *)POKE_ADDR(0), POKE_BYTES(0, %s), 5));";
        List<String> same = List.of("e800000001->e800000002");
        List<String> refusals = Lowered.of(1, same, "void pokecheck_patcher(void) { " + copied.formatted("0") + " }")
                .refusals();
        assertTrue(
                refusals.get(0)
                        .contains(
                                "two versions of site0 have the same bytes at offset 1 (00), but displacements to different targets"),
                refusals::toString);
        // Nothing is wrong but that nobody patches.
        assertEquals("lost-patch", violated(same, inPlace.formatted("0")));
        assertEquals("bug", violated(same, inPlace.formatted("1")));
        List<String> different = List.of("e810000001->e820000001");
        assertEquals("lost-patch", violated(different, copied.formatted("0")));
        assertEquals("bug", violated(different, copied.formatted("1")));
    }

    @Test
    void codeIsStoredToByPointers() {
        assertEquals("", violated(List.of("nop2->jmp8"), """
                u8 *p = (u8 *)POKE_ADDR(0);

                poke_begin(0);
                *p = INT3_INSN_OPCODE;
                BUG_ON(*p != 0xcc);
                memcpy(p + 1, POKE_NEW(0) + 1, 1);
                WRITE_ONCE(*(u16 *)p, POKE_NEW(0)[0] | POKE_NEW(0)[1] << 8);
                BUG_ON(memcmp(p, POKE_NEW(0), 2));
                text_poke_set(p, 0xcc, 2);
                BUG_ON(p[1] != 0xcc);
                text_poke(p, POKE_NEW(0), 2);
                poke_end(0);
                """));
    }

    /** memset() to code is as memcpy() to it: where the code runs; text_poke_set() goes through an alias. */
    @Test
    void codeIsFilledInPlace() {
        String file = "void pokecheck_patcher(void) { %s((void *)POKE_ADDR(0), 0xcc, 1); }";
        for (String word : List.of("memset", "text_poke_set")) {
            assertEquals(
                    word.equals("memset"),
                    Lowered.of(1, file.formatted(word)).listing().stream().anyMatch(line -> line.contains("in place")),
                    word);
        }
    }

    @Test
    void codeIsExchanged() {
        assertEquals("", violated(List.of("nop5->jmp32"), """
                BUG_ON(poke_cmpxchg(POKE_ADDR(0), POKE_NEW(0), POKE_OLD(0), 5));
                poke_begin(0);
                BUG_ON(!poke_cmpxchg(POKE_ADDR(0), POKE_OLD(0), POKE_NEW(0), 5));
                poke_end(0);
                BUG_ON(memcmp((void *)POKE_ADDR(0), POKE_NEW(0), 5));
                """));
    }

    @Test
    void aStoreThatNoInstructionIsSureToMakeAtOnceIsRefused() {
        String file = """
                void pokecheck_patcher(void)
                {
                    poke_begin(0);
                    poke_store(POKE_ADDR(0), POKE_NEW(0), POKE_LEN(0));
                    poke_end(0);
                }
                """;
        assertEquals(
                List.of(
                        "4:5: no x86 store is sure to write these 5 bytes of site0+0 at once: they do not lie in one aligned word of"
                                + " 8; text_poke() writes in pieces; or store them in parts, in an order"),
                Lowered.of(1, List.of("nop5->jmp32@61"), file).refusals());
        assertEquals(
                1,
                Lowered.of(1, List.of("48b8112233445566aa01->48b8998877665544bb02"), file)
                        .refusals()
                        .size());
    }

    /** Code may make it; memory sees it in pieces. */
    @Test
    void aPointersStoreAcrossAWordIsSeenInPieces() {
        String file = """
                void pokecheck_patcher(void)
                {
                    poke_begin(0);
                    *(u32 *)(POKE_ADDR(0) + 1) = 0x02020202;
                    poke_end(0);
                }
                """;
        for (boolean crosses : new boolean[] {false, true}) {
            List<String> sites = List.of("b801010101->b802020202" + (crosses ? "@61" : ""));
            assertEquals(
                    crosses,
                    Lowered.of(1, sites, file).listing().stream().anyMatch(line -> line.startsWith("text_poke(")));
        }
    }

    @Test
    void anAddressOfNoSiteIsABug() {
        String file = """
                static unsigned long where;
                void pokecheck_patcher(void)
                {
                    poke_begin(0);
                    WRITE_ONCE(where, POKE_ADDR(0));
                    WRITE_ONCE(where, POKE_ADDR(0) + 4);
                    text_poke(READ_ONCE(where), POKE_NEW(0) + 4, LENGTH);
                    poke_end(0);
                }
                """;
        assertEquals(
                "bug",
                Lowered.of(1, List.of("nop5->nop5"), file.replace("+ 4, L", "+ 3, L"))
                        .violated("LENGTH=2"));
        assertEquals("", Lowered.of(1, List.of("nop5->nop5"), file).violated("LENGTH=1"));
    }

    /** Bytes by a pointer in memory, which an NMI handler writes that is read after the breakpoint handler. */
    private static final String BY_POINTER = """
            static const u8 *bytes;
            static unsigned long address;
            static int done;
            void pokecheck_patcher(void)
            {
                poke_begin(0);
                poke_send_nmi(0);
                while (!READ_ONCE(done))
                    cpu_relax();
                poke_end(0);
            }
            void pokecheck_nmi(void)
            {
                const u8 int3 = INT3_INSN_OPCODE;

                WRITE_ONCE(address, POKE_ADDR(0));
                WRITE_ONCE(bytes, POKE_NEW(0));
                text_poke(POKE_ADDR(0), &int3, 1);
                poke_execute(0);
                text_poke(POKE_ADDR(0), POKE_NEW(0), POKE_LEN(0));
                WRITE_ONCE(done, 1);
            }
            int pokecheck_int3(struct pt_regs *regs)
            {
                unsigned long at = READ_ONCE(address);
                const u8 *of = READ_ONCE(bytes);

                if (!of || at != regs->ip - 1)
                    return 0;
                if (at == POKE_ADDR(0) && of == POKE_BYTES(0, VERSION))
                    poke_emulate(regs, 0, 1);
                return 1;
            }
            """;

    @Test
    void pointersToBytesAreComparedWhenTheProtocolRuns() {
        Lowered file = Lowered.of(1, List.of("nop5->jmp32"), BY_POINTER);
        assertEquals("", file.violated("VERSION=1"));
        assertEquals("mid-instruction", file.violated("VERSION=0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pvcall->unlock", "pvcall->call", "nop2->int3int3", "nop2->ud2"})
    void whatIsNotOneKnownInstructionIsNotEmulated(String sites) {
        Lowered file = Lowered.of(1, List.of(sites.replace("int3int3", "cccc")), BY_POINTER.replace("VERSION", "1"));
        assertEquals(
                List.of("31:9: version 1 of site0 is not one NOP, call, jump or return of the site's length, and what"
                        + " else it does is not emulated; take another site, or emulate its parts by int3_emulate_…()"),
                file.refusals());
    }

    @Test
    void aMachineOfOneCpuHasNobodyElseToStop() {
        Lowered file = Lowered.of(1, """
                static int ran;
                static int run(void *data)
                {
                    ran = ran + 1;
                    return 0;
                }
                void pokecheck_patcher(void)
                {
                    stop_machine(run, NULL, NULL);
                    BUG_ON(ran != 1);
                }
                """);
        assertEquals("", file.violated());
        assertEquals(1, file.labels().stream().filter("store.ran"::equals).count());
    }
}
