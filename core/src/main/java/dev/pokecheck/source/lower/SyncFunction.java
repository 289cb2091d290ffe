// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.insn.Sync;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.source.syntax.CExpr;
import dev.pokecheck.source.syntax.CFunction;
import dev.pokecheck.source.syntax.CStmt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A function for the handler of an IPI that does nothing but synchronise its CPU: perhaps {@code smp_mb()}, then one serializing instruction. A fence there does nothing more, as the
 * delivery of the interrupt has drained the store buffer (SDM vol. 3, "Store Buffer").
 *
 * @param sync the instruction
 * @param leavesBySysret whether the interrupt is returned from by way of another thread, which leaves the kernel by SYSRET; then {@code smp_mb()} alone, a locked
 *     instruction, is such a function, too
 */
record SyncFunction(Sync sync, boolean leavesBySysret) {
    private static final String SERIALIZE = "__pc_serialize";
    private static final String FENCE = "__pc_fence";
    private static final String SYSRET = "__pc_sysret";

    /** What a function does, if that is all. */
    static Optional<SyncFunction> of(CFunction function) {
        if (function.body().isEmpty()) {
            return Optional.empty();
        }
        List<String> words = new ArrayList<>();
        Sync sync = Sync.LOCK;
        for (CStmt statement : function.body().get().statements()) {
            if (!(statement instanceof CStmt.Evaluate evaluate
                    && evaluate.value() instanceof CExpr.Call call
                    && call.callee() instanceof CExpr.Name name)) {
                return Optional.empty();
            }
            words.add(name.text());
            if (name.text().equals(SERIALIZE) && call.arguments().size() == 1) {
                sync = CpuWords.instruction(call.arguments().get(0));
            }
        }
        boolean sysret = !words.isEmpty() && words.get(words.size() - 1).equals(SYSRET);
        if (sysret) {
            words.remove(words.size() - 1);
        }
        boolean fence = words.remove(FENCE);
        boolean only = words.equals(List.of(SERIALIZE)) || (words.isEmpty() && fence && sysret);
        return only ? Optional.of(new SyncFunction(sync, sysret)) : Optional.empty();
    }

    /** Records that each CPU runs it, and that the calling one waits. */
    void record(Recorder recorder, String label) {
        if (leavesBySysret) {
            recorder.ipiThenSysret(label, sync);
        } else {
            recorder.syncEachCpu(label, sync);
        }
    }
}
