// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the kernel's decoder of instructions says of the versions of a site, and addresses that are counted from the start of the text. */
class InsnWordsTest {
    private static Lowered file(String site, String body) {
        return Lowered.of(
                1,
                List.of(site),
                "void pokecheck_patcher(void)\n{\n\tstruct insn insn;\n\tBUG_ON(insn_decode_kernel(&insn, POKE_NEW(0)) < 0);\n"
                        + body + "\n\tpoke_begin(0);\n\tpoke_abort(0);\n}\n");
    }

    @ParameterizedTest
    @CsvSource({
        "nop5->jmp32, 5, 0xe9, 0",
        "nop2->jmp8, 2, 0xeb, 0",
        "nop5->call, 5, 0xe8, 0",
        "nop2->nop2, 2, 0x90, 0",
        "nop5->nop5, 5, 0x0f, 0x1f",
        "0f1f440000->0f1f440000, 5, 0x0f, 0x1f",
        "660f1f440000->0f8512345678, 6, 0x0f, 0x85",
        "nop1->int3, 1, 0xcc, 0"
    })
    void theDecoderSaysLengthAndOpcode(String site, int length, String first, String second) {
        assertEquals(
                "",
                file(
                                site,
                                "\tBUG_ON(insn.length != " + length + ");\n\tBUG_ON(insn.opcode.bytes[0] != " + first
                                        + ");\n\tBUG_ON(insn.opcode.bytes[1] != " + second + ");")
                        .violated());
    }

    @Test
    void theImmediateOfABranchIsItsDistance() {
        assertEquals(
                "",
                file("nop5->jmp32", "\tBUG_ON(POKE_ADDR(0) + POKE_LEN(0) + insn.immediate.value != POKE_TARGET(0, 1));")
                        .violated());
    }

    @Test
    void whatIsNotKnownWhenTheFileIsReadIsNotDecoded() {
        List<String> refusals = Lowered.of(1, """
                        static u8 bytes[5];
                        void pokecheck_patcher(void)
                        {
                        	struct insn insn;
                        	insn_decode_kernel(&insn, bytes);
                        }
                        """).refusals();
        assertTrue(refusals.get(0).contains("which instruction this is is not known"), refusals.toString());
    }

    @Test
    void addressesAreCountedFromTheStartOfTheText() {
        assertEquals(
                "",
                file(
                                "nop5->jmp32",
                                "\ts32 rel = (void *)POKE_ADDR(0) - (void *)_stext;\n\tvoid *addr = _stext + rel;\n\tBUG_ON((unsigned long)addr != POKE_ADDR(0));\n\tBUG_ON(memcmp(POKE_NEW(0), x86_nops[5], 5) == 0);")
                        .violated());
    }

    @Test
    void theAddressOfAnElementThatIsNoneIsABug() {
        String text = """
                struct e { int a; };
                static struct e vec[2];
                static struct e *last;
                void pokecheck_patcher(void)
                {
                	int n = poke_choose(%d);
                	WRITE_ONCE(last, &vec[n]);
                }
                """;
        assertEquals("", Lowered.of(1, text.formatted(3)).violated());
        assertEquals("bug", Lowered.of(1, text.formatted(4)).violated());
    }
}
