// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.insn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fixed instructions that stand in the patch sites of Linux 6.1 besides calls, jumps and NOPs: native operations
 * inlined over a paravirt call, and bodies of other alternatives. None transfers control ({@link #VMCALL} and {@link
 * #VMMCALL} exit to the hypervisor and come back behind themselves).
 */
public enum InlineOp {
    // Native operations that replace paravirt calls (pv_ops and ALTERNATIVE in arch/x86/include/asm/paravirt.h).
    /** {@code c6 07 00}. */
    QUEUED_SPIN_UNLOCK("c60700", "movb $0x0,(%rdi)", "mov BYTE PTR [rdi],0x0"),
    /** {@code 48 31 c0}. */
    VCPU_IS_PREEMPTED("4831c0", "xor %rax,%rax", "xor rax,rax"),
    /** {@code 31 c0}. */
    XOR_EAX("31c0", "xor %eax,%eax", "xor eax,eax"),
    /** {@code 9c}. */
    PUSHF("9c", "pushf", "pushf"),
    /** {@code 58}. */
    POP_RAX("58", "pop %rax", "pop rax"),
    /** {@code fa}. */
    CLI("fa", "cli", "cli"),
    /** {@code fb}. */
    STI("fb", "sti", "sti"),
    /** {@code 0f 20 d0}. */
    READ_CR2("0f20d0", "mov %cr2,%rax", "mov rax,cr2"),
    /** {@code 0f 20 d8}. */
    READ_CR3("0f20d8", "mov %cr3,%rax", "mov rax,cr3"),
    /** {@code 0f 22 df}. */
    WRITE_CR3("0f22df", "mov %rdi,%cr3", "mov cr3,rdi"),
    /** {@code 0f 09}. */
    WBINVD("0f09", "wbinvd", "wbinvd"),
    /** {@code 48 89 f8}. */
    IDENT_64("4889f8", "mov %rdi,%rax", "mov rax,rdi"),

    // Bodies of other alternatives.
    /** {@code 2e 2e 2e 31 c0}. */
    RETURN0("2e2e2e31c0", "cs cs cs xor %eax,%eax", "cs cs cs xor eax,eax"),
    /** {@code f3 90}. */
    PAUSE("f390", "pause", "pause"),
    /** {@code 0f 30}. */
    WRMSR("0f30", "wrmsr", "wrmsr"),
    /** {@code 0f 01 ca}. */
    CLAC("0f01ca", "clac", "clac"),
    /** {@code 0f 01 cb}. */
    STAC("0f01cb", "stac", "stac"),
    /** {@code 0f ae e8}. */
    LFENCE("0faee8", "lfence", "lfence"),
    /** {@code 0f ae f0}. */
    MFENCE("0faef0", "mfence", "mfence"),
    /** {@code 0f 18 0a}. */
    PREFETCHT0_RDX("0f180a", "prefetcht0 (%rdx)", "prefetcht0 BYTE PTR [rdx]"),
    /** {@code 0f 0d 0a}. */
    PREFETCHW_RDX("0f0d0a", "prefetchw (%rdx)", "prefetchw BYTE PTR [rdx]"),
    /** {@code 0f 18 48 70}. */
    PREFETCHT0_RAX("0f184870", "prefetcht0 0x70(%rax)", "prefetcht0 BYTE PTR [rax+0x70]"),
    /** {@code 0f 0d 48 70}. */
    PREFETCHW_RAX("0f0d4870", "prefetchw 0x70(%rax)", "prefetchw BYTE PTR [rax+0x70]"),
    /** {@code 0f 01 c1}. */
    VMCALL("0f01c1", "vmcall", "vmcall"),
    /** {@code 0f 01 d9}. */
    VMMCALL("0f01d9", "vmmcall", "vmmcall"),
    /** {@code 48 0f ae 27}. */
    XSAVE64("480fae27", "xsave64 (%rdi)", "xsave64 [rdi]"),
    /** {@code 48 0f ae 37}. */
    XSAVEOPT64("480fae37", "xsaveopt64 (%rdi)", "xsaveopt64 [rdi]"),
    /** {@code 48 0f c7 2f}. */
    XSAVES64("480fc72f", "xsaves64 (%rdi)", "xsaves64 [rdi]"),
    /** {@code 3e 0f ae 38}. */
    CLFLUSH("3e0fae38", "ds clflush (%rax)", "ds clflush BYTE PTR [rax]"),
    /** {@code 66 0f ae 38}. */
    CLFLUSHOPT("660fae38", "clflushopt (%rax)", "clflushopt BYTE PTR [rax]"),
    /** {@code f3 48 0f b8 c7}. */
    POPCNT64("f3480fb8c7", "popcnt %rdi,%rax", "popcnt rax,rdi"),
    /** {@code f3 0f b8 c7}. */
    POPCNT32("f30fb8c7", "popcnt %edi,%eax", "popcnt eax,edi"),
    /** {@code 89 3c 25 00 d3 5f ff}. */
    APIC_WRITE("893c2500d35fff", "mov %edi,0xffffffffff5fd300", "mov DWORD PTR ds:0xffffffffff5fd300,edi"),
    /** {@code 87 3c 25 00 d3 5f ff}. */
    APIC_XCHG("873c2500d35fff", "xchg %edi,0xffffffffff5fd300", "xchg DWORD PTR ds:0xffffffffff5fd300,edi"),
    /** {@code b8 2b 00 00 00}. */
    LOAD_KERNEL_DATA_SELECTOR("b82b000000", "mov $0x2b,%eax", "mov eax,0x2b"),
    /** {@code 8e e8}. */
    WRITE_GS("8ee8", "mov %eax,%gs", "mov gs,eax"),
    /** {@code 48 b8 00 f0 ff ff ff 7f 00 00}. */
    TASK_SIZE_MAX_RAX("48b800f0ffffff7f0000", "movabs $0x7ffffffff000,%rax", "movabs rax,0x7ffffffff000"),
    /** {@code 48 ba 00 f0 ff ff ff 7f 00 00}. */
    TASK_SIZE_MAX_RDX("48ba00f0ffffff7f0000", "movabs $0x7ffffffff000,%rdx", "movabs rdx,0x7ffffffff000"),
    /** {@code 48 b8 00 f0 ff ff ff ff ff 00}. */
    TASK_SIZE_MAX_LA57_RAX("48b800f0ffffffffff00", "movabs $0xfffffffffff000,%rax", "movabs rax,0xfffffffffff000"),
    /** {@code 48 ba 00 f0 ff ff ff ff ff 00}. */
    TASK_SIZE_MAX_LA57_RDX("48ba00f0ffffffffff00", "movabs $0xfffffffffff000,%rdx", "movabs rdx,0xfffffffffff000"),
    /** {@code 65 48 0f c7 0f}. */
    CMPXCHG16B_PERCPU("65480fc70f", "cmpxchg16b %gs:(%rdi)", "cmpxchg16b OWORD PTR gs:[rdi]"),
    /** {@code 48 8d 37}. */
    LEA_RDI_RSI("488d37", "lea (%rdi),%rsi", "lea rsi,[rdi]"),
    /** {@code 0f 94 c0}. */
    SETE_AL("0f94c0", "sete %al", "sete al"),
    /** {@code 48 89 c4}. */
    MOV_RAX_RSP("4889c4", "mov %rax,%rsp", "mov rsp,rax"),
    /** {@code 48 c1 e1 10}. */
    SHL_RCX_16("48c1e110", "shl $0x10,%rcx", "shl rcx,0x10"),
    /** {@code 48 c1 f9 10}. */
    SAR_RCX_16("48c1f910", "sar $0x10,%rcx", "sar rcx,0x10"),
    /** {@code 48 c1 e1 07}. */
    SHL_RCX_7("48c1e107", "shl $0x7,%rcx", "shl rcx,0x7"),
    /** {@code 48 c1 f9 07}. */
    SAR_RCX_7("48c1f907", "sar $0x7,%rcx", "sar rcx,0x7"),
    /** {@code 48 83 fa 20}. */
    CMP_RDX_32("4883fa20", "cmp $0x20,%rdx", "cmp rdx,0x20"),

    // Return-stack stuffing and retpolines.
    /** {@code 48 89 04 24}. */
    STORE_RETURN_ADDRESS("48890424", "mov %rax,(%rsp)", "mov QWORD PTR [rsp],rax"),
    /** {@code 48 c7 c0 10 00 00 00}. */
    COUNT_16_RAX("48c7c010000000", "mov $0x10,%rax", "mov rax,0x10"),
    /** {@code 49 c7 c4 10 00 00 00}. */
    COUNT_16_R12("49c7c410000000", "mov $0x10,%r12", "mov r12,0x10"),
    /** {@code 48 83 c4 08}. */
    DROP_1("4883c408", "add $0x8,%rsp", "add rsp,0x8"),
    /** {@code 48 83 c4 10}. */
    DROP_2("4883c410", "add $0x10,%rsp", "add rsp,0x10"),
    /** {@code 48 ff c8}. */
    DEC_RAX("48ffc8", "dec %rax", "dec rax"),
    /** {@code 49 ff cc}. */
    DEC_R12("49ffcc", "dec %r12", "dec r12");

    private static final List<List<InlineOp>> BY_FIRST_BYTE = byFirstByte();

    @SuppressWarnings("ImmutableEnumChecker") // never written and never handed out
    private final byte[] code;

    private final String att;
    private final String intel;

    InlineOp(String code, String att, String intel) {
        this.code = HexFormat.of().parseHex(code);
        this.att = att;
        this.intel = intel;
    }

    /** The bytes, in a fresh array. */
    public byte[] bytes() {
        return code.clone();
    }

    /** The instruction in AT&amp;T syntax. */
    public String att() {
        return att;
    }

    /** The instruction in Intel syntax. */
    public String intel() {
        return intel;
    }

    /** The operation that is exactly {@code code[offset..offset+length)}, or null. */
    static @Nullable InlineOp find(byte[] code, int offset, int length) {
        for (InlineOp op : BY_FIRST_BYTE.get(code[offset] & 0xff)) {
            if (Arrays.equals(op.code, 0, op.code.length, code, offset, offset + length)) {
                return op;
            }
        }
        return null;
    }

    private static List<List<InlineOp>> byFirstByte() {
        List<List<InlineOp>> lists = new ArrayList<>();
        for (int first = 0; first < 256; first++) {
            lists.add(new ArrayList<>());
        }
        for (InlineOp op : values()) {
            lists.get(op.code[0] & 0xff).add(op);
        }
        lists.replaceAll(List::copyOf);
        return List.copyOf(lists);
    }
}
