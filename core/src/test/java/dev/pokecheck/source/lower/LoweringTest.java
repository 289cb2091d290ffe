// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of C: which accesses are steps, what they are called, where pointers lead, which values variables have. */
class LoweringTest {
    private static String patcher(String body) {
        return "void pokecheck_patcher(void)\n{\n" + body + "\n}\n";
    }

    // ---- steps

    @Test
    void eachAccessToWhatOthersSeeIsAStep() {
        Lowered file = Lowered.of(
                1, "static int x, y;\n" + patcher("int a = READ_ONCE(x);\nWRITE_ONCE(y, a + 1);\ny = x;\nx++;"));
        assertEquals(List.of("load.x", "store.y", "load.x.2", "store.y.2", "load.x.3", "store.x"), file.labels());
    }

    @Test
    void namesSayTheCallsAroundAStepAndNotItsLine() {
        String f = "static int x;\nstatic void f(void) { WRITE_ONCE(x, 1); }\n";
        Lowered file = Lowered.of(1, f + patcher("f();\nf();\npoke_label(\"mine\");\nsync_core();"));
        assertEquals(List.of("f", "f.store.x", "f.2", "f.2.store.x", "mine"), file.labels());
        assertEquals(
                file.labels(),
                Lowered.of(1, "\n\n" + f + "\n" + patcher("f();\n\nf();\npoke_label(\"mine\");sync_core();"))
                        .labels());
    }

    /** GNU's conditional without a middle reads what it asks for once. */
    @Test
    void aConditionIsReadOnce() {
        Lowered file = Lowered.of(1, "static int x = 3;\n" + patcher("int a = READ_ONCE(x) ?: 5;\nBUG_ON(a != 3);"));
        assertEquals(List.of("load.x"), file.labels());
        assertEquals("", file.violated());
    }

    @Test
    void compoundLiterals() {
        String file = """
                struct pair { int a; struct { int b, c; } in; };
                static int x = 4;
                static struct pair of(int n) { return (struct pair){ .a = n, .in.c = READ_ONCE(x) }; }
                static int sum(const struct pair *p) { return p->a + p->in.b + p->in.c; }
                static struct pair *kept;
                """ + patcher("""
                    const struct pair p = of(3);
                    int *v = (int[2]){ 7, 8 };

                    BUG_ON(p.a != 3 || p.in.b != 0 || p.in.c != 4);
                    BUG_ON(sum(&(struct pair){ 1, { 2, x } }) != 7 || (struct pair){ .in.b = 9 }.in.b != 9);
                    BUG_ON(v[0] + v[1] != 15);
                    for (int i = 0; i < 2; i++) {
                        kept = &(struct pair){ i };
                        BUG_ON(kept->a != i);
                    }
                    BUG_ON(WRONG && kept->a != 1);
                    """);
        assertEquals("", Lowered.of(1, file).violated("WRONG=0"));
        assertEquals("dead-object", Lowered.of(1, file).violated("WRONG=1"));
    }

    /** CPU 0 runs its thread after the patcher, and the names of its steps go on. */
    @Test
    void theThreadOfThePatcherComesAfterIt() {
        String file = "static int x;\n" + patcher("int i = 1;\nWRITE_ONCE(x, i);")
                + "void pokecheck_thread(int cpu) { int i = 2; if (cpu == 0) { BUG_ON(READ_ONCE(x) != 1); WRITE_ONCE(x, i); } }";
        assertEquals(
                List.of("store.x", "load.x", "store.x.2"), Lowered.of(1, file).labels());
        assertEquals("", Lowered.of(1, file).violated());
    }

    @Test
    void aLoopThatOnlyWaitsIsAWait() {
        Lowered file = Lowered.of(
                2,
                "static int x, y;\n"
                        + patcher("while (READ_ONCE(x) < 2)\ncpu_relax();\nsmp_cond_load_acquire(&y, VAL != 0);")
                        + "void pokecheck_thread(int cpu) { if (cpu == 1) { WRITE_ONCE(x, 2); WRITE_ONCE(y, 1); } }");
        assertEquals(List.of("wait.x", "wait.y"), file.labels().subList(0, 2));
        assertEquals("", file.violated());
        assertEquals(
                "deadlock",
                Lowered.of(1, "static int x;\n" + patcher("while (!READ_ONCE(x)) cpu_relax();"))
                        .violated());
    }

    /** Never both as one: between the two, the other may change. */
    @Test
    void aLoopOnTwoValuesReadsOneAfterTheOther() {
        Lowered file = Lowered.of(
                2,
                "static int x, y;\n" + patcher("while (!READ_ONCE(x) || !READ_ONCE(y)) cpu_relax();")
                        + "void pokecheck_thread(int cpu) { if (cpu == 1) { WRITE_ONCE(x, 1); WRITE_ONCE(y, 1); } }");
        assertTrue(
                file.labels().containsAll(List.of("load.x", "load.y")),
                file.labels().toString());
        assertEquals("", file.violated());
    }

    /** A loop with a deadline: whether it is over or not, the run goes on both ways. */
    @Test
    void aWaitMayTimeOut() {
        String file = "static int x, y;\n"
                + patcher(
                        "if (poke_wait_or_timeout(&x, VAL == 1)) WRITE_ONCE(y, 1); else BUG_ON(!READ_ONCE(x) || EXTRA);")
                + "void pokecheck_thread(int cpu) { if (cpu == 1) WRITE_ONCE(x, 1); }";
        assertEquals("wait.x", Lowered.of(2, file).labels("EXTRA=0").get(0));
        assertEquals("", Lowered.of(2, file).violated("EXTRA=0"));
        assertEquals("bug", Lowered.of(2, file).violated("EXTRA=1"));
        assertEquals("", Lowered.of(1, file).violated("EXTRA=1"), "nobody stores it, and the deadline passes");
    }

    /** The value that a variable has at first counts, although nothing stores it where reading comes to. */
    @Test
    void aLockThatIsFreeAtFirstCanBeTaken() {
        String take = "static DEFINE_SPINLOCK(l);\n"
                + patcher("while (xchg(&l.locked, 1)) cpu_relax();\nBUG_ON(MORE);\nsmp_store_release(&l.locked, 0);");
        assertEquals("", Lowered.of(1, take).violated("MORE=0"));
        assertEquals("bug", Lowered.of(1, take).violated("MORE=1"));
    }

    /** A jump is all that Intel asks for after a store to code where it runs, and not after one through another mapping. */
    @Test
    void textIsWrittenWhereItRunsOrThroughAnotherMapping() {
        String file = patcher("poke_begin(0);\nPOKE(POKE_ADDR(0), POKE_NEW(0), POKE_LEN(0));\npoke_jump();\n"
                + "poke_end(0);\npoke_execute(0);");
        assertEquals("", Lowered.of(1, List.of("nop2->jmp8"), file).violated("POKE=poke_in_place"));
        assertEquals("torn", Lowered.of(1, List.of("nop2->jmp8"), file).violated("POKE=text_poke"));
    }

    // ---- pointers and objects

    /** Reading it again would be another step, and might find another value. */
    @Test
    void thePointerOfAMemberIsReadOnce() {
        Lowered file = Lowered.of(
                1,
                "struct d { int a; };\nstatic struct d d;\nstatic struct d *p;\n"
                        + patcher("WRITE_ONCE(p, &d);\nWRITE_ONCE(READ_ONCE(p)->a, 1);"));
        assertEquals(List.of("store.p", "load.p", "store.d.a"), file.labels());
    }

    private static final String PUBLISH = """
            struct desc { int refs; int value; };
            static struct desc *published;
            static int done;
            static void publish(void)
            {
                struct desc desc = { .value = 3 };
                smp_store_release(&published, &desc);
            #ifdef WAIT
                while (!READ_ONCE(done)) cpu_relax();
            #endif
                WRITE_ONCE(published, NULL);
            }
            void pokecheck_patcher(void) { publish(); }
            void pokecheck_thread(int cpu)
            {
                struct desc *found;
                if (cpu == 0)
                    return;
                found = READ_ONCE(published);
            #ifndef BLIND
                if (found)
            #endif
                    BUG_ON(READ_ONCE(found->value) != 3);
                WRITE_ONCE(done, 1);
            }
            """;

    @Test
    void anObjectOnTheStackLivesAsLongAsItsCall() {
        assertEquals("dead-object", Lowered.of(2, PUBLISH).violated());
        assertEquals("", Lowered.of(2, PUBLISH).violated("WAIT"));
    }

    @Test
    void aNullPointerThatIsFollowedIsABug() {
        assertEquals("bug", Lowered.of(2, PUBLISH).violated("WAIT", "BLIND"));
    }

    @Test
    void functionsAreCalledThroughPointersThatChange() {
        String file = """
                static int one(int x) { return x + 1; }
                static int two(int x) { return x + 2; }
                static int (*hook)(int) = NULL;
                static int result;
                void pokecheck_patcher(void)
                {
                    WRITE_ONCE(hook, one);
                    WRITE_ONCE(hook, two);
                #ifdef TAKE_OUT
                    WRITE_ONCE(hook, NULL);
                #endif
                }
                void pokecheck_thread(int cpu)
                {
                    if (cpu == 1) {
                #ifdef TAKE_OUT
                        if (!READ_ONCE(hook))
                            return;
                #else
                        while (!READ_ONCE(hook)) cpu_relax();
                #endif
                        WRITE_ONCE(result, READ_ONCE(hook)(1));
                        BUG_ON(result != 2 && result != EXPECTED);
                    }
                }
                """;
        assertEquals("", Lowered.of(2, file).violated("EXPECTED=3"));
        assertEquals("bug", Lowered.of(2, file).violated("EXPECTED=2"));
        assertEquals("bug", Lowered.of(2, file).violated("EXPECTED=3", "TAKE_OUT"));
    }

    /** One of two objects, or none: which it is shows when the protocol runs. */
    @ParameterizedTest
    @CsvSource({"0, bug", "1, ''", "2, bug"})
    void aFunctionMayReturnAPointerOrNull(int which, String violated) {
        String file = """
                static int x, y, choice;
                static int *pick(int which)
                {
                    if (which == 1)
                        return &x;
                    return NULL;
                }
                void pokecheck_patcher(void)
                {
                    int *p;
                    WRITE_ONCE(choice, WHICH);
                    p = pick(READ_ONCE(choice));
                #if WHICH == 2
                    BUG_ON(!p);
                #endif
                    *p = 1;
                    BUG_ON(x != 1);
                }
                """;
        assertEquals(violated, Lowered.of(1, file).violated("WHICH=" + which));
    }

    @Test
    void pointersGoOverElements() {
        String file = "static struct { int a, b; } v[3];\n"
                + patcher(
                        "for (int i = 0; i < 3; i++)\nv[i].b = i;\nint *p = &v[1].b, *q = p + 1;\nBUG_ON(*q != 2 || q - 1 != p);");
        assertEquals("", Lowered.of(1, file).violated());
    }

    @Test
    void eachCpuHasItsOwnOfAPerCpuVariable() {
        String file = "static DEFINE_PER_CPU(int, mine);\nstatic int done;\n" + patcher("")
                + "void pokecheck_thread(int cpu)\n{\nWRITE_ONCE(*per_cpu_ptr(&mine, cpu), cpu + 1);\n"
                + "BUG_ON(READ_ONCE(*this_cpu_ptr(&mine)) != cpu + 1);\n}\n";
        assertEquals("", Lowered.of(2, file).violated());
    }

    // ---- values

    @Test
    void aThreadKnowsWhatOnlyItStores() {
        String file = "static int n;\n" + patcher("poke_follow_stores();\nBUG_ON(n != 0);\nn = 2;\nBUG_ON(n != 2);");
        List<String> known = Lowered.of(1, file).listing();
        assertTrue(known.contains("n = READ_ONCE(n);"), known.toString());
        assertTrue(known.stream().noneMatch(line -> line.contains("BUG_ON")), known.toString());
        List<String> shared = Lowered.of(
                        1,
                        "static int n;\nvoid pokecheck_nmi(void) { n = 2; }\n"
                                + patcher("poke_follow_stores();\nBUG_ON(n != 0);\nn = 2;\nBUG_ON(n != 2);"))
                .listing();
        assertEquals(2, shared.stream().filter(line -> line.contains("BUG_ON")).count(), shared.toString());
    }

    @Test
    void whatALoopStoresIsNotKnownInIt() {
        String file = "static int n, m;\nvoid pokecheck_nmi(void) { m = 1; }\n"
                + patcher("poke_follow_stores();\nn = 0;\nwhile (READ_ONCE(m)) {\nBUG_ON(n != 0);\nn = 1;\n}");
        assertTrue(Lowered.of(1, file).listing().stream().anyMatch(line -> line.contains("BUG_ON")), file);
    }

    @Test
    void aVariableOfACallCanHaveARange() {
        String file = "static int x;\nvoid pokecheck_nmi(void) { x = 1; }\n"
                + patcher("int n __range(0, 2) = 0;\nwhile (READ_ONCE(x))\nn++;\nWRITE_ONCE(x, n);");
        List<String> listing = Lowered.of(1, file).listing();
        assertTrue(listing.contains("BUG_ON(0 | ((n + 1) > 2)); /* n leaves its range */"), listing.toString());
    }

    @Test
    void aVariableHasTheValuesThatAreStoredToIt() {
        List<String> listing = Lowered.of(
                        1,
                        "static int x, y, z __range(0, 9);\n"
                                + patcher(
                                        "int i = 0;\nwhile (i < 5)\ni++;\nWRITE_ONCE(x, i);\nWRITE_ONCE(y, READ_ONCE(x) * 2 - 1);\nWRITE_ONCE(z, 1);"))
                .listing();
        assertTrue(listing.contains("int x = 0; /* 0..5 */"), listing.toString());
        assertTrue(listing.contains("int y = 0; /* -1..9 */"), listing.toString());
        assertTrue(listing.contains("int z = 0; /* 0..9 */"), listing.toString());
    }

    @Test
    void aValueOutsideTheRangeThatIsGivenIsABug() {
        String file =
                "static int x __range(0, 3), y;\n" + patcher("WRITE_ONCE(y, 3);\nWRITE_ONCE(x, READ_ONCE(y) + MORE);");
        assertEquals("", Lowered.of(1, file).violated("MORE=0"));
        assertEquals("bug", Lowered.of(1, file).violated("MORE=1"));
    }

    /** What goes up and down has no bound that follows from the file; one is tried, and to need more is a bug. */
    @Test
    void aCountIsTried() {
        String up = "static atomic_t refs;\n";
        assertEquals(
                "",
                Lowered.of(1, up + patcher("for (int i = 0; i < 9; i++) atomic_inc(&refs);\natomic_dec(&refs);"))
                        .violated());
        String ever = up + patcher("int i = 0;\nwhile (i < 20) { i++; atomic_inc(&refs); }");
        assertEquals("bug", Lowered.of(1, ever).violated());
        assertFalse(Lowered.of(1, ever).listing().isEmpty());
    }

    @Test
    void aGotoBackIsALoop() {
        String file = """
                static int tries, done;
                void pokecheck_patcher(void)
                {
                    int i = 0;

                again:
                    if (i == 3)
                        goto out;
                    i++;
                    if (READ_ONCE(tries) < LIMIT) {
                        tries++;
                        goto again;
                    }
                    done = i;
                out:
                    BUG_ON(READ_ONCE(done) != EXPECTED);
                }
                """;
        assertEquals("", Lowered.of(1, file).violated("LIMIT=1", "EXPECTED=2"));
        assertEquals("", Lowered.of(1, file).violated("LIMIT=9", "EXPECTED=0"));
        assertEquals("bug", Lowered.of(1, file).violated("LIMIT=2", "EXPECTED=2"));
    }

    // ---- bounds

    @Test
    void whatFunctionsExpandToIsBounded() {
        StringBuilder file = new StringBuilder("static int x;\nstatic void f0(void) { x = 1; }\n");
        for (int n = 1; n < 30; n++) {
            file.append("static void f")
                    .append(n)
                    .append("(void) { f")
                    .append(n - 1)
                    .append("(); f")
                    .append(n - 1)
                    .append("(); }\n");
        }
        List<String> refusals = Lowered.of(1, file + patcher("f29();")).refusals();
        assertTrue(refusals.get(0).contains("this is more than 20000 statements"), refusals.get(0));
    }

    // ---- mistakes

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "mumble(1);                         # 3:1: there is no function 'mumble'; define it, or say ¶define mumble(…) if it does nothing here; the words of the kernel are in <pokecheck.h>",
                "x = y;                             # 3:5: 'y' is not declared; declare it, or define a macro for it; the words of the kernel are in <pokecheck.h>",
                "x->y = 1;                          # 3:2: x is int and no pointer",
                "s.z = 1;                           # 3:3: struct s has no member 'z'",
                "x.z = 1;                           # 3:2: x is int and has no members",
                "f(1);                              # 3:1: f takes 0 arguments, and here are 1; it is defined at f.c:2:51",
                "f();                               # 1:61: the function f calls itself, and functions are expanded where they are called; write a loop",
                "goto back;                         # 3:1: there is nowhere to go from here with 'goto back'; a goto leads to a label in a block around it, and not into a loop or block",
                "goto in; { in: x = 1; }            # 3:1: there is nowhere to go from here with 'goto in'; a goto leads to a label in a block around it, and not into a loop or block",
                "goto in; back: x = 1; in: if (x) goto back; # 3:1: there is nowhere to go from here with 'goto in'; a goto leads to a label in a block around it, and not into a loop or block",
                "break;                             # 3:1: there is nowhere to go from here with 'break'; it stands in no loop and no switch",
                "x = 1 / READ_ONCE(x);              # 3:7: a division by zero, or a shift by no number of bits",
                "c = 3; x = 1 / READ_ONCE(c);       # 3:14: a division by what may be zero; ask before, so that it cannot be",
                "x = 3000000000;                    # 3:5: the number 3000000000, where values have 32 bits",
                "text_poke(0, &x, 1);               # 3:1: 0 is the address of no site; POKE_ADDR(s) is the address of site s",
                "text_poke(POKE_ADDR(0), POKE_NEW(0), 2); # 3:1: this reads beyond the bytes of site0 version 1",
                "x = 5; text_poke(POKE_ADDR(0), &x, 5); # 3:8: element 1 of x, which has 1",
                "int l = 5, m = *(&l + 1);          # 3:16: element 1 of l, which has 1",
                "x = (&x)[1];                       # 3:9: element 1 of x, which has 1",
                "text_poke(POKE_ADDR(1), &x, 1);    # 3:21: there is no site 1; the scenario has 1, and they count from 0",
                "poke_begin_version(0, 7);          # 3:23: site0 has no version 7; it has 0 to 1",
                "smp_cond_load_acquire(&x, VAL == READ_ONCE(c)); # 3:1: what is waited for is more than one value; write the loop out",
                "int l = 0; while (1) l++;          # 3:23: the values of this variable have no bound that can be found; give it one where it is declared, __range(min, max) behind its name, or count with a value that has one",
            })
    void mistakesAreNamed(String statement, String message) {
        String declarations = "static int x; static unsigned char c; struct s { int a; } s;\n";
        String f = statement.startsWith("f(")
                ? "static int x; static unsigned char c; static void f(void) { f(); }\n"
                : declarations;
        Lowered file = Lowered.of(1, f.strip() + "\nvoid pokecheck_patcher(void) {\n" + statement + "\n}\n");
        assertEquals(message.replace("¶", "#"), file.refusals().get(0));
    }
}
