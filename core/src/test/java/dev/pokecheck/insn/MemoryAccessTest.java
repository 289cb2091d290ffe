// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.insn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What instructions do with memory, beside what objdump prints of them. */
class MemoryAccessTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "8b0500000000         | LOAD '' 2", // mov 0x0(%rip),%eax
                "c7050000000001000000 | STORE '' 2", // movl $0x1,0x0(%rip)
                "f00fc10500000000     | UPDATE '' 4", // lock xadd %eax,0x0(%rip)
                "833d0000000001       | LOAD '' 2", // cmpl $0x1,0x0(%rip)
                "83050000000001       | UPDATE '' 2", // addl $0x1,0x0(%rip)
                "658b0500000000       | LOAD gs '' 3", // mov %gs:0x0(%rip),%eax
                "8b042500000000       | LOAD '' 3", // mov 0x0,%eax
                "8b01                 | LOAD (%rcx) -1", // mov (%rcx),%eax
                "8b048500000000       | LOAD 0x0(,%rax,4) 3", // mov 0x0(,%rax,4),%eax
                "48894424f8           | STORE stack -0x8(%rsp) -1", // mov %rax,-0x8(%rsp)
                "0fb60500000000       | LOAD '' 3", // movzbl 0x0(%rip),%eax
                "0f940500000000       | STORE '' 3", // sete 0x0(%rip)
                "8d0500000000         | none", // lea 0x0(%rip),%eax
                "89c8                 | none", // mov %ecx,%eax
                "0f1f440000           | none", // nopl 0x0(%rax,%rax,1)
                "e800000000           | none", // call
                "f3aa                 | STORE (%rdi) -1", // rep stos %al,(%rdi)
                "48a5                 | UPDATE (%rsi) and (%rdi) -1", // movsq
                "ac                   | LOAD (%rsi) -1", // lods
                "a6                   | LOAD (%rsi) and (%rdi) -1", // cmpsb
                "c5fe6f0500000000     | UNKNOWN '' 4", // vmovdqu 0x0(%rip),%ymm0
                "c5fe7f07             | UNKNOWN a register -1", // vmovdqu %ymm0,(%rdi)
                "c5fe7f4424e0         | UNKNOWN stack a register -1", // vmovdqu %ymm0,-0x20(%rsp)
                "c4c17e7f0424         | UNKNOWN a register -1", // vmovdqu %ymm0,(%r12)
                "c5fd6fc1             | none", // vmovdqa %ymm1,%ymm0
                "c5f877               | none", // vzeroupper
                "660f38000500000000   | UNKNOWN '' 5", // pshufb 0x0(%rip),%xmm0
                "660f3800c1           | none", // pshufb %xmm1,%xmm0
            })
    void isWhatTheManualSays(String code, String expected) {
        byte[] bytes = HexFormat.of().parseHex(code.strip());
        String found = MemoryAccess.of(bytes, 0, bytes.length)
                .map(it -> it.kind() + (it.isThreadLocal() ? " gs" : "") + (it.isStack() ? " stack" : "")
                        + (it.register().isEmpty() ? " ''" : " " + it.register()) + " " + it.displacementAt())
                .orElse("none");
        assertEquals(expected.strip(), found);
    }
}
