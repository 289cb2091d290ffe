// SPDX-License-Identifier: Apache-2.0
/* A breakpoint, the tail, the head, with a handler that emulates.
 *
 * scenario: cpus=2 site0=nop5->jmp32
 * expect: violates torn
 * expect: -D SECOND_SYNC holds exactly atomic
 * expect: -D SECOND_SYNC --cpus 3 --fetch coherent holds regular
 */
#include <pokecheck.h>

static int patching;

static void poke_one(int s)
{
    const u8 int3 = INT3_INSN_OPCODE;

    text_poke(POKE_ADDR(s), &int3, 1);
    text_poke_sync();
    text_poke(POKE_ADDR(s) + 1, POKE_NEW(s) + 1, POKE_LEN(s) - 1);
#ifdef SECOND_SYNC
    text_poke_sync();
#endif
    text_poke(POKE_ADDR(s), POKE_NEW(s), 1);
    text_poke_sync();
}

void pokecheck_patcher(void)
{
    poke_each_site(s) {
        poke_begin(s);
        WRITE_ONCE(patching, 1);
        poke_one(s);
        WRITE_ONCE(patching, 0);
        poke_end(s);
    }
}

int pokecheck_int3(struct pt_regs *regs)
{
    if (!READ_ONCE(patching))
        return 0;
    poke_each_site(s)
        if (regs->ip - INT3_INSN_SIZE == POKE_ADDR(s)) {
            poke_emulate(regs, s, 1);
            return 1;
        }
    return 0;
}
