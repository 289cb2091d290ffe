// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Members of unions share memory: what is stored as one is seen as another, or the file is refused. */
class UnionsTest {
    /** The use of unions in kernels: an opcode and a displacement, which are bytes for whoever stores them. */
    private static final String INSN = """
            union text_poke_insn {
                u8 text[POKE_MAX_OPCODE_SIZE];
                struct {
                    u8 opcode;
                    s32 disp;
                } __attribute__((packed));
            };
            """;

    /** Both a variable of the call and one that lives for ever, by whichever name the bytes are handed over. */
    @ParameterizedTest
    @CsvSource({"'',&insn.text", "'',insn.text", "'',&insn", "static,&insn.text", "static,insn.text", "static,&insn"})
    void anInstructionIsPutTogetherAndPokedAsBytes(String storage, String bytes) {
        String file = INSN + """
                void pokecheck_patcher(void)
                {
                    STORAGE union text_poke_insn insn;

                    insn.opcode = JMP32_INSN_OPCODE;
                    insn.disp = POKE_TARGET(0, 1) - (POKE_ADDR(0) + POKE_LEN(0)) + OFF;
                    poke_begin(0);
                    text_poke(POKE_ADDR(0), BYTES, sizeof(insn));
                    text_poke_sync();
                    poke_end(0);
                    poke_execute(0);
                }
                """.replace("STORAGE", storage).replace("BYTES", bytes);
        Lowered lowered = Lowered.of(1, List.of("nop5->jmp32"), file);
        assertEquals("", lowered.violated("OFF=0"));
        assertNotEquals("", lowered.violated("OFF=1"), "a wrong displacement leads elsewhere");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s32 x; u32 y; | u.x = 5; | u.y == 5",
                "int x; int y; | u.y = 7; | u.x == 7",
                "int *x; unsigned long y; | u.x = &other; | u.y == (unsigned long)&other",
                "unsigned long x; int *y; | u.x = 0; | u.y == NULL",
                "u32 x; u8 y[4]; | u.x = 0x12345678; | u.y[0] == 0x78 && u.y[3] == 0x12",
                "int x; signed char y; | u.x = 0x180; | u.y == -128",
                "int x; u8 y; | u.x = -1; | u.y == 255",
                "u16 x[2]; u32 y; | u.y = 0x70005; | u.x[READ_ONCE(other)] == 5",
                "struct { u8 a; u8 b; } x; u16 y; | u.y = 0x201; | u.x.b == 2",
                "struct { int a[2]; } x; struct { int b[2]; } y; | u.x.a[READ_ONCE(other)] = 9; | u.y.b[0] == 9"
            })
    void whatIsStoredAsOneIsSeenAsAnother(String example) {
        String[] parts = example.split(" \\| ", -1);
        String body = "    BUG_ON(!(" + parts[2] + "));\n}\n";
        String local = "static int other;\nvoid pokecheck_patcher(void)\n{\n    union { " + parts[0] + " } u;\n    "
                + parts[1] + "\n" + body;
        assertEquals("", Lowered.of(1, local).violated(), local);
        String shared = "static int other;\nstatic union { " + parts[0] + " } u;\nvoid pokecheck_patcher(void)\n{\n    "
                + parts[1] + "\n" + body;
        assertEquals("", Lowered.of(1, shared).violated(), shared);
    }

    /** What only this call sees is also put together from bytes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "u.y[0] = 1; u.y[1] = 2; u.y[2] = 0; u.y[3] = 0x80; BUG_ON(u.x != -2147483135);",
                "u.x = 0x01020304; u.y[1] = 0x55; BUG_ON(u.x != 0x01025504);",
                "u8 from[4] = { 4, 3, 2, 1 }; memcpy(u.y, from, 4); BUG_ON(u.x != 0x01020304);",
                "u8 to[4]; u.x = -2; memcpy(to, &u, 4); BUG_ON(to[0] != 0xfe || to[3] != 0xff);",
                "u.x = 3; union both v; v = u; v.y[0] = 1; BUG_ON(u.x != 3 || v.x != 1);",
                "memset(&u, 0, sizeof(u)); BUG_ON(u.x != 0 || u.y[2]);",
                "u.x = 1; BUG_ON(memcmp(&u, u.y, 4));",
                "union both w = { .y = { 1, 2 } }; BUG_ON(w.x != 0x201);",
                "static const union both s = { .y = { [1] = 2 } }; BUG_ON(s.x != 0x200);",
                "union both w = { 0x201 }; BUG_ON(w.y[1] != 2);"
            })
    void bytesAreThoseOfTheNumber(String body) {
        String file = "union both { int x; u8 y[4]; };\nvoid pokecheck_patcher(void)\n{\n    union both u;\n    " + body
                + "\n}\n";
        assertEquals("", Lowered.of(1, file).violated(), file);
    }

    /** Bytes that are found out when the protocol runs, for memory that others see: one store for each cell. */
    @Test
    void bytesOfAllOfACellAreStoredAtOnce() {
        String file = INSN + """
                static union text_poke_insn insn;
                static u8 from[2][5] = { { 0xe9, 1, 2, 0, 0 }, { 0xe8, 0xff, 0xff, 0xff, 0xff } };
                void pokecheck_patcher(void)
                {
                    int which = poke_choose(2);

                    memcpy(insn.text, from[which], 5);
                    BUG_ON(insn.opcode != (which ? 0xe8 : 0xe9) || insn.disp != (which ? -1 : 0x201));
                    BUG_ON(memcmp(&insn, from[which], 5));
                }
                """;
        Lowered lowered = Lowered.of(1, file);
        assertEquals("", lowered.violated());
        assertEquals(
                List.of("store.insn.opcode", "store.insn.disp"),
                lowered.labels().stream()
                        .filter(label -> label.startsWith("store"))
                        .toList());
    }

    @Test
    void membersOfWhichTheFileUsesOneLieWhereTheyAre() {
        String file = "static union { int count; u8 flag; } u;\nvoid pokecheck_patcher(void)\n{\n    "
                + "WRITE_ONCE(u.flag, 1);\n}\n";
        assertEquals(List.of("store.u.flag"), Lowered.of(1, file).labels());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "static union { int count; u8 flag; } u; | WRITE_ONCE(u.flag, 1); u.count++; | "
                        + "3:3: u.flag is a part of u.count, which others may read, and is stored alone; "
                        + "store all of u.count, or put it together in a variable of the call",
                "static union { int *p; u8 low; } u; | u.p = NULL; BUG_ON(u.low); | "
                        + "3:23: u.low is a part of the pointer u.p; pointers are loaded and stored as a whole",
                "union both { int x; u8 y[4]; }; | union both u; u.y[1] = 2; BUG_ON(u.x); | "
                        + "3:37: u.x is read before all of its bytes have a value; "
                        + "store all of it, or give it a value where it is declared",
                "union both { int x; u8 y[4]; }; | union both u; BUG_ON(u.y[1]); | "
                        + "3:27: u.y is read before it has a value; give it one where it is declared",
                "union odd { struct { u8 a; u16 b; } __packed s; u16 c; }; | union odd u; u.s.b = 1; u.c = 2; | "
                        + "3:31: u.c shares some bytes with another member of union odd, and neither lies in the other; "
                        + "use members of one size and place, or bytes of one",
                "union both { int x; u32 y; }; | union both u; u.x = -1; BUG_ON(u.y); | "
                        + "3:35: a value from -1 to -1 is seen as u.y, which is unsigned int; "
                        + "values have 32 bits with a sign: read the member that was stored",
                "union two { int a; int b; }; | union two u = { 1, 2 }; | 3:22: union two takes no more than 1 values",
            })
    void whatHasNoMeaningIsRefused(String declaration, String body, String refusal) {
        String file = declaration + "\nvoid pokecheck_patcher(void)\n{ " + body + "\n}\n";
        assertEquals(refusal, Lowered.of(1, file).refusals().get(0));
    }

    @Test
    void aPackedStructHasNothingBetweenItsMembers() {
        String file = """
                struct a { u8 x; int y; };
                struct b { u8 x; int y; } __packed;
                struct __packed c { struct b b; long z; };
                void pokecheck_patcher(void)
                {
                    BUG_ON(sizeof(struct a) != 8 || sizeof(struct b) != 5 || sizeof(struct c) != 13);
                }
                """;
        assertEquals("", Lowered.of(1, file).violated());
    }
}
