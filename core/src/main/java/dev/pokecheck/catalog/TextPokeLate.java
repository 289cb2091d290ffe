// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import dev.pokecheck.insn.Sync;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Protocol;
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
    enum Part {
        /** 16 and 17/26: text is written, secondaries acknowledge. */
        WRITE,
        /** 18/26: breakpoint handling. */
        BREAKPOINT,
        /** 19/26: the same run inside an NMI. */
        NMI
    }

    /** Numbers of the states of the first site; those of the RFC. */
    private static final int SYNC_0 = 4;

    private static final int SYNC_1 = 5;
    private static final int SYNC_2 = 6;
    private static final int SYNC_DONE = 7;
    /** The states of a site follow each other; the two low bits tell them apart. */
    private static final int STATES = 4;

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
    private final Shared descInsn;
    private final Shared descRefs;
    private final Shared nmiWork;
    private final Shared captured;
    private final int firstState;
    private final int done;

    private TextPokeLate(ProtocolBuilder b, Set<Part> parts, Set<Change> changes) {
        this.b = b;
        this.parts = parts;
        this.changes = changes;
        cpus = b.setting().cpus();
        boolean numbered = changes.contains(Change.NUMBERED_STATES);
        firstState = numbered ? SYNC_DONE - STATES : SYNC_DONE;
        done = SYNC_0 + STATES * (numbered ? b.sites().size() : 1);
        state = b.shared("state", firstState, Math.min(firstState, SYNC_0), done);
        acks = b.shared("sync_ack_map", 0, 0, (1 << cpus) - 1);
        primary = b.shared("primary_cpu", 0, 0, cpus - 1);
        // What a stage does not have yet is never used; it stands for the state then, so that no variable is declared
        // too early.
        boolean breakpoints = parts.contains(Part.BREAKPOINT);
        int versions = b.setting().versions();
        desc = b.object("desc");
        bpDesc = breakpoints ? b.shared("bp_desc", 0, 0, 1) : state;
        descSite = breakpoints ? desc.field("site", 0, 0, b.maxAddress()) : state;
        descInsn = breakpoints ? desc.field("insn", 0, 0, versions - 1) : state;
        descRefs = breakpoints ? desc.field("refs", 0, 0, 1 + 4 * cpus) : state;
        nmiWork = parts.contains(Part.NMI) ? b.shared("nmi_work", 0, 0, versions - 1) : state;
        captured = changes.contains(Change.CAPTURE_IN_NMI) ? b.shared("captured", 0, 0, (1 << cpus) - 1) : state;
    }

    static List<CatalogEntry> entries() {
        String rfc = "RFC \"x86/alternatives: Non-emulated text poking\", A. Arora, LKML, 8 April 2020, ";
        Set<Change> none = EnumSet.noneOf(Change.class);
        Set<Part> all = EnumSet.allOf(Part.class);
        List<CatalogEntry> entries = new ArrayList<>();
        entries.add(entry("rfc15", rfc + "15/26", "the state machine only", EnumSet.noneOf(Part.class), none));
        entries.add(entry(
                "rfc17", rfc + "17/26", "text is written, secondaries acknowledge", EnumSet.of(Part.WRITE), none));
        entries.add(entry(
                "rfc18", rfc + "18/26", "with breakpoint handling", EnumSet.of(Part.WRITE, Part.BREAKPOINT), none));
        entries.add(entry("rfc19", rfc + "19/26", "in NMI context", all, none));
        Set<Change> repaired = EnumSet.of(Change.CLEAR_BEFORE_STATE, Change.NUMBERED_STATES);
        Set<Change> captured = EnumSet.of(Change.CLEAR_BEFORE_STATE, Change.CAPTURE_IN_NMI);
        entries.add(entry(
                "repaired", rfc + "19/26, repaired", "rfc19 with the least changes that make it safe", all, repaired));
        entries.addAll(siblings("repaired", rfc, all, repaired));
        entries.add(entry(
                "repaired-iret-in-nmi",
                rfc + "19/26, repaired; its open question on IRET",
                "repaired with IRET for CPUID as the serializing instruction in NMI context",
                all,
                EnumSet.of(Change.CLEAR_BEFORE_STATE, Change.NUMBERED_STATES, Change.IRET_IN_NMI)));
        entries.add(entry(
                "captured",
                rfc + "19/26, repaired",
                "rfc19 with all CPUs held in their NMI handlers, for locks that NMIs take",
                all,
                captured));
        entries.addAll(siblings("captured", rfc, all, captured));
        return entries;
    }

    /** The faults of the RFC, each in a scenario that shows it soonest; {@code docs/text_poke_late.md} explains them by their numbers. */
    static List<Exhibit> exhibits() {
        String site = "cpus=2 site0=nop5->jmp32";
        String nmi = site + " thread=none nmi=1 nmi-work=site";
        String source = "the RFC, F";
        return List.of(
                exhibit(
                        "B11a",
                        "a secondary takes its own old acknowledgement for one of the new state",
                        source + "4",
                        "rfc18",
                        "deadlock",
                        "repaired",
                        site),
                exhibit("B11b", "the same in NMI context", source + "4", "rfc19", "deadlock", "repaired", site),
                exhibit(
                        "B11c",
                        "an NMI executes the site and nobody handles its breakpoint",
                        source + "3",
                        "rfc17",
                        "unhandled-int3",
                        "repaired",
                        nmi),
                exhibit(
                        "B11d",
                        "the primary hits its own breakpoint and finishes the site alone",
                        source + "5",
                        "rfc18",
                        "torn",
                        "repaired",
                        nmi),
                exhibit(
                        "B11e",
                        "the SYNC_DONE behind one site is taken for that before it",
                        source + "7",
                        "repaired-without-numbered-states",
                        "deadlock",
                        "repaired",
                        nmi),
                exhibit(
                        "B11f",
                        "two NMIs share a lock, and one of them came before nmi_work was set",
                        source + "8",
                        "captured-without-capture-in-nmi",
                        "deadlock",
                        "captured",
                        "cpus=3 site0=pvcall->unlock thread=none nmi=1 nmi-work=lock"),
                new Exhibit(
                        "B11g",
                        "CPUID in NMI context, where a hypervisor emulates it and does not serialize",
                        "the RFC, first open question",
                        full("repaired"),
                        nmi + " no-serialize=cpuid",
                        "torn",
                        full("repaired"),
                        nmi,
                        "atomic"),
                new Exhibit(
                        "B11h",
                        "IRET-to-self in NMI context, without a latch in the entry code",
                        "the RFC, second open question",
                        full("repaired-iret-in-nmi"),
                        nmi + " nmi-model=hardware",
                        "corrupt-frame",
                        full("repaired-iret-in-nmi"),
                        nmi,
                        "atomic"));
    }

    private static Exhibit exhibit(
            String id, String title, String source, String broken, String property, String fixed, String scenario) {
        return Exhibit.of(id, title, source, full(broken), property, full(fixed), "atomic", scenario);
    }

    private static String full(String variant) {
        return "text_poke_late@" + variant;
    }

    /** A repaired variant with one of its changes switched back, for each of them. */
    private static List<CatalogEntry> siblings(String variant, String rfc, Set<Part> parts, Set<Change> changes) {
        List<CatalogEntry> entries = new ArrayList<>();
        for (Change back : changes) {
            Set<Change> rest = EnumSet.copyOf(changes);
            rest.remove(back);
            entries.add(entry(
                    variant + "-without-" + back.text(),
                    rfc + "19/26, " + variant + " but for one change",
                    variant + " with " + back.text() + " switched back",
                    parts,
                    rest));
        }
        return entries;
    }

    private static CatalogEntry entry(
            String variant, String source, String summary, Set<Part> parts, Set<Change> changes) {
        return new CatalogEntry("text_poke_late", variant, source, summary, definition(parts, changes));
    }

    /** The protocol with some of its parts, and some changes. */
    static Protocol.Definition definition(Set<Part> parts, Set<Change> changes) {
        return b -> new TextPokeLate(b, parts, changes).record();
    }

    private void record() {
        b.patcher(r -> {
            for (int v = 1; v < b.setting().versions(); v++) {
                Steps.begin(r, b.sites(), v);
                textPokeLate(r, v);
                Steps.end(r, b.sites(), v);
            }
        });
        if (changes.contains(Change.CAPTURE_IN_NMI)) {
            b.claimsToHoldEverybodyOff();
        }
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
        r.store("init.state" + n, state, named(firstState));
        r.store("init.sync_ack_map" + n, acks, Expr.of(0));
        if (changes.contains(Change.CAPTURE_IN_NMI)) {
            r.store("init.captured" + n, captured, Expr.of(0));
        }
        Routine secondary = b.routine("patch_worker_secondary" + n, this::textPokeSyncFinish);
        r.stopMachine("stop_machine" + n, () -> patchWorker(r, v, n), secondary);
    }

    private void patchWorker(Recorder r, int v, String n) {
        r.call("patch_worker" + n, "patch_worker(primary)", () -> {
            if (parts.contains(Part.WRITE)) {
                waitForAcks(r, "start");
            }
            if (parts.contains(Part.NMI)) {
                r.store("nmi_work", nmiWork, Expr.of(v));
                r.sendNmi("send_nmi", Expr.thisCpu());
                r.await("wait_nmi_work", nmiWork.value().eq(0));
            } else {
                pokeSites(r, v);
            }
            r.storeRelease("done", state, named(done));
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
            r.store("desc.insn", descInsn, Expr.of(v));
            r.store("desc.refs", descRefs, Expr.of(1));
            r.storeRelease("bp_desc", bpDesc, Expr.named("&desc", 1));
        }
        pokeSync(r, site, SYNC_0, () -> r.textPoke("int3", site, 0, Steps.INT3));
        pokeSync(r, site, SYNC_1, () -> {
            if (site.length() > 1) {
                r.textPoke("tail", site, 1, Steps.tail(site, v));
            }
        });
        pokeSync(r, site, SYNC_2, () -> r.textPoke("head", site, 0, Steps.head(site, v)));
        pokeSync(r, site, SYNC_DONE, () -> {});
        if (parts.contains(Part.BREAKPOINT)) {
            r.storeRelease("bp_desc.null", bpDesc, Expr.named("NULL", 0));
            r.rmw("put_desc", descRefs.cell(), RmwOp.ADD, Expr.of(-1));
            r.await("refs0", descRefs.value().eq(0));
            r.end("desc.end", desc);
        }
    }

    private void pokeSync(Recorder r, Site site, int next, Runnable write) {
        Expr value = named(changes.contains(Change.NUMBERED_STATES) ? next + STATES * site.index() : next);
        String name = phase(next);
        r.call(name, "poke_sync(" + name + ")", () -> {
            if (!parts.contains(Part.WRITE)) {
                r.storeRelease("state", state, value);
                return;
            }
            write.run();
            boolean clearFirst = changes.contains(Change.CLEAR_BEFORE_STATE);
            if (clearFirst) {
                r.store("clear", acks, Expr.of(0));
            }
            r.storeRelease("state", state, value);
            if (!clearFirst) {
                r.note("clear the whole map, for the acknowledgements of this state");
                r.store("clear", acks, Expr.of(0));
            }
            syncOne(r, "sync");
            waitForAcks(r, "acks");
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
        if (parts.contains(Part.NMI) && !changes.contains(Change.IRET_IN_NMI)) {
            r.ifElse(Expr.inNmi(), () -> r.serialize(label + ".nmi", Sync.CPUID), () -> r.serialize(label, Sync.IRET));
        } else {
            r.serialize(label, Sync.IRET);
        }
    }

    // ---- a secondary

    private void textPokeSyncFinish(Recorder r) {
        r.call("sync_finish", "text_poke_sync_finish()", () -> {
            Local seen = r.local("cur", Math.min(firstState, SYNC_0), done);
            r.forever(() -> {
                r.load("read_state", seen, state);
                r.ifThen(seen.value().eq(named(done)), r::leave);
                Expr first = isPhase(seen, SYNC_0);
                Expr inSite = parts.contains(Part.NMI) ? first.or(Expr.inNmi()) : first;
                r.ifElse(
                        isPhase(seen, SYNC_DONE),
                        () -> {
                            acknowledge(r, "ack_done");
                            r.await("while_sync_done", state.value().ne(seen.value()));
                        },
                        () -> {
                            r.bugOn(inSite.not(), "SYNC_1 or SYNC_2 outside text_poke_sync_site");
                            textPokeSyncSite(r);
                        });
            });
        });
    }

    private void textPokeSyncSite(Recorder r) {
        r.call("sync_site", "text_poke_sync_site()", () -> {
            Local prev = r.local("prev", -1, done);
            r.assign(prev, Expr.of(-1));
            r.forever(() -> {
                r.await("wait_state", state.value().ne(prev.value()));
                r.load("read_state", prev, state);
                r.ifThen(prev.value().eq(named(done)).or(isPhase(prev, SYNC_DONE)), r::leave);
                syncAndAcknowledge(r);
            });
        });
    }

    private Expr isPhase(Local value, int phase) {
        return changes.contains(Change.NUMBERED_STATES)
                ? value.value().and(Expr.of(STATES - 1)).eq(Expr.named(phase(phase), phase % STATES))
                : value.value().eq(named(phase));
    }

    private void syncAndAcknowledge(Recorder r) {
        if (parts.contains(Part.BREAKPOINT)) {
            r.ifThen("test_bit", acks.value().and(Expr.thisCpu().bit()).eq(0), () -> {
                syncOne(r, "sync");
                acknowledge(r, "set_bit");
            });
        } else {
            if (parts.contains(Part.WRITE)) {
                r.bugOn("bug_bit", acks.value().and(Expr.thisCpu().bit()).ne(0), "own bit is already set");
            }
            syncOne(r, "sync");
            acknowledge(r, "set_bit");
        }
    }

    private void acknowledge(Recorder r, String label) {
        if (parts.contains(Part.WRITE)) {
            r.rmw(label, acks.cell(), RmwOp.OR, Expr.thisCpu().bit());
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
        Local insn = r.local("insn", 0, b.setting().versions() - 1);
        r.load("desc.insn", insn, descInsn);
        for (Site site : b.sites()) {
            for (int v = 1; v < site.versions(); v++) {
                int version = v;
                r.ifThen(address.value().eq(b.addressOf(site)).and(insn.value().eq(v)), () -> {
                    if (site.length() > 1) {
                        r.textPoke(Steps.at("tail", site, version), site, 1, Steps.tail(site, version));
                    }
                    r.textPoke(Steps.at("head", site, version), site, 0, Steps.head(site, version));
                    syncOne(r, Steps.at("sync", site, version));
                });
            }
        }
    }

    private void patchNmiHandler(Recorder r) {
        r.call("patch_nmi", "patch_nmi_handler()", () -> {
            Local work = r.local("nmi_work", 0, b.setting().versions() - 1);
            Local cpu = r.local("cpu", 0, cpus - 1);
            r.load("read_nmi_work", work, nmiWork);
            r.ifThen(work.value().eq(0), r::leave);
            if (changes.contains(Change.CAPTURE_IN_NMI)) {
                r.rmw("captured", captured.cell(), RmwOp.OR, Expr.thisCpu().bit());
            }
            r.load("read_primary", cpu, primary);
            r.ifElse(cpu.value().eq(Expr.thisCpu()), () -> patchInNmi(r, work), () -> textPokeSyncFinish(r));
        });
    }

    private void patchInNmi(Recorder r, Local work) {
        if (changes.contains(Change.CAPTURE_IN_NMI)) {
            r.note("from here, not from the thread: an NMI that comes before the one to self runs this, too");
            for (int cpu = 1; cpu < cpus; cpu++) {
                r.sendNmi("send_nmi" + cpu, Expr.of(cpu));
            }
            r.await("all_captured", captured.value().weight().ge(Expr.named("num_acks", cpus)));
        }
        for (int v = 1; v < b.setting().versions(); v++) {
            int version = v;
            r.ifThen(work.value().eq(v), () -> pokeSites(r, version));
        }
        r.store("nmi_work_done", nmiWork, Expr.of(0));
    }

    private Expr named(int value) {
        return Expr.named(value == done ? "DONE" : phase(value), value);
    }

    private static String phase(int value) {
        return switch (value % STATES) {
            case SYNC_0 - STATES -> "SYNC_0";
            case SYNC_1 - STATES -> "SYNC_1";
            case SYNC_2 - STATES -> "SYNC_2";
            default -> "SYNC_DONE";
        };
    }
}
