// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import dev.pokecheck.insn.Insn;
import dev.pokecheck.insn.Kind;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.protocol.RmwOp;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.text.Site;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The breakpoint method of Linux 5.x. The descriptor is the static one of efd608fa7403 (5.18), published by its reference count.
 *
 * <p>Variants {@code no-sync1}, {@code no-sync2}, {@code no-sync3} leave one of the three synchronisations out; they are the copies
 * by which one sees what each of them is for.
 */
final class TextPokeBpBatch {
    /** The three synchronisations. */
    private enum Phase {
        AFTER_INT3,
        AFTER_TAIL,
        AFTER_HEAD
    }

    private final ProtocolBuilder b;
    private final Set<Phase> syncs;
    private final Shared refs;
    private final Shared entries;
    private final Shared addresses;
    private final Shared versions;

    private TextPokeBpBatch(ProtocolBuilder b, Set<Phase> syncs) {
        this.b = b;
        this.syncs = syncs;
        int cpus = b.setting().cpus();
        int sites = b.sites().size();
        // The patcher, and a handler in the thread, IRQ, NMI and #MC context of every CPU.
        refs = b.shared("bp_desc.refs", 0, 0, 1 + 4 * cpus);
        entries = b.shared("bp_desc.nr_entries", 0, 0, sites);
        addresses = b.array("tp_vec.addr", sites, 0, 0, b.maxAddress());
        versions = b.array("tp_vec.insn", sites, 0, 0, b.setting().versions() - 1);
    }

    static List<CatalogEntry> entries() {
        String source = "Linux 5.18 to 6.15, arch/x86/kernel/alternative.c, text_poke_bp_batch and poke_int3_handler";
        List<CatalogEntry> all = new ArrayList<>();
        all.add(new CatalogEntry(
                "text_poke_bp_batch",
                "",
                source,
                "INT3 at every site, tails, heads, with a synchronisation of all CPUs behind each; the handler emulates",
                b -> new TextPokeBpBatch(b, EnumSet.allOf(Phase.class)).record()));
        for (Phase left : Phase.values()) {
            int number = left.ordinal() + 1;
            all.add(new CatalogEntry(
                    "text_poke_bp_batch",
                    "no-sync" + number,
                    source + "; synchronisation " + number + " of 3 left out",
                    "as text_poke_bp_batch, without synchronisation " + number + " of 3",
                    b -> new TextPokeBpBatch(b, EnumSet.complementOf(EnumSet.of(left))).record()));
        }
        return all;
    }

    static List<Exhibit> exhibits() {
        String scenario = "cpus=2 site0=nop5->jmp32";
        return List.of(new Exhibit(
                "N1",
                "a stale instruction cache in spite of serialization: only on incoherent hardware",
                "RFC of June 2025, rejected",
                "text_poke_bp_batch",
                scenario + " fetch=incoherent",
                "torn",
                "text_poke_bp_batch",
                scenario,
                "regular"));
    }

    private void record() {
        b.patcher(r -> {
            for (int v = 1; v < b.setting().versions(); v++) {
                Steps.begin(r, b.sites(), v);
                batch(r, v);
                Steps.end(r, b.sites(), v);
            }
        });
        b.breakpoint(this::handler);
    }

    private void batch(Recorder r, int v) {
        String n = v == 1 ? "" : Integer.toString(v);
        for (Site site : b.sites()) {
            r.call("queue" + n + "." + site.name(), "text_poke_loc_init(" + site.name() + ")", () -> {
                if (!canEmulate(site, v)) {
                    r.bugOn(Expr.of(1), "BUG(): only CALL, JMP, NOP, RET or INT3 of the whole site's length");
                }
                r.store("addr", addresses.at(site.index()), b.addressOf(site));
                r.store("insn", versions.at(site.index()), Expr.of(v));
            });
        }
        r.store("nr_entries" + n, entries, Expr.of(b.sites().size()));
        r.note("refs = 1 publishes the descriptor to handlers of the breakpoints to come");
        r.storeRelease("publish" + n, refs, Expr.of(1));
        r.note("First step: add a INT3 trap to the address that will be patched");
        for (Site site : b.sites()) {
            r.textPoke(Steps.at("int3", site, v), site, 0, Steps.INT3);
        }
        sync(r, "sync1" + n, Phase.AFTER_INT3);
        r.note("Second step: update all but the first byte of the patched range");
        boolean tails = false;
        for (Site site : b.sites()) {
            if (site.length() > 1) {
                r.textPoke(Steps.at("tail", site, v), site, 1, Steps.tail(site, v));
                tails = true;
            }
        }
        if (tails) {
            sync(r, "sync2" + n, Phase.AFTER_TAIL);
        }
        r.note("Third step: replace the first byte (INT3) by the first byte of the new instruction");
        boolean heads = false;
        for (Site site : b.sites()) {
            if (Steps.head(site, v) != Steps.INT3) {
                r.textPoke(Steps.at("head", site, v), site, 0, Steps.head(site, v));
                heads = true;
            }
        }
        if (heads) {
            sync(r, "sync3" + n, Phase.AFTER_HEAD);
        }
        r.note("Remove and wait for refs to be zero");
        r.rmw("put" + n, refs.cell(), RmwOp.ADD, Expr.of(-1));
        r.await("refs0" + n, refs.value().eq(0));
    }

    private void sync(Recorder r, String label, Phase phase) {
        if (syncs.contains(phase)) {
            r.syncEachCpu(label, Sync.IRET);
        }
    }

    /** What {@code text_poke_loc_init} accepts: one instruction that the handler can emulate, as long as the site. */
    private static boolean canEmulate(Site site, int version) {
        Insn insn = site.instruction(version, 0);
        boolean known = switch (insn.kind()) {
            case CALL_REL32, JMP_REL32, JMP_REL8, NOP, INT3 -> true;
            default -> false;
        };
        return known && insn.length() == site.length();
    }

    private void handler(Recorder r) {
        int n = b.sites().size();
        Local old = r.local("refs", 0, 1 + 4 * b.setting().cpus());
        Local ip = r.local("ip", 0, b.maxAddress());
        Local base = r.local("base", 0, n);
        Local num = r.local("num", 0, n);
        Local pivot = r.local("pivot", 0, n - 1);
        Local address = r.local("addr", 0, b.maxAddress());
        Local found = r.local("tp", -1, n - 1);
        Local version = r.local("insn", 0, b.setting().versions() - 1);
        r.note("smp_rmb() is implied; try_get_desc()");
        r.rmw("try_get_desc", refs.cell(), RmwOp.ADD_UNLESS_ZERO, Expr.of(1), old);
        r.ifThen(old.value().eq(0), () -> r.unhandled("no_desc"));
        r.assign(ip, Expr.savedAddress().minus(1));
        r.load("nr_entries", num, entries);
        r.assign(base, Expr.of(0));
        r.assign(found, Expr.of(-1));
        r.note("__inline_bsearch() by address");
        r.whileTrue(num.value().gt(Expr.of(0)), () -> {
            r.assign(pivot, base.value().plus(num.value().shiftRight(1)));
            r.load("bsearch", address, addresses.at(pivot.value()));
            r.ifElse(
                    address.value().eq(ip.value()),
                    () -> {
                        r.assign(found, pivot.value());
                        r.assign(num, Expr.of(0));
                    },
                    () -> {
                        r.ifThen(address.value().lt(ip.value()), () -> {
                            r.assign(base, pivot.value().plus(1));
                            r.assign(num, num.value().minus(1));
                        });
                        r.assign(num, num.value().shiftRight(1));
                    });
        });
        r.ifThen(found.value().eq(-1), () -> {
            r.rmw("put_desc.not_ours", refs.cell(), RmwOp.ADD, Expr.of(-1));
            r.unhandled("not_ours");
        });
        r.load("opcode", version, versions.at(found.value()));
        for (Site site : b.sites()) {
            for (int v = 1; v < site.versions(); v++) {
                emulate(r, site, v, found, version);
            }
        }
        r.rmw("put_desc", refs.cell(), RmwOp.ADD, Expr.of(-1));
    }

    private static void emulate(Recorder r, Site site, int v, Local found, Local version) {
        Expr isIt = found.value().eq(site.index()).and(version.value().eq(v));
        String label = Steps.at("emulate", site, v);
        if (!canEmulate(site, v)) {
            return;
        }
        if (site.instruction(v, 0).kind() == Kind.INT3) {
            r.ifThen(isIt, () -> r.unhandled(label));
        } else {
            r.ifThen(isIt, () -> r.emulate(label, site, v, true));
        }
    }
}
