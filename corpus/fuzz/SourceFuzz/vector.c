#include <pokecheck.h>
#define OFF 0
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
