// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.step.compact;

import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Protocol.Definition;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.step.Graph;
import dev.pokecheck.step.op.Lowering;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Routines with local variables, made by hand or by chance. */
final class Programs {
    private static final int LOCALS = 5;

    private final Random random;
    private final Recorder r;
    private final Shared shared;
    private final List<Local> locals = new ArrayList<>();
    private int labels;

    private Programs(Random random, ProtocolBuilder b, Recorder r) {
        this.random = random;
        this.r = r;
        shared = b.shared("x", 0, 0, 3);
        for (int i = 0; i < LOCALS; i++) {
            int min = random.nextInt(2) - 1;
            locals.add(r.local("l" + i, min, min + 2 + random.nextInt(3)));
        }
    }

    static Scenario scenario() {
        return Scenario.of(List.of(SiteSpec.parse("nop5->jmp32")));
    }

    static Graph graph(Definition definition) {
        return Lowering.of(Protocol.record("test", scenario().setting(), definition));
    }

    /** A patcher with a few local variables that it copies, loads, changes and asks for, in branches and loops. */
    static Definition random(long seed) {
        return b -> b.patcher(r -> new Programs(new Random(seed), b, r).list(4));
    }

    private void list(int depth) {
        for (int n = 1 + random.nextInt(4); n > 0; n--) {
            statement(depth);
        }
    }

    private Local any() {
        return locals.get(random.nextInt(LOCALS));
    }

    private void statement(int depth) {
        switch (random.nextInt(depth > 0 ? 10 : 6)) {
            case 0 -> r.assign(any(), any().value());
            case 1 -> r.assign(any(), Expr.of(random.nextInt(3)));
            case 2 -> r.assign(any(), any().value().plus(any().value()));
            case 3 -> r.load("load" + labels++, any(), shared);
            case 4 -> r.store("store" + labels++, shared, any().value().and(Expr.of(1)));
            case 5 -> r.bugOn(any().value().eq(any().value().plus(3)), "by chance");
            case 6 -> r.ifElse(any().value().eq(any().value()), () -> list(depth - 1), () -> list(depth - 1));
            case 7 ->
                r.whileTrue(any().value().gt(Expr.of(1)), () -> {
                    // A loop of local steps alone is a bug where they are merged.
                    r.load("round" + labels++, any(), shared);
                    list(depth - 1);
                });
            case 8 -> {
                String name = "b" + labels++;
                r.block(name, () -> {
                    list(depth - 1);
                    r.ifThen(any().value().eq(0), () -> r.leave(name));
                });
            }
            default ->
                r.call("call" + labels++, "f()", () -> {
                    list(depth - 1);
                    r.ifThen(Expr.of(random.nextInt(2)), r::leave);
                });
        }
    }
}
