// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import dev.pokecheck.insn.Sync;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.text.Site;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * The breakpoint method of Linux 5.x. The descriptor is the static one of efd608fa7403 (6.0), published by its reference count.
 *
 * The handler emulates what it did in 6.0: conditional jumps came in 6.3.
 *
 * <p>Variants {@code no-sync1}, {@code no-sync2}, {@code no-sync3} leave one of the three synchronisations out; they are the copies
 * by which one sees what each of them is for. The variants {@code vec-first}, {@code count-first} and {@code stack-desc} have the descriptors of
 * the years before ({@link PokeDescriptor}); all else is the same.
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
    private final PokeDescriptor descriptor;
    private final PokeVector vector;

    private TextPokeBpBatch(
            ProtocolBuilder b, Set<Phase> syncs, PokeDescriptor descriptor, PokeVector.Emulated emulated) {
        this.b = b;
        this.syncs = syncs;
        this.descriptor = descriptor;
        vector = new PokeVector(b, "tp_vec", b.sites().size(), emulated, false);
    }

    static List<CatalogEntry> entries() {
        String functions = "arch/x86/kernel/alternative.c, text_poke_bp_batch and poke_int3_handler";
        String source = "Linux 6.0 to 6.15, " + functions;
        List<CatalogEntry> all = new ArrayList<>();
        all.add(new CatalogEntry(
                "text_poke_bp_batch",
                "",
                source,
                "INT3 at every site, tails, heads, with a synchronisation of all CPUs behind each; the handler emulates",
                b -> since60(b, EnumSet.allOf(Phase.class)).record()));
        for (Phase left : Phase.values()) {
            int number = left.ordinal() + 1;
            Set<Phase> rest = EnumSet.complementOf(EnumSet.of(left));
            all.add(new CatalogEntry(
                    "text_poke_bp_batch",
                    "no-sync" + number,
                    source + "; synchronisation " + number + " of 3 left out",
                    "as text_poke_bp_batch, without synchronisation " + number + " of 3",
                    b -> since60(b, rest).record()));
        }
        all.add(earlier(
                "vec-first",
                "Linux before 285a54efe386 (2019), from c0213b0ac03c on, " + functions,
                "as text_poke_bp_batch, but the vector is set to NULL first, then the count to 0",
                b -> new PokeDescriptor.Global(b, false)));
        all.add(earlier(
                "count-first",
                "285a54efe386 (2019), " + functions,
                "as text_poke_bp_batch, but the count is set to 0, all CPUs synchronise, then the vector is set to NULL",
                b -> new PokeDescriptor.Global(b, true)));
        all.add(earlier(
                "stack-desc",
                "Linux 5.6 to 5.19, from 1f676247f36a on, " + functions,
                "as text_poke_bp_batch, but the descriptor is on the patcher's stack, published by a pointer to it",
                PokeDescriptor.OnStack::new));
        return all;
    }

    private static CatalogEntry earlier(
            String variant, String source, String summary, Function<ProtocolBuilder, PokeDescriptor> descriptor) {
        return new CatalogEntry(
                "text_poke_bp_batch",
                variant,
                source,
                summary,
                b -> new TextPokeBpBatch(
                                b, EnumSet.allOf(Phase.class), descriptor.apply(b), PokeVector.Emulated.CALLS_AND_JUMPS)
                        .record());
    }

    private static TextPokeBpBatch since60(ProtocolBuilder b, Set<Phase> syncs) {
        return new TextPokeBpBatch(b, syncs, new PokeDescriptor.Static(b), PokeVector.Emulated.RETURNS);
    }

    private void record() {
        b.patcher(r -> SharedSteps.bringEach(r, b, v -> batch(r, v)));
        b.breakpoint(this::handler);
    }

    private void batch(Recorder r, int v) {
        String n = v == 1 ? "" : Integer.toString(v);
        for (Site site : b.sites()) {
            r.call(
                    "queue" + n + "." + site.name(),
                    "text_poke_loc_init(" + site.name() + ")",
                    () -> vector.set(r, Expr.of(site.index()), site, v));
        }
        descriptor.publish(r, n, Expr.of(b.sites().size()));
        r.note("First step: add a INT3 trap to the address that will be patched");
        for (Site site : b.sites()) {
            r.textPoke(SharedSteps.at("int3", site, v), site, 0, SharedSteps.INT3);
        }
        sync(r, "sync1" + n, Phase.AFTER_INT3);
        r.note("Second step: update all but the first byte of the patched range");
        boolean tails = false;
        for (Site site : b.sites()) {
            if (site.length() > 1) {
                r.textPoke(SharedSteps.at("tail", site, v), site, 1, SharedSteps.tail(site, v));
                tails = true;
            }
        }
        if (tails) {
            sync(r, "sync2" + n, Phase.AFTER_TAIL);
        }
        r.note("Third step: replace the first byte (INT3) by the first byte of the new instruction");
        boolean heads = false;
        for (Site site : b.sites()) {
            if (SharedSteps.head(site, v) != SharedSteps.INT3) {
                r.textPoke(SharedSteps.at("head", site, v), site, 0, SharedSteps.head(site, v));
                heads = true;
            }
        }
        if (heads) {
            sync(r, "sync3" + n, Phase.AFTER_HEAD);
        }
        descriptor.unpublish(r, n);
    }

    private void sync(Recorder r, String label, Phase phase) {
        if (syncs.contains(phase)) {
            r.syncEachCpu(label, Sync.IRET);
        }
    }

    private void handler(Recorder r) {
        Local num = r.local("num", 0, b.sites().size());
        descriptor.get(r, num);
        vector.handle(r, num, () -> descriptor.count(r, num), end -> descriptor.put(r, end));
    }
}
