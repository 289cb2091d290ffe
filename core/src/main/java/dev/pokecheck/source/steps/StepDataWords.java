// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.steps;

import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Ghost;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.RmwOp;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.protocol.Uses;
import dev.pokecheck.source.steps.StepVocabulary.Result;
import java.util.Locale;

/** Words for data, and for what is asked of it. */
final class StepDataWords {
    private StepDataWords() {}

    static void define(StepVocabulary words) {
        words.gives("load", 1, Result.NEEDED, StepDataWords::load);
        words.does("store", 2, call -> store(call, false));
        words.does("release", 2, call -> store(call, true));
        for (RmwOp op : RmwOp.values()) {
            String name = op.name().toLowerCase(Locale.ROOT);
            words.gives("fetch_" + name, 2, Result.POSSIBLE, call -> update(call, name, op));
        }
        words.gives("try_cmpxchg", 3, Result.NEEDED, StepDataWords::compareExchange);
        words.gives("cmpxchg", 3, Result.NEEDED, StepDataWords::compareSwap);
        words.does("fence", 0, call -> call.recorder().fence(call.label("fence", "")));
        words.gives(
                "wait_or_timeout",
                1,
                Result.NEEDED,
                call -> call.recorder()
                        .awaitOrTimeout(call.label("wait", Labelling.object(call.expr(0))), call.expr(0), call.to()));
        words.does("object_begin", 2, call -> life(call, true));
        words.does("object_end", 2, call -> life(call, false));
        words.does("ghost_store", 2, call -> {
            Ghost ghost = new Ghost(call.var(0));
            call.recorder().ghostStore(call.label("ghost", ghost.var().name()), ghost, call.expr(1));
        });
        asked(words);
    }

    private static void asked(StepVocabulary words) {
        words.gives(
                "choose",
                1,
                Result.NEEDED,
                call -> call.recorder().choose(call.label("choose", ""), call.number(0), call.to()));
        words.does("bug_on", 2, StepDataWords::bug);
        words.does("ensure", 1, call -> call.recorder().ensure(call.label("ensure", ""), call.expr(0)));
        words.does("note", 1, call -> call.recorder().note(call.text(0)));
        words.does("path", 0, call -> call.recorder().pathBegin());
        words.does("rest", 0, call -> call.recorder().rest());
        words.does("return", 0, call -> call.recorder().leave());
        words.does("label", 1, call -> call.routine().nameNext(call.at(), call.text(0)));
    }

    private static void load(StepCall call) {
        Shared.Cell cell = call.cell(0);
        call.recorder().load(call.label("load", cell.var().name()), call.to(), cell);
    }

    private static void store(StepCall call, boolean release) {
        Shared.Cell cell = call.cell(0);
        String label = call.label("store", cell.var().name());
        if (release) {
            call.recorder().storeRelease(label, cell, call.expr(1));
        } else {
            call.recorder().store(label, cell, call.expr(1));
        }
    }

    private static void update(StepCall call, String name, RmwOp op) {
        Shared.Cell cell = call.cell(0);
        String label = call.label(name, cell.var().name());
        if (call.result().isPresent()) {
            call.recorder().rmw(label, cell, op, call.expr(1), call.to());
        } else {
            call.recorder().rmw(label, cell, op, call.expr(1));
        }
    }

    private static void compareExchange(StepCall call) {
        Shared.Cell cell = call.cell(0);
        String label = call.label("cmpxchg", cell.var().name());
        call.recorder().compareExchange(label, cell, call.expr(1), call.expr(2), call.to());
    }

    private static void life(StepCall call, boolean begins) {
        ProtocolBuilder.Obj object = call.object(0, call.number(1) != 0);
        if (begins) {
            call.recorder().begin(call.label("begin", object.name()), object);
        } else {
            call.recorder().end(call.label("end", object.name()), object);
        }
    }

    private static void compareSwap(StepCall call) {
        Shared.Cell cell = call.cell(0);
        String label = call.label("cmpxchg", cell.var().name());
        call.recorder().compareSwap(label, cell, call.expr(1), call.expr(2), call.to());
    }

    private static void bug(StepCall call) {
        Expr condition = call.expr(0);
        if (Uses.of(condition).readsShared()) {
            call.recorder().bugOn(call.label("bug", Labelling.object(condition)), condition, call.text(1));
        } else {
            call.recorder().bugOn(condition, call.text(1));
        }
    }
}
