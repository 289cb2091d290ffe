// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol.mutation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Origin;
import dev.pokecheck.protocol.Origin.Kind;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.RmwOp;
import dev.pokecheck.protocol.Setting;
import dev.pokecheck.protocol.Setting.InterruptWork;
import dev.pokecheck.protocol.Setting.ThreadWork;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.protocol.Stmt;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where statements that Java records come from, and that nothing depends on it. */
class OriginsTest {
    private static Setting setting(ThreadWork work) {
        Setting idle = Scenario.of(List.of(SiteSpec.parse("nop5->jmp32"))).setting();
        return new Setting(2, idle.sites(), work, InterruptWork.NONE, false, false, idle.widestStore());
    }

    private static Protocol naive(ThreadWork work) {
        return Catalog.find("naive").orElseThrow().record(setting(work));
    }

    private static Optional<Origin> origin(Protocol protocol, int thread, String label) {
        Stmt found = find(protocol.threads().get(thread).body(), label).orElseThrow();
        return protocol.origins().of("thread" + thread, found);
    }

    private static Optional<Stmt> find(List<Stmt> body, String label) {
        for (Stmt statement : body) {
            if (statement.label().equals(label)) {
                return Optional.of(statement);
            }
            for (Stmt.Body inside : statement.bodies()) {
                Optional<Stmt> found = find(inside.statements(), label);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    @Test
    void javaIsNamedByTheLineThatRecords() {
        Protocol protocol = Protocol.record("p", setting(ThreadWork.NONE), b -> b.patcher(r -> r.fence("mb")));
        Origin fence = origin(protocol, 0, "mb").orElseThrow();
        String file = "dev/pokecheck/protocol/mutation/OriginsTest.java";
        assertEquals(new Origin(Kind.JAVA, file, fence.line(), 0, "smp_mb();"), fence);
        assertTrue(fence.line() > 50 && fence.line() < 75, fence.toString());
        assertEquals("OriginsTest.java:" + fence.line(), fence.place());
        assertEquals(file + ":" + fence.line(), fence.toString());
        assertFalse(fence.isForReaders());
    }

    @Test
    void aShippedFileIsNamedAndNotForReaders() {
        Origin poke = origin(naive(ThreadWork.LOOP), 0, "memcpy.site0").orElseThrow();
        assertEquals(Kind.CATALOG, poke.kind());
        assertEquals("naive.c", poke.file());
        assertTrue(poke.text().startsWith("text_poke"), poke.text());
        assertFalse(poke.isForReaders());
    }

    @Test
    void theWorkOfBystandersIsNoAuthors() {
        assertEquals(Optional.empty(), origin(naive(ThreadWork.LOOP), 1, "exec.site0"));
    }

    @Test
    void statementsAndTablesAreEqualWhereverTheyComeFrom() {
        Setting setting = setting(ThreadWork.NONE);
        Protocol one = Protocol.record("p", setting, b -> b.patcher(r -> r.fence("mb")));
        Protocol two = Protocol.record("p", setting, b -> b.patcher(r -> r.fence("mb")));
        assertNotEquals(origin(one, 0, "mb"), origin(two, 0, "mb"), "two lines of this file");
        assertEquals(one.threads(), two.threads());
        assertEquals(one, two);
    }

    @Test
    void aMutantKnowsWhereItsStatementsStood() {
        Setting setting = setting(ThreadWork.NONE);
        List<Mutation> all = Mutations.of("p", setting, b -> {
            Shared x = b.shared("x", 0, 0, 3);
            b.patcher(r -> r.ifThen("test", x.value().eq(0), () -> r.rmw("add", x.cell(), RmwOp.ADD, Expr.of(1))));
        });
        Mutation apart = all.stream()
                .filter(mutation -> mutation.change().equals("locked \u2192 load, store"))
                .findFirst()
                .orElseThrow();
        int line = apart.origin().orElseThrow().line();
        for (String label : List.of("test", "add.load", "add")) {
            assertEquals(line, origin(apart.mutant(), 0, label).orElseThrow().line(), label);
        }
    }
}
