// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import dev.pokecheck.insn.Sync;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.ProtocolBuilder.Obj;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.protocol.Shared;
import java.util.Set;

/**
 * What the CPUs that run {@code text_poke_late} share: its variables, the numbers of its states, and how they synchronise themselves. What differs
 * between the posted patches is a {@link LatePart}, what a variant changes a {@link LateChange}.
 */
final class LateState {
    final ProtocolBuilder b;
    private final Set<LatePart> parts;
    private final Set<LateChange> changes;
    final int cpus;

    final LateNumbers numbers;
    final Shared state;
    final LateAcks acks;
    final Shared primary;
    final Shared bpDesc;
    final Obj desc;
    final Shared descSite;
    final Shared descInsn;
    final Shared descRefs;
    final Shared nmiWork;
    final Shared captured;
    final Shared gathered;

    LateState(ProtocolBuilder b, Set<LatePart> parts, Set<LateChange> changes) {
        this.b = b;
        this.parts = parts;
        this.changes = changes;
        cpus = b.setting().cpus();
        int versions = b.setting().versions();
        numbers = new LateNumbers(scheme(), b.sites().size(), versions - 1);
        state = b.shared("state", numbers.start(1), leastState(), numbers.max());
        acks = new LateAcks(b, numbers, has(LateChange.SEQ_ACKS));
        primary = b.shared("primary_cpu", 0, 0, cpus - 1);
        // What a stage does not have yet is never used; it stands for the state then, so that no variable is declared
        // too early.
        boolean breakpoints = adds(LatePart.BREAKPOINT);
        desc = b.object("desc");
        bpDesc = breakpoints ? b.shared("bp_desc", 0, 0, 1) : state;
        descSite = breakpoints ? desc.field("site", 0, 0, b.maxAddress()) : state;
        descInsn = breakpoints ? desc.field("insn", 0, 0, versions - 1) : state;
        descRefs = breakpoints ? desc.field("refs", 0, 0, 1 + 4 * cpus) : state;
        nmiWork = adds(LatePart.NMI) ? b.shared("nmi_work", 0, 0, versions - 1) : state;
        captured = has(LateChange.CAPTURE_IN_NMI) ? b.shared("captured", 0, 0, (1 << cpus) - 1) : state;
        gathered = has(LateChange.RENDEZVOUS) ? b.shared("gathered", 0, 0, 1) : state;
    }

    private LateNumbers.Scheme scheme() {
        if (has(LateChange.SEQ_ACKS)) {
            return LateNumbers.Scheme.ALL;
        }
        return has(LateChange.NUMBERED_STATES) ? LateNumbers.Scheme.SITES : LateNumbers.Scheme.KINDS;
    }

    /** The least number of a state. */
    int leastState() {
        return numbers.min(has(LateChange.RENDEZVOUS));
    }

    /** Whether the patches so far add this. */
    boolean adds(LatePart part) {
        return parts.contains(part);
    }

    /** Whether something is changed that the patches so far have. */
    boolean has(LateChange change) {
        return changes.contains(change) && adds(change.of());
    }

    /** IRET to self in thread context; CPUID in NMI context, where an IRET would unblock NMIs. */
    void syncOne(Recorder r, String label) {
        if (adds(LatePart.NMI) && !has(LateChange.IRET_IN_NMI)) {
            r.ifElse(Expr.inNmi(), () -> r.serialize(label + ".nmi", Sync.CPUID), () -> r.serialize(label, Sync.IRET));
        } else {
            r.serialize(label, Sync.IRET);
        }
    }
}
