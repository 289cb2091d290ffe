// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.insn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrinterTest {
    private static byte[] bytes(String hex) {
        return HexFormat.ofDelimiter(" ").parseHex(hex);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "90 | nop | nop",
                "66 90 | xchg %ax,%ax | xchg ax,ax",
                "66 66 90 | data16 xchg %ax,%ax | data16 xchg ax,ax",
                "0f 1f 00 | nopl (%rax) | nop DWORD PTR [rax]",
                "0f 1f 44 00 00 | nopl 0x0(%rax,%rax,1) | nop DWORD PTR [rax+rax*1+0x0]",
                "66 0f 1f 44 00 00 | nopw 0x0(%rax,%rax,1) | nop WORD PTR [rax+rax*1+0x0]",
                "66 66 2e 0f 1f 84 00 00 00 00 00 | data16 cs nopw 0x0(%rax,%rax,1) | data16 cs nop WORD PTR [rax+rax*1+0x0]",
                "66 66 66 0f 1f 84 00 00 00 00 00 | data16 data16 nopw 0x0(%rax,%rax,1) | data16 data16 nop WORD PTR [rax+rax*1+0x0]",
                "0f 1f c0 | nop %eax | nop eax",
                "48 0f 1f 00 | nopq (%rax) | nop QWORD PTR [rax]",
                "e8 fb 0f 00 00 | call 0xffffffff81001000 | call 0xffffffff81001000",
                "2e e8 fa 0f 00 00 | cs call 0xffffffff81001000 | cs call 0xffffffff81001000",
                "66 e8 fa 0f 00 00 | data16 call 0xffffffff81001000 | data16 call 0xffffffff81001000",
                "e9 fb ff ff ff | jmp 0xffffffff81000000 | jmp 0xffffffff81000000",
                "f2 e9 fa ff ff ff | bnd jmp 0xffffffff81000000 | bnd jmp 0xffffffff81000000",
                "eb fe | jmp 0xffffffff81000000 | jmp 0xffffffff81000000",
                "74 fe | je 0xffffffff81000000 | je 0xffffffff81000000",
                "0f 8f fa ff ff ff | jg 0xffffffff81000000 | jg 0xffffffff81000000",
                "ff 15 01 00 00 00 | call *0x1(%rip) # 0xffffffff81000007 | call QWORD PTR [rip+0x1] # 0xffffffff81000007",
                "ff 15 ff ff ff ff | call *-0x1(%rip) # 0xffffffff81000005 | call QWORD PTR [rip-0x1] # 0xffffffff81000005",
                "3e ff 15 01 00 00 00 | notrack call *0x1(%rip) # 0xffffffff81000008 | notrack call QWORD PTR [rip+0x1] # 0xffffffff81000008",
                "67 ff 15 01 00 00 00 | call *0x1(%eip) # 0x81000008 | call QWORD PTR [eip+0x1] # 0x81000008",
                "ff 14 25 00 f0 ff ff | call *0xfffffffffffff000 | call QWORD PTR ds:0xfffffffffffff000",
                "ff d0 | call *%rax | call rax",
                "41 ff d4 | call *%r12 | call r12",
                "ff e0 | jmp *%rax | jmp rax",
                "3e 41 ff e4 | notrack jmp *%r12 | notrack jmp r12",
                "66 ff e0 | data16 jmp *%rax | data16 jmp rax",
                "ff 24 24 | jmp *(%rsp) | jmp QWORD PTR [rsp]",
                "65 ff 64 c8 10 | jmp *%gs:0x10(%rax,%rcx,8) | jmp QWORD PTR gs:[rax+rcx*8+0x10]",
                "ff 25 01 00 00 00 | jmp *0x1(%rip) # 0xffffffff81000007 | jmp QWORD PTR [rip+0x1] # 0xffffffff81000007",
                "c3 | ret | ret",
                "f3 c3 | repz ret | repz ret",
                "cc | int3 | int3",
                "f3 0f 1e fa | endbr64 | endbr64",
                "0f 0b | ud2 | ud2",
                "c6 07 00 | movb $0x0,(%rdi) | mov BYTE PTR [rdi],0x0",
                "f0 ff 8e 80 03 00 00 | lock decl 0x380(%rsi) | lock dec DWORD PTR [rsi+0x380]",
                "3e ff 8e 80 03 00 00 | ds decl 0x380(%rsi) | ds dec DWORD PTR [rsi+0x380]",
                "f0 48 0f b1 15 ec ab 2a 02 | lock cmpxchg %rdx,0x22aabec(%rip) # 0xffffffff832aabf5 | lock cmpxchg QWORD PTR [rip+0x22aabec],rdx # 0xffffffff832aabf5",
                "f0 48 83 47 10 80 | lock addq $0xffffffffffffff80,0x10(%rdi) | lock add QWORD PTR [rdi+0x10],0xffffffffffffff80",
                "f0 66 81 0f 00 80 | lock orw $0x8000,(%rdi) | lock or WORD PTR [rdi],0x8000",
                "f0 0f ba 6f 08 05 | lock btsl $0x5,0x8(%rdi) | lock bts DWORD PTR [rdi+0x8],0x5",
                "f0 48 0f c7 0f | lock cmpxchg16b (%rdi) | lock cmpxchg16b OWORD PTR [rdi]",
                "f0 43 87 3c 25 00 00 00 ff | lock xchg %edi,-0x1000000(,%r12,1) | lock xchg DWORD PTR [r12*1-0x1000000],edi",
                "f0 65 ff 04 25 40 00 00 00 | lock incl %gs:0x40 | lock inc DWORD PTR gs:0x40",
                "f0 40 00 30 | lock add %sil,(%rax) | lock add BYTE PTR [rax],sil",
                "f0 00 30 | lock add %dh,(%rax) | lock add BYTE PTR [rax],dh",
                "48 8b 00 | .byte 0x48,0x8b,0x00 | .byte 0x48,0x8b,0x00",
                "06 | (bad) | (bad)",
                "e8 1f 44 | .byte 0xe8,0x1f,0x44 (truncated) | .byte 0xe8,0x1f,0x44 (truncated)"
            })
    void oneInstruction(String hex, String att, String intel) {
        byte[] code = bytes(hex);
        assertEquals(att, Printer.att(code, 0xffffffff81000000L));
        assertEquals(intel, Printer.intel(code, 0xffffffff81000000L));
        assertEquals(att, Printer.att(code, 0, code.length, 0xffffffff81000000L));
        assertEquals(intel, Printer.intel(code, 0, code.length, 0xffffffff81000000L));
    }

    @Test
    void severalInstructionsStandInALine() {
        assertEquals("pushf; pop %rax; nopl 0x0(%rax)", Printer.att(bytes("9c 58 0f 1f 40 00"), 0));
        assertEquals("call 0x105; nop", Printer.att(bytes("e8 00 00 00 00 90"), 0x100));
        assertEquals("jmp 0x100; int3", Printer.att(bytes("eb fe cc"), 0x100));
    }

    @Test
    void theFirstThatIsNoInstructionEndsTheLine() {
        assertEquals("nop; (bad)", Printer.att(bytes("90 06 90"), 0));
        assertEquals("nop; .byte 0xe9,0x00 (truncated)", Printer.att(bytes("90 e9 00"), 0));
        assertEquals("", Printer.att(new byte[0], 0));
        assertEquals("(truncated)", Printer.att(new byte[0], 0, 0, 0));
    }

    @Test
    void hexadecimal() {
        assertEquals("e8 1f 44 00 00", Printer.hex((byte) 0xe8, (byte) 0x1f, (byte) 0x44, (byte) 0, (byte) 0));
        assertEquals("", Printer.hex());
    }
}
