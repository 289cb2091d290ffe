// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import dev.pokecheck.insn.Sync;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.ProtocolBuilder.Obj;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.protocol.RmwOp;
import dev.pokecheck.protocol.Shared;
import java.util.Set;

/**
 * What the CPUs that run {@code text_poke_late} share: its variables, the numbers of its states, and the two things that the primary and a
 * secondary both do. What differs between the posted patches is a {@link LatePart}, what a variant changes a {@link Departure}.
 */
final class LateState {
    /** Numbers of the states of the first site; those of the RFC. */
    static final int SYNC_0 = 4;

    static final int SYNC_1 = 5;
    static final int SYNC_2 = 6;
    static final int SYNC_DONE = 7;
    /** The states of a site follow each other; the two low bits tell them apart. */
    static final int STATES = 4;

    final ProtocolBuilder b;
    private final Set<LatePart> parts;
    private final Set<Departure> departures;
    final int cpus;

    final Shared state;
    final Shared acks;
    final Shared primary;
    final Shared bpDesc;
    final Obj desc;
    final Shared descSite;
    final Shared descInsn;
    final Shared descRefs;
    final Shared nmiWork;
    final Shared captured;
    final int firstState;
    final int done;

    LateState(ProtocolBuilder b, Set<LatePart> parts, Set<Departure> departures) {
        this.b = b;
        this.parts = parts;
        this.departures = departures;
        cpus = b.setting().cpus();
        boolean numbered = departs(Departure.NUMBERED_STATES);
        firstState = numbered ? SYNC_DONE - STATES : SYNC_DONE;
        done = SYNC_0 + STATES * (numbered ? b.sites().size() : 1);
        state = b.shared("state", firstState, Math.min(firstState, SYNC_0), done);
        acks = b.shared("sync_ack_map", 0, 0, (1 << cpus) - 1);
        primary = b.shared("primary_cpu", 0, 0, cpus - 1);
        // What a stage does not have yet is never used; it stands for the state then, so that no variable is declared
        // too early.
        boolean breakpoints = adds(LatePart.BREAKPOINT);
        int versions = b.setting().versions();
        desc = b.object("desc");
        bpDesc = breakpoints ? b.shared("bp_desc", 0, 0, 1) : state;
        descSite = breakpoints ? desc.field("site", 0, 0, b.maxAddress()) : state;
        descInsn = breakpoints ? desc.field("insn", 0, 0, versions - 1) : state;
        descRefs = breakpoints ? desc.field("refs", 0, 0, 1 + 4 * cpus) : state;
        nmiWork = adds(LatePart.NMI) ? b.shared("nmi_work", 0, 0, versions - 1) : state;
        captured = departs(Departure.CAPTURE_IN_NMI) ? b.shared("captured", 0, 0, (1 << cpus) - 1) : state;
    }

    /** Whether the patches so far add this. */
    boolean adds(LatePart part) {
        return parts.contains(part);
    }

    /** Whether the variant is other than the RFC in this. */
    boolean departs(Departure departure) {
        return departures.contains(departure);
    }

    /** IRET to self in thread context; CPUID in NMI context, where an IRET would unblock NMIs. */
    void syncOne(Recorder r, String label) {
        if (adds(LatePart.NMI) && !departs(Departure.IRET_IN_NMI)) {
            r.ifElse(Expr.inNmi(), () -> r.serialize(label + ".nmi", Sync.CPUID), () -> r.serialize(label, Sync.IRET));
        } else {
            r.serialize(label, Sync.IRET);
        }
    }

    /** Says that this CPU has come as far as the state that it saw. */
    void acknowledge(Recorder r, String label) {
        if (adds(LatePart.WRITE)) {
            r.rmw(label, acks.cell(), RmwOp.OR, Expr.thisCpu().bit());
        }
    }

    /** Whether a value that was read is a state of that kind, of any site. */
    Expr isPhase(Local value, int phase) {
        return departs(Departure.NUMBERED_STATES)
                ? value.value().and(Expr.of(STATES - 1)).eq(Expr.named(phase(phase), phase % STATES))
                : value.value().eq(named(phase));
    }

    /** A state under the name that the source has for it. */
    Expr named(int value) {
        return Expr.named(value == done ? "DONE" : phase(value), value);
    }

    /** The name of a kind of states. */
    static String phase(int value) {
        return switch (value % STATES) {
            case SYNC_0 - STATES -> "SYNC_0";
            case SYNC_1 - STATES -> "SYNC_1";
            case SYNC_2 - STATES -> "SYNC_2";
            default -> "SYNC_DONE";
        };
    }
}
