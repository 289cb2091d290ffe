// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import dev.pokecheck.insn.Sync;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.ProtocolBuilder.Obj;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.protocol.RmwOp;
import dev.pokecheck.protocol.Routine;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.text.Site;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * {@code text_poke_late} of the RFC "x86/alternatives: Non-emulated text poking" (A. Arora, LKML, April 2020; patches 15 to 19 of
 * "Runtime paravirt patching"). Function and variable names are those of the RFC; the order of its steps is kept where it is
 * wrong, too. What differs between the posted patches is a {@link Part}; what the repaired variant changes is a {@link Change}.
 */
final class TextPokeLate {
    /** What a patch of the series adds. */
    private enum Part {
        /** 16 and 17/26: text is written, secondaries acknowledge. */
        WRITE,
        /** 18/26: breakpoint handling. */
        BREAKPOINT,
        /** 19/26: the same run inside an NMI. */
        NMI
    }

    private static final int SYNC_0 = 4;
    private static final int SYNC_1 = 5;
    private static final int SYNC_2 = 6;
    private static final int SYNC_DONE = 7;
    private static final int DONE = 8;

    private final ProtocolBuilder b;
    private final Set<Part> parts;
    private final Set<Change> changes;
    private final int cpus;

    private final Shared state;
    private final Shared acks;
    private final Shared primary;
    private final Shared bpDesc;
    private final Obj desc;
    private final Shared descSite;
    private final Shared descRefs;
    private final Shared nmiWork;

    private TextPokeLate(ProtocolBuilder b, Set<Part> parts, Set<Change> changes) {
        this.b = b;
        this.parts = parts;
        this.changes = changes;
        cpus = b.setting().cpus();
        state = b.shared("state", SYNC_DONE, SYNC_0, DONE);
        acks = b.shared("sync_ack_map", 0, 0, (1 << cpus) - 1);
        primary = b.shared("primary_cpu", 0, 0, cpus - 1);
        bpDesc = b.shared("bp_desc", 0, 0, 1);
        desc = b.object("desc");
        descSite = desc.field("site", 0, 0, b.maxAddress());
        descRefs = desc.field("refs", 0, 0, 1 + 4 * cpus);
        nmiWork = b.shared("nmi_work", 0, 0, 1);
    }

    static List<CatalogEntry> entries() {
        String rfc = "RFC \"x86/alternatives: Non-emulated text poking\", A. Arora, LKML, 8 April 2020, ";
        List<CatalogEntry> all = new ArrayList<>();
        all.add(entry("rfc15", rfc + "15/26", "the state machine only", EnumSet.noneOf(Part.class)));
        all.add(entry("rfc17", rfc + "17/26", "text is written, secondaries acknowledge", EnumSet.of(Part.WRITE)));
        all.add(entry("rfc18", rfc + "18/26", "with breakpoint handling", EnumSet.of(Part.WRITE, Part.BREAKPOINT)));
        all.add(entry("rfc19", rfc + "19/26", "in NMI context", EnumSet.allOf(Part.class)));
        return all;
    }

    private static CatalogEntry entry(String variant, String source, String summary, Set<Part> parts) {
        return new CatalogEntry(
                "text_poke_late",
                variant,
                source,
                summary,
                b -> new TextPokeLate(b, parts, EnumSet.noneOf(Change.class)).record());
    }

    private void record() {
        b.patcher(r -> {
            for (int v = 1; v < b.setting().versions(); v++) {
                Steps.begin(r, b.sites(), v);
                textPokeLate(r, v);
                Steps.end(r, b.sites(), v);
            }
        });
        if (parts.contains(Part.BREAKPOINT)) {
            b.breakpoint(this::pokeInt3Handler);
        }
        if (parts.contains(Part.NMI)) {
            b.nmi(this::patchNmiHandler);
        }
    }

    // ---- the primary

    private void textPokeLate(Recorder r, int v) {
        String n = v == 1 ? "" : Integer.toString(v);
        r.note("the state machine starts afresh");
        r.store("init.state" + n, state, named(SYNC_DONE));
        r.store("init.sync_ack_map" + n, acks, Expr.of(0));
        Routine secondary = b.routine("patch_worker_secondary" + n, this::textPokeSyncFinish);
        r.stopMachine("stop_machine" + n, () -> patchWorker(r, v, n), secondary);
    }

    private void patchWorker(Recorder r, int v, String n) {
        r.call("patch_worker" + n, "patch_worker(primary)", () -> {
            if (parts.contains(Part.WRITE)) {
                waitForAcks(r, "start");
            }
            if (parts.contains(Part.NMI)) {
                r.store("nmi_work", nmiWork, Expr.of(1));
                r.sendNmi("send_nmi", Expr.thisCpu());
                r.await("wait_nmi_work", nmiWork.value().eq(0));
            } else {
                pokeSites(r, v);
            }
            r.storeRelease("done", state, named(DONE));
        });
    }

    private void pokeSites(Recorder r, int v) {
        for (Site site : b.sites()) {
            r.call(Steps.at("poke", site, v), "text_poke_site(" + site.name() + ")", () -> textPokeSite(r, site, v));
        }
    }

    private void textPokeSite(Recorder r, Site site, int v) {
        if (parts.contains(Part.BREAKPOINT)) {
            r.begin("desc", desc);
            r.store("desc.site", descSite, b.addressOf(site));
            r.store("desc.refs", descRefs, Expr.of(1));
            r.storeRelease("bp_desc", bpDesc, Expr.named("&desc", 1));
        }
        pokeSync(r, SYNC_0, () -> r.textPoke("int3", site, 0, Steps.INT3));
        pokeSync(r, SYNC_1, () -> {
            if (site.length() > 1) {
                r.textPoke("tail", site, 1, Steps.tail(site, v));
            }
        });
        pokeSync(r, SYNC_2, () -> r.textPoke("head", site, 0, Steps.head(site, v)));
        pokeSync(r, SYNC_DONE, () -> {});
        if (parts.contains(Part.BREAKPOINT)) {
            r.storeRelease("bp_desc.null", bpDesc, Expr.named("NULL", 0));
            r.rmw("put_desc", descRefs.cell(), RmwOp.ADD, Expr.of(-1));
            r.await("refs0", descRefs.value().eq(0));
            r.end("desc.end", desc);
        }
    }

    private void pokeSync(Recorder r, int next, Runnable write) {
        String name = name(next);
        r.call(name, "poke_sync(" + name + ")", () -> {
            if (parts.contains(Part.WRITE)) {
                write.run();
            }
            if (parts.contains(Part.WRITE) && changes.contains(Change.CLEAR_BEFORE_STATE)) {
                r.store("clear", acks, Expr.of(0));
            }
            r.storeRelease("state", state, named(next));
            if (parts.contains(Part.WRITE)) {
                if (!changes.contains(Change.CLEAR_BEFORE_STATE)) {
                    r.note("clear the whole map, for the acknowledgements of this state");
                    r.store("clear", acks, Expr.of(0));
                }
                syncOne(r, "sync");
                waitForAcks(r, "acks");
            }
        });
    }

    private void waitForAcks(Recorder r, String label) {
        r.call(label, "wait_for_acks()", () -> {
            r.rmw("set_bit", acks.cell(), RmwOp.OR, Expr.thisCpu().bit());
            r.await("all", acks.value().weight().ge(Expr.named("num_acks", cpus)));
        });
    }

    /** IRET to self in thread context; CPUID in NMI context, where an IRET would unblock NMIs. */
    private void syncOne(Recorder r, String label) {
        if (parts.contains(Part.NMI)) {
            r.ifElse(Expr.inNmi(), () -> r.serialize(label + ".nmi", Sync.CPUID), () -> r.serialize(label, Sync.IRET));
        } else {
            r.serialize(label, Sync.IRET);
        }
    }

    // ---- a secondary

    private void textPokeSyncFinish(Recorder r) {
        r.call("sync_finish", "text_poke_sync_finish()", () -> {
            Local seen = r.local("state", SYNC_0, DONE);
            r.forever(() -> {
                r.load("read_state", seen, state);
                r.ifThen(seen.value().eq(named(DONE)), r::leave);
                Expr inSite = parts.contains(Part.NMI)
                        ? seen.value()
                                .eq(named(SYNC_0))
                                .or(Expr.inNmi().and(seen.value().lt(named(SYNC_DONE))))
                        : seen.value().eq(named(SYNC_0));
                r.ifElse(
                        seen.value().eq(named(SYNC_DONE)),
                        () -> {
                            if (parts.contains(Part.WRITE)) {
                                r.rmw(
                                        "ack_done",
                                        acks.cell(),
                                        RmwOp.OR,
                                        Expr.thisCpu().bit());
                            }
                            r.await("while_sync_done", state.value().ne(named(SYNC_DONE)));
                        },
                        () -> {
                            r.bugOn(inSite.not(), "state " + name(SYNC_1) + " or later outside text_poke_sync_site");
                            textPokeSyncSite(r);
                        });
            });
        });
    }

    private void textPokeSyncSite(Recorder r) {
        r.call("sync_site", "text_poke_sync_site()", () -> {
            Local prev = r.local("prev", -1, DONE);
            r.assign(prev, Expr.of(-1));
            r.forever(() -> {
                r.await("wait_state", state.value().ne(prev.value()));
                r.load("read_state", prev, state);
                r.ifThen(prev.value().ge(named(SYNC_DONE)), r::leave);
                acknowledge(r);
            });
        });
    }

    private void acknowledge(Recorder r) {
        if (parts.contains(Part.BREAKPOINT)) {
            Expr mine = acks.value().shiftRight(0).and(Expr.thisCpu().bit());
            r.ifThen("test_bit", mine.eq(0), () -> {
                syncOne(r, "sync");
                r.rmw("set_bit", acks.cell(), RmwOp.OR, Expr.thisCpu().bit());
            });
        } else if (parts.contains(Part.WRITE)) {
            r.bugOn("bug_bit", acks.value().and(Expr.thisCpu().bit()).ne(0), "own bit is already set");
            syncOne(r, "sync");
            r.rmw("set_bit", acks.cell(), RmwOp.OR, Expr.thisCpu().bit());
        } else {
            syncOne(r, "sync");
        }
    }

    // ---- breakpoints and NMIs

    private void pokeInt3Handler(Recorder r) {
        Local pointer = r.local("desc", 0, 1);
        Local refs = r.local("refs", 0, 1 + 4 * cpus);
        Local address = r.local("addr", 0, b.maxAddress());
        Local cpu = r.local("cpu", 0, cpus - 1);
        r.load("read_bp_desc", pointer, bpDesc);
        r.ifThen(pointer.value().eq(0), () -> r.unhandled("no_desc"));
        r.rmw("try_get_desc", descRefs.cell(), RmwOp.ADD_UNLESS_ZERO, Expr.of(1), refs);
        r.ifThen(refs.value().eq(0), () -> r.unhandled("no_refs"));
        r.load("desc.site", address, descSite);
        r.ifThen(Expr.savedAddress().minus(1).ne(address.value()), () -> {
            r.rmw("put_desc.not_ours", descRefs.cell(), RmwOp.ADD, Expr.of(-1));
            r.unhandled("not_ours");
        });
        r.load("read_primary", cpu, primary);
        r.ifElse(cpu.value().ne(Expr.thisCpu()), () -> textPokeSyncSite(r), () -> finishAlone(r, address));
        r.setSavedAddress(Expr.savedAddress().minus(1));
        r.rmw("put_desc", descRefs.cell(), RmwOp.ADD, Expr.of(-1));
    }

    /** The primary writes the rest of the new instruction itself and synchronises only itself. */
    private void finishAlone(Recorder r, Local address) {
        for (Site site : b.sites()) {
            r.ifThen(address.value().eq(b.addressOf(site)), () -> {
                if (site.length() > 1) {
                    r.textPoke("tail." + site.name(), site, 1, Steps.tail(site, 1));
                }
                r.textPoke("head." + site.name(), site, 0, Steps.head(site, 1));
                syncOne(r, "sync." + site.name());
            });
        }
    }

    private void patchNmiHandler(Recorder r) {
        r.call("patch_nmi", "patch_nmi_handler()", () -> {
            Local work = r.local("nmi_work", 0, 1);
            Local cpu = r.local("cpu", 0, cpus - 1);
            r.load("read_nmi_work", work, nmiWork);
            r.ifThen(work.value().eq(0), r::leave);
            r.load("read_primary", cpu, primary);
            r.ifElse(
                    cpu.value().eq(Expr.thisCpu()),
                    () -> {
                        pokeSites(r, 1);
                        r.rmw("nmi_work_done", nmiWork.cell(), RmwOp.ADD, Expr.of(-1));
                    },
                    () -> textPokeSyncFinish(r));
        });
    }

    private static Expr named(int value) {
        return Expr.named(name(value), value);
    }

    private static String name(int value) {
        return switch (value) {
            case SYNC_0 -> "SYNC_0";
            case SYNC_1 -> "SYNC_1";
            case SYNC_2 -> "SYNC_2";
            case SYNC_DONE -> "SYNC_DONE";
            default -> "DONE";
        };
    }
}
