// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import dev.pokecheck.insn.Sync;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.protocol.RmwOp;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.text.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The breakpoint method of Linux 6.16: one global array, and a reference count on every CPU. A handler takes only the count of its own CPU; the
 * patcher sets all of them to 1, and at the end drops its own reference of each and waits for it to be 0, one CPU after another.
 *
 * <p>{@code smp_text_poke_batch} queues all sites and finishes. {@code smp_text_poke_single} is what users do since 6.16 allows it: they queue
 * some sites, patch another by {@code smp_text_poke_single}, and finish. That one site lies below the queued ones, or, in the variants
 * {@code full}, above them when the array has no room left. In the {@code unchecked} variants it is added to the array without the checks of
 * {@code smp_text_poke_batch_add}. Variant {@code no-wait} leaves the wait for the counts out, of which the source says that it goes unused. In the kernel the array has room for a page of entries; here for all sites, or in the {@code full} variants for
 * one less.
 */
final class SmpTextPokeBatch {
    /** What the patcher does with its sites. */
    private enum Users {
        QUEUE_ALL,
        QUEUE_ALL_AND_NOT_WAIT,
        SINGLE_BELOW,
        SINGLE_WHEN_FULL
    }

    /** The patcher, and a handler in the thread, IRQ, NMI and #MC context of the CPU. */
    private static final int MOST_REFERENCES = 5;

    private final ProtocolBuilder b;
    private final Users users;
    private final boolean singleChecks;
    private final int max;
    private final Shared refs;
    private final Shared entries;
    private final PokeVector vector;

    private SmpTextPokeBatch(ProtocolBuilder b, Users users, boolean singleChecks) {
        this.b = b;
        this.users = users;
        this.singleChecks = singleChecks;
        int sites = b.sites().size();
        max = users == Users.SINGLE_WHEN_FULL ? Math.max(1, sites - 1) : sites;
        refs = b.array("text_poke_array_refs", b.setting().cpus(), 0, 0, MOST_REFERENCES);
        entries = b.shared("text_poke_array.nr_entries", 0, 0, sites);
        vector = new PokeVector(b, "text_poke_array.vec", max, PokeVector.Emulated.CONDITIONAL_JUMPS, true);
    }

    static List<CatalogEntry> entries() {
        String source =
                "Linux 6.16, arch/x86/kernel/alternative.c, smp_text_poke_batch_add, _finish and smp_text_poke_int3_handler";
        List<CatalogEntry> entries = new ArrayList<>();
        entries.addAll(List.of(
                new CatalogEntry(
                        "smp_text_poke_batch",
                        "",
                        source,
                        "as text_poke_bp_batch, with one global array of sites and a reference count on every CPU",
                        b -> new SmpTextPokeBatch(b, Users.QUEUE_ALL, true).record()),
                new CatalogEntry(
                        "smp_text_poke_batch",
                        "no-wait",
                        source + "; the wait for the reference counts left out",
                        "as smp_text_poke_batch, but the patcher drops its references and does not wait for 0",
                        b -> new SmpTextPokeBatch(b, Users.QUEUE_ALL_AND_NOT_WAIT, true).record())));
        entries.addAll(singles());
        return entries;
    }

    private static List<CatalogEntry> singles() {
        String before = "Linux 6.16-rc, from c8976ade0c1b on, before 2aebf5ee43bf, smp_text_poke_single";
        String after = "2aebf5ee43bf (2025), smp_text_poke_single";
        return List.of(
                new CatalogEntry(
                        "smp_text_poke_single",
                        "",
                        after,
                        "the first site is patched by smp_text_poke_single while the others are queued: add, then finish",
                        b -> new SmpTextPokeBatch(b, Users.SINGLE_BELOW, true).record()),
                new CatalogEntry(
                        "smp_text_poke_single",
                        "unchecked",
                        before,
                        "as smp_text_poke_single, but it is added behind higher addresses without flushing them first",
                        b -> new SmpTextPokeBatch(b, Users.SINGLE_BELOW, false).record()),
                new CatalogEntry(
                        "smp_text_poke_single",
                        "full",
                        after,
                        "the last site is patched by smp_text_poke_single while the others fill the array",
                        b -> new SmpTextPokeBatch(b, Users.SINGLE_WHEN_FULL, true).record()),
                new CatalogEntry(
                        "smp_text_poke_single",
                        "full-unchecked",
                        before,
                        "as smp_text_poke_single@full, but it is added to the full array without flushing it first",
                        b -> new SmpTextPokeBatch(b, Users.SINGLE_WHEN_FULL, false).record()));
    }

    private void record() {
        b.patcher(r -> new Patcher(r).record());
        b.breakpoint(this::handler);
    }

    // ---- the patcher

    /** Records the patcher's thread; the functions of the source with the locals that they share. */
    private final class Patcher {
        private final Recorder r;
        private final Local i;
        private final Local nr;
        private final Local last;
        private final Local flush;
        private final Local address;
        private final Local sync;

        Patcher(Recorder r) {
            this.r = r;
            i = r.local("i", 0, max);
            nr = r.local("nr", 0, b.sites().size());
            last = r.local("last", 0, b.maxAddress());
            flush = r.local("flush", 0, 1);
            address = r.local("addr", 0, b.maxAddress());
            sync = r.local("do_sync", 0, 1);
        }

        void record() {
            for (int v = 1; v < b.setting().versions(); v++) {
                String n = v == 1 ? "" : Integer.toString(v);
                List<Site> queued = new ArrayList<>(b.sites());
                if (users == Users.SINGLE_BELOW || users == Users.SINGLE_WHEN_FULL) {
                    Site single = queued.remove(users == Users.SINGLE_BELOW ? 0 : queued.size() - 1);
                    queue(queued, v);
                    single(single, v);
                } else {
                    queue(queued, v);
                }
                finish("apply" + n, v);
            }
        }

        private void queue(List<Site> sites, int v) {
            for (Site site : sites) {
                begin(site, v);
                add(SharedSteps.at("queue", site, v), site, v);
            }
        }

        private void single(Site site, int v) {
            begin(site, v);
            r.call(SharedSteps.at("single", site, v), "smp_text_poke_single(" + site.name() + ")", () -> {
                if (singleChecks) {
                    add("add", site, v);
                } else {
                    append(site, v);
                }
                finish("finish", v);
            });
        }

        private void begin(Site site, int v) {
            r.patchBegin("patch" + v + "." + site.name(), site, v);
        }

        private void add(String label, Site site, int v) {
            r.call(label, "smp_text_poke_batch_add(" + site.name() + ")", () -> {
                r.note("We hard rely on the array being ordered; ensure this is so by flushing early if needed");
                r.load("nr_entries", nr, entries);
                r.assign(flush, nr.value().eq(Expr.named("TEXT_POKE_ARRAY_MAX", max)));
                r.ifThen(nr.value().gt(Expr.of(0)), () -> {
                    r.load("last", last, vector.address(nr.value().minus(1)));
                    r.ifThen(last.value().gt(b.addressOf(site)), () -> r.assign(flush, Expr.of(1)));
                });
                r.ifThen(flush.value(), () -> finish("flush", v));
                append(site, v);
            });
        }

        private void append(Site site, int v) {
            r.call("append", "__smp_text_poke_batch_add(" + site.name() + ")", () -> {
                r.load("nr_entries", nr, entries);
                r.store("inc", entries, nr.value().plus(1));
                vector.set(r, nr.value(), site, v);
            });
        }

        private void finish(String label, int v) {
            r.call(label, "smp_text_poke_batch_finish()", () -> {
                r.load("nr_entries", nr, entries);
                r.ifThen(nr.value().eq(0), r::leave);
                for (int cpu = 0; cpu < b.setting().cpus(); cpu++) {
                    r.storeRelease("refs" + cpu, refs.at(cpu), Expr.of(1));
                }
                r.note("First step: add a INT3 trap to the address that will be patched");
                forEach("int3", v, site -> r.textPoke("int3." + site.name(), site, 0, SharedSteps.INT3));
                r.syncEachCpu("sync1", Sync.IRET);
                r.note("Second step: update all but the first byte of the patched range");
                r.assign(sync, Expr.of(0));
                forEach("tail", v, site -> {
                    if (site.length() > 1) {
                        r.textPoke("tail." + site.name(), site, 1, SharedSteps.tail(site, v));
                        r.assign(sync, Expr.of(1));
                    }
                });
                r.ifThen(sync.value(), () -> r.syncEachCpu("sync2", Sync.IRET));
                r.note("Third step: replace the first byte (INT3) by the first byte of the replacing opcode");
                r.assign(sync, Expr.of(0));
                forEach("head", v, site -> {
                    if (SharedSteps.head(site, v) != SharedSteps.INT3) {
                        r.textPoke("head." + site.name(), site, 0, SharedSteps.head(site, v));
                        r.assign(sync, Expr.of(1));
                    }
                });
                r.ifThen(sync.value(), () -> r.syncEachCpu("sync3", Sync.IRET));
                r.note("Remove and wait for refs to be zero");
                for (int cpu = 0; cpu < b.setting().cpus(); cpu++) {
                    r.rmw("put" + cpu, refs.at(cpu), RmwOp.ADD, Expr.of(-1));
                    if (users != Users.QUEUE_ALL_AND_NOT_WAIT) {
                        r.await("refs0." + cpu, refs.at(cpu).value().eq(0));
                    }
                }
                r.note("They are all completed");
                forEach("done", v, site -> r.patchEnd("patched." + site.name(), site, v));
                r.store("none", entries, Expr.of(0));
            });
        }

        /** For each entry: what is to be done for its site. */
        private void forEach(String label, int v, Consumer<Site> body) {
            r.assign(i, Expr.of(0));
            r.whileTrue(i.value().lt(nr.value()), () -> {
                r.load(label + ".addr", address, vector.address(i.value()));
                for (Site site : b.sites()) {
                    if (v < site.versions()) {
                        r.ifThen(address.value().eq(b.addressOf(site)), () -> body.accept(site));
                    }
                }
                r.assign(i, i.value().plus(1));
            });
        }
    }

    // ---- the handler

    private void handler(Recorder r) {
        Local old = r.local("refs", 0, MOST_REFERENCES);
        Local num = r.local("num", 0, b.sites().size());
        Shared.Cell own = refs.at(Expr.thisCpu());
        r.note("smp_rmb() is implied; try_get_text_poke_array()");
        r.rmw("try_get", own, RmwOp.ADD_UNLESS_ZERO, Expr.of(1), old);
        r.ifThen(old.value().eq(0), () -> r.unhandled("no_array"));
        vector.handle(
                r,
                num,
                () -> r.load("nr_entries", num, entries),
                end -> r.rmw("put" + end, own, RmwOp.ADD, Expr.of(-1)));
    }
}
