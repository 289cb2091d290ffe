// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions that are called through what leads to them. */
class IndirectTest {
    private static Lowered file(String statements) {
        return Lowered.of(2, """
                struct ops { int (*go)(int); };
                static int next(int x) { return x + 1; }
                static int (*f)(int) = next;
                static struct ops ops = { next }, *o = &ops;
                void pokecheck_patcher(void)
                {
                    int m = poke_choose(2);
                """ + statements + "\n}\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BUG_ON((*f)(1) != 2 || (**f)(m) != m + 1 || &*f != f || *f != next);",
                "BUG_ON((*o->go)(m) != m + 1 || (*next)(1) != 2);",
                "int (*l)(int) = *f; BUG_ON((*l)(1) != 2);",
            })
    void areThoseFunctions(String statements) {
        assertEquals("", file(statements).violated(), statements);
    }

    @Test
    void doNotEndTheRun() {
        assertEquals("bug", file("(*f)(1); BUG_ON(1);").violated());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "static int g(void *i) { return stop_machine(g, 0, 0); } void pokecheck_patcher(void) { stop_machine(g, 0, 0); }",
                "static void h(void *i); static void g(void *i) { smp_call_function(h, 0, 1); } static void h(void *i) { smp_call_function(g, 0, 1); } void pokecheck_patcher(void) { smp_call_function(g, 0, 1); }",
            })
    void aHandlerThatCallsItselfIsRefused(String text) {
        List<String> refusals = Lowered.of(2, text).refusals();
        assertTrue(refusals.toString().contains(" calls itself, and functions are expanded"), refusals.toString());
    }
}
