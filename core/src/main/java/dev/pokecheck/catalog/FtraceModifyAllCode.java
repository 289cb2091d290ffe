// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import dev.pokecheck.insn.Kind;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.protocol.RmwOp;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.text.Site;
import java.util.List;
import java.util.OptionalInt;

/**
 * ftrace's own breakpoint method, from 08d636b6d4fb (3.5) until it was replaced by {@code text_poke_bp} (5.6). A gate,
 * {@code modifying_ftrace_code}, tells the breakpoint handler that a breakpoint may be ftrace's.
 *
 * <p>{@code run_sync} does nothing if there is one CPU only; so does this.
 *
 * <p>Until 2019 the handler went on behind the instruction as if it were a NOP (variant {@code skip}), which is the old or the new code where a NOP
 * becomes a call or a call a NOP, but neither where one call becomes another ({@code ftrace_call} in the trampoline; call sites that change
 * their trampoline). From 2019 on it emulates a call: the new one of {@code ftrace_update_func_call}, or for a call that becomes a NOP
 * {@code ftrace_regs_caller}, which serves every caller and stands for the old call here. The push of that needs a gap on the stack between the
 * trapped context and the handler's own frame; variant {@code no-gap} has none.
 *
 * <p>Variant {@code direct} is {@code ftrace_modify_code_direct}: all bytes at once, and a synchronisation of this CPU.
 */
final class FtraceModifyAllCode {
    /** What the handler makes of a breakpoint of ours. */
    private enum Emulation {
        SKIP,
        CALL_WITHOUT_GAP,
        CALL
    }

    private final ProtocolBuilder b;
    private final Emulation emulation;
    private final Shared gate;
    private final Shared updateFuncCall;

    private FtraceModifyAllCode(ProtocolBuilder b, Emulation emulation) {
        this.b = b;
        this.emulation = emulation;
        gate = b.shared("modifying_ftrace_code", 0, 0, 1);
        updateFuncCall = b.shared("ftrace_update_func_call", 0, 0, b.setting().versions() - 1);
    }

    static List<CatalogEntry> entries() {
        String file = ", arch/x86/kernel/ftrace.c, ";
        return List.of(
                entry(
                        "",
                        "9e298e860408 and 2700fefdb2d9 (2019, Linux 5.2 to 5.5)" + file
                                + "ftrace_replace_code and ftrace_int3_handler",
                        "INT3 at every site, tails, heads, with a synchronisation behind each; the handler emulates a call",
                        Emulation.CALL),
                entry(
                        "skip",
                        "Linux 3.5 to 5.1" + file + "ftrace_replace_code and ftrace_int3_handler",
                        "as ftrace_modify_all_code, but the handler goes on behind the instruction",
                        Emulation.SKIP),
                entry(
                        "no-gap",
                        "9e298e860408 without 2700fefdb2d9 (2019)" + file + "ftrace_int3_handler",
                        "as ftrace_modify_all_code, but the handler's frame lies right below the trapped stack",
                        Emulation.CALL_WITHOUT_GAP),
                new CatalogEntry(
                        "ftrace_modify_all_code",
                        "direct",
                        "Linux before 8a4d0a687a59 (2012)" + file + "ftrace_update_ftrace_func",
                        "all bytes of a live call written at once, then this CPU serializes",
                        FtraceModifyAllCode::recordDirect));
    }

    private static CatalogEntry entry(String variant, String source, String summary, Emulation emulation) {
        return new CatalogEntry(
                "ftrace_modify_all_code",
                variant,
                source,
                summary,
                b -> new FtraceModifyAllCode(b, emulation).record());
    }

    private void record() {
        b.patcher(r -> SharedSteps.bringEach(r, b, v -> updateCode(r, v)));
        b.breakpoint(this::handler);
    }

    private void updateCode(Recorder r, int v) {
        String n = v == 1 ? "" : Integer.toString(v);
        if (emulation != Emulation.SKIP) {
            r.store("update_func_call" + n, updateFuncCall, Expr.of(v));
        }
        r.rmw("open_gate" + n, gate.cell(), RmwOp.ADD, Expr.of(1));
        r.note("adding breakpoints");
        for (Site site : b.sites()) {
            r.textPoke(SharedSteps.at("add_breakpoint", site, v), site, 0, SharedSteps.INT3);
        }
        runSync(r, "run_sync1" + n);
        r.note("updating code");
        for (Site site : b.sites()) {
            if (site.length() > 1) {
                r.textPoke(SharedSteps.at("add_update", site, v), site, 1, SharedSteps.tail(site, v));
            }
        }
        runSync(r, "run_sync2" + n);
        r.note("removing breakpoints");
        for (Site site : b.sites()) {
            r.textPoke(SharedSteps.at("finish_update", site, v), site, 0, SharedSteps.head(site, v));
        }
        runSync(r, "run_sync3" + n);
        r.rmw("close_gate" + n, gate.cell(), RmwOp.ADD, Expr.of(-1));
    }

    private void runSync(Recorder r, String label) {
        if (b.setting().cpus() == 1) {
            r.note("No need to sync if there's only one CPU");
        } else {
            r.syncEachCpu(label, Sync.IRET);
        }
    }

    private static void recordDirect(ProtocolBuilder b) {
        b.patcher(r -> SharedSteps.bringEach(r, b, v -> {
            for (Site site : b.sites()) {
                r.textPoke(SharedSteps.at("probe_kernel_write", site, v), site, 0, site.bytes(v));
                r.serialize(SharedSteps.at("sync_core", site, v), Sync.CPUID);
            }
        }));
    }

    private void handler(Recorder r) {
        Local open = r.local("open", 0, 1);
        Local round = r.local("call", 0, b.setting().versions() - 1);
        r.load("modifying_ftrace_code", open, gate);
        r.ifThen(open.value().eq(0), () -> r.unhandled("gate_closed"));
        r.note("ftrace_int3_handler()");
        if (emulation != Emulation.SKIP) {
            r.load("ftrace_update_func_call", round, updateFuncCall);
        }
        for (Site site : b.sites()) {
            Expr isIt = Expr.savedAddress().minus(1).eq(b.addressOf(site));
            r.ifThen(isIt, () -> {
                if (emulation == Emulation.SKIP) {
                    skip(r, site);
                } else {
                    emulateCalls(r, site, round);
                }
                r.leave();
            });
        }
        r.unhandled("not_ours");
    }

    /** {@code regs->ip += MCOUNT_INSN_SIZE - 1}. */
    private static void skip(Recorder r, Site site) {
        r.setSavedAddress(Expr.savedAddress().plus(site.length() - 1));
    }

    private void emulateCalls(Recorder r, Site site, Local round) {
        for (int v = 1; v < site.versions(); v++) {
            String label = SharedSteps.at("emulate", site, v);
            OptionalInt call = callOf(site, v);
            r.ifThen(round.value().eq(v), () -> {
                if (call.isPresent()) {
                    r.emulate(label, site, call.getAsInt(), emulation == Emulation.CALL);
                } else {
                    skip(r, site);
                }
                r.leave();
            });
        }
    }

    /** The call that stands for a change: the new one, or the old one that becomes something else. */
    private static OptionalInt callOf(Site site, int v) {
        for (int version : new int[] {v, v - 1}) {
            if (site.instruction(version, 0).kind() == Kind.CALL_REL32) {
                return OptionalInt.of(version);
            }
        }
        return OptionalInt.empty();
    }
}
