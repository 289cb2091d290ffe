/* SPDX-License-Identifier: Apache-2.0 */
/* kernel.h: for compilers, the words of the kernel that the examples use; pokecheck reads its own. */
#ifdef __POKECHECK_CPUS__
#include <pokecheck.h>
#else
typedef unsigned char u8;
struct pt_regs;
#define READ_ONCE(x) (*(const volatile __typeof__(x) *)&(x))
#define WRITE_ONCE(x, value) (*(volatile __typeof__(x) *)&(x) = (value))
#define barrier() __asm__ volatile("" ::: "memory")
#define cpu_relax() __asm__ volatile("pause")
#define BUG_ON(condition) do { if (condition) __builtin_trap(); } while (0)
#endif
