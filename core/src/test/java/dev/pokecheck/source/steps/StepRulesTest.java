// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.Pins;
import dev.pokecheck.data.Var;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.protocol.ControlStmt;
import dev.pokecheck.protocol.DataStmt;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Setting;
import dev.pokecheck.protocol.Stmt;
import dev.pokecheck.source.token.Complaint;
import dev.pokecheck.source.token.SourceException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What files of steps say, and what is refused of them. */
class StepRulesTest {
    private static final Setting SETTING =
            Scenario.of(List.of(SiteSpec.parse("nop5->jmp32"))).setting();

    private static final String DATA = "static int x __range(0, 3);\nstatic int a[2] __range(0, 3);\n";

    private static Protocol read(String text) {
        return Protocol.record("f", SETTING, RoundTrip.source("#include <pokecheck/steps.h>\n" + text));
    }

    private static List<Stmt> patcher(String statements) {
        return read(DATA + "void pokecheck_patcher(void)\n{\nint l __range(0, 3);\n" + statements + "\n}\n")
                .threads()
                .get(0)
                .body();
    }

    private static List<String> labels(String statements) {
        return patcher(statements).stream().map(Stmt::label).toList();
    }

    private static void refused(String text, String... messages) {
        SourceException refusal = assertThrows(SourceException.class, () -> read(text));
        assertEquals(
                List.of(messages),
                refusal.complaints().stream().map(Complaint::message).toList());
    }

    private static void refusedStatements(String statements, String... messages) {
        refused(DATA + "void pokecheck_patcher(void)\n{\nint l __range(0, 3);\n" + statements + "\n}\n", messages);
    }

    // ---- routines

    @Pins("source.steps.routine")
    @Test
    void eachContextHasItsFunctionAndTheWorkloadIsNotAdded() {
        Protocol protocol = read("""
                void pokecheck_patcher(void) { smp_mb(); }
                void pokecheck_thread1(void) { poke_execute(0); }
                int pokecheck_int3(struct pt_regs *regs) { return 0; return 1; }
                void pokecheck_mc(struct pt_regs *regs) { poke_path(); }
                """);
        assertEquals(1, protocol.threads().get(0).body().size());
        assertEquals(1, protocol.threads().get(1).body().size());
        assertEquals(1, protocol.breakpoint().orElseThrow().body().size());
        assertEquals(0, protocol.nmi().body().size());
        assertEquals(1, protocol.mc().body().size());
    }

    @Pins("source.steps.routine")
    @Test
    void aRoutineOfAnotherScenarioIsRefused() {
        refused(
                "void pokecheck_patcher(void) { }\nvoid pokecheck_thread2(void) { }\n",
                "shown.c:3:6: nothing of this scenario runs pokecheck_thread2(); a file of steps is for the scenario that it was shown for, and this one has CPUs 0..1");
    }

    @Pins("source.steps.routine")
    @Test
    void aFunctionThatWaitsForItselfIsRefused() {
        refused("""
                static void f(struct pt_regs *regs) { poke_call_others(f, 1); }
                void pokecheck_patcher(void) { poke_call_others(f, 1); }
                """, "shown.c:2:13: the function f waits for itself");
    }

    // ---- names

    @Pins("source.steps.name")
    @Test
    void namesAreThoseOfTheProtocol() {
        Protocol protocol = read("""
                static int x __range(0, 3);
                static int x__2 __range(0, 3) = 2;
                static struct object0 { int refs __range(0, 3); struct { int __x39_ __range(0, 3); } in; } desc = { .in.__x39_ = 1 };
                void pokecheck_patcher(void) { }
                """);
        assertEquals(
                List.of("x", "x", "desc.refs", "desc.in.9"),
                protocol.variables().stream().map(Var::name).toList());
        assertEquals(
                List.of(List.of(0), List.of(2), List.of(0), List.of(1)),
                protocol.variables().stream().map(Var::initial).toList());
        assertEquals(List.of("desc"), protocol.objects());
        assertEquals(
                List.of(-1, -1, 0, 0),
                protocol.variables().stream().map(Var::object).toList());
    }

    @Pins("source.steps.name")
    @Test
    void aNumberOfAnObjectThatIsLeftOutIsRefused() {
        refused(
                "static struct object1 { int refs __range(0, 3); } desc;\nvoid pokecheck_patcher(void) { }\n",
                "shown.c:2:51: object 1 is here, and no object 0; number the tags of objects from object0 up");
    }

    @Test
    void whatHasNoRangeIsRefused() {
        refused(
                "static int x;\nvoid pokecheck_patcher(void) { int l; }\n",
                "shown.c:2:12: x has no range; write __range(min, max) behind its name",
                "shown.c:3:36: l has no range; write __range(min, max) behind its name");
    }

    @Test
    void valuesAtFirstAreForNumbersAndArrays() {
        refused(
                "static struct { int a __range(0, 3); } s = { 1 };\nstatic int b[3] __range(0, 3) = { 1, 2 };\nvoid pokecheck_patcher(void) { }\n",
                "shown.c:2:40: a value at first for what is no number or array; name the member that it is for: .member = value",
                "shown.c:3:12: b has 3 elements, and 2 values at first; give each a value, or all of them one: { [0 ... 2] = value }");
    }

    // ---- labels

    @Pins("source.steps.step-label")
    @Test
    void stepsAreNamedByWhatTheyDoOrByTheirAuthor() {
        assertEquals(
                List.of("store.x", "store.a", "mine", "store.x.2", ""),
                labels(
                        "WRITE_ONCE(x, 1); WRITE_ONCE(a[1], 1); poke_label(\"mine\"); WRITE_ONCE(x, 1); WRITE_ONCE(x, 2); l = 1;"));
    }

    @Pins("source.steps.step-label")
    @Test
    void aNameForNoStepIsRefused() {
        refusedStatements("smp_mb(); poke_label(\"mine\"); l = 1;", "shown.c:5:1: no step follows that could be mine");
        refusedStatements(
                "poke_label(\"a\"); poke_label(\"b\"); smp_mb();",
                "shown.c:7:18: the step is named twice; leave one poke_label() out");
    }

    // ---- blocks, waits, loops

    @Pins("source.steps.step-block")
    @Test
    void blocksWaitsLoopsAndFunctionsAreWhatTheySay() {
        List<Stmt> body = patcher("""
                { goto out; } out: ;
                while (!(READ_ONCE(x) == 1)) cpu_relax();
                while (!(READ_ONCE(x) == 1 && READ_ONCE(a[1]) == 2)) cpu_relax();
                while (l == 1) { }
                poke_inline("f()") { poke_return(); }
                """);
        assertEquals(
                List.of(
                        ControlStmt.Block.class,
                        DataStmt.Await.class,
                        DataStmt.AwaitBoth.class,
                        ControlStmt.While.class,
                        ControlStmt.Call.class),
                body.stream().map(Object::getClass).toList());
        assertEquals(
                new ControlStmt.Leave("out"),
                body.get(0).bodies().get(0).statements().get(0));
    }

    @Pins("source.steps.step-block")
    @Test
    void otherWaysOfControlAreRefused() {
        refusedStatements(
                "goto out; { smp_mb(); } while (l == 1) cpu_relax(); for (;;) { }",
                "shown.c:7:1: thread0: there is no block \"out\" around this statement in its function, so it cannot be left",
                "shown.c:7:11: a block without a label behind it, or a label without a block before it; a block that can be left is { … } name: ;",
                "shown.c:7:25: a wait whose condition is not !(…); write while (!(what is waited for)) cpu_relax();",
                "shown.c:7:53: 'for' in a file of steps; write it with if, while and goto to the end of a block");
    }

    // ---- facts

    @Pins("source.steps.fact")
    @Test
    void factsAreNoStatements() {
        Protocol protocol = read("""
                static int lock __range(0, 1);
                void pokecheck_model(void) { poke_user_thread(1); poke_holds_everybody_off(); poke_unlocks(0, &lock, 0); }
                void pokecheck_patcher(void) { }
                """);
        assertEquals(new TreeSet<>(Set.of(1)), protocol.users());
        assertTrue(protocol.holdsOff());
        assertEquals(0, protocol.unlock().orElseThrow().value());
    }

    @Pins("source.steps.fact")
    @Test
    void aStatementAmongFactsAndAFactAmongStatementsAreRefused() {
        refused(
                "void pokecheck_model(void) { smp_mb(); }\nvoid pokecheck_patcher(void) { poke_user_thread(1); }\n",
                "shown.c:2:30: 'smp_mb' is no fact about a protocol; pokecheck/steps.h lists them",
                "shown.c:3:32: 'poke_user_thread' is no statement of a file of steps; pokecheck/steps.h lists them");
    }

    // ---- expressions

    @Test
    void twoAccessesInOneStepAreRefused() {
        refusedStatements(
                "if (READ_ONCE(x) == READ_ONCE(a[1])) { }\nl = x;\nWRITE_ONCE(x, l && 1);\nl = -l;",
                "shown.c:7:1: thread0: if.x reads 2 shared variables where 1 is possible; load the others into locals first",
                "shown.c:8:5: 'x' is no variable of this function; one that CPUs share is read by READ_ONCE()",
                "shown.c:9:17: '&&' in a file of steps; write '&' or '|' for what is decided in one step, and a branch for what is not",
                "shown.c:10:5: this operator is none of expressions in a file of steps");
    }

    @Test
    void bytesAndSitesAreThoseOfTheScenario() {
        refusedStatements(
                "text_poke(POKE_ADDR(0) + 1, \"\\xcc\", 2);\npoke_execute(1);\ntext_poke(1, \"\\xcc\", 1);\nl = smp_mb();",
                "shown.c:7:1: this stores 1 bytes, and says 2",
                "shown.c:8:14: there is no site 1; the scenario has sites 0..0",
                "shown.c:9:11: expected an address; write POKE_ADDR(site) + offset",
                "shown.c:10:5: 'smp_mb' has no value; leave the assignment out");
    }
}
