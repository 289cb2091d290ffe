// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.steps;

import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.source.steps.StepCall.Address;
import dev.pokecheck.source.steps.StepVocabulary.Result;
import dev.pokecheck.text.Site;

/** Words for code: stores to it, its execution, its breakpoints. */
final class StepTextWords {
    private StepTextWords() {}

    static void define(StepVocabulary words) {
        for (boolean inPlace : new boolean[] {false, true}) {
            String where = inPlace ? "_in_place" : "";
            words.does("poke" + where, 3, call -> poke(call, inPlace, false));
            words.does("poke_at_once" + where, 3, call -> poke(call, inPlace, true));
            words.gives("cmpxchg_text" + where, 3, Result.NEEDED, call -> exchange(call, inPlace));
        }
        words.givesOf("load_text", 2, StepTextWords::load);
        words.gives("execute", 1, Result.POSSIBLE, StepTextWords::execute);
        words.does("execute_at", 1, call -> {
            Address entry = call.address(0);
            call.recorder().execute(call.label("execute", entry.label()), entry.site(), entry.offset());
        });
        words.does("begin", 2, call -> mark(call, "begin"));
        words.does("end", 2, call -> mark(call, "end"));
        words.does("abort", 2, call -> mark(call, "abort"));
        words.does("foreign_int3", 0, call -> call.recorder().foreignInt3(call.label("int3", "")));
        words.does("not_ours", 0, call -> call.routine().unhandled());
        words.does("push_return", 3, call -> {
            requireRegisters(call);
            call.recorder().pushReturn(call.expr(1), call.number(2) != 0);
        });
        words.does("emulate", 4, StepTextWords::emulate);
    }

    private static void poke(StepCall call, boolean inPlace, boolean atOnce) {
        Address to = call.address(0);
        byte[] data = call.bytes(1);
        if (call.number(2) != data.length) {
            throw call.at().wrong("this stores " + data.length + " bytes, and says " + call.number(2), "");
        }
        String label = call.label("poke", to.label());
        Recorder recorder = call.recorder();
        stored(recorder, inPlace, () -> {
            if (atOnce) {
                recorder.textStore(label, to.site(), to.offset(), data);
            } else {
                recorder.textPoke(label, to.site(), to.offset(), data);
            }
        });
    }

    private static void stored(Recorder recorder, boolean inPlace, Runnable store) {
        if (inPlace) {
            recorder.inPlace(store);
        } else {
            store.run();
        }
    }

    private static void exchange(StepCall call, boolean inPlace) {
        Address to = call.address(0);
        String label = call.label("cmpxchg_text", to.label());
        stored(
                call.recorder(),
                inPlace,
                () -> call.recorder()
                        .compareExchangeText(label, to.site(), to.offset(), call.bytes(1), call.bytes(2), call.to()));
    }

    private static void load(StepCall call) {
        Address from = call.address(0);
        byte[][] values = new byte[call.arguments().size() - 1][];
        for (int i = 0; i < values.length; i++) {
            values[i] = call.bytes(i + 1);
        }
        call.recorder().loadText(call.label("load_text", from.label()), call.to(), from.site(), from.offset(), values);
    }

    private static void execute(StepCall call) {
        Site site = call.site(0);
        String label = call.label("execute", site.name());
        call.result()
                .ifPresentOrElse(
                        version -> call.recorder().execute(label, site, version),
                        () -> call.recorder().execute(label, site));
    }

    private static void mark(StepCall call, String moment) {
        Site site = call.site(0);
        int version = call.number(1);
        String label = call.label(moment + version, site.name());
        switch (moment) {
            case "begin" -> call.recorder().patchBegin(label, site, version);
            case "end" -> call.recorder().patchEnd(label, site, version);
            default -> call.recorder().patchAbort(label, site, version);
        }
    }

    private static void requireRegisters(StepCall call) {
        if (!StepExpressions.isRegisters(call.arguments().get(0))) {
            throw call.at().wrong("only the registers of the context below can be emulated on", "hand regs over");
        }
    }

    private static void emulate(StepCall call) {
        requireRegisters(call);
        Site site = call.site(1);
        String label = call.label("emulate", site.name());
        call.recorder().emulate(label, site, call.number(2), call.number(3) != 0);
    }
}
