// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import dev.pokecheck.insn.Sync;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.protocol.RmwOp;
import dev.pokecheck.protocol.Shared;

/**
 * How the patcher of {@code text_poke_bp_batch} tells the breakpoint handler of the vector, and how it learns that no handler uses it any
 * more. The implementations are those of the years.
 */
interface PokeDescriptor {
    /** The patcher's part in front of the first breakpoint. */
    void publish(Recorder r, String round, Expr count);

    /** The patcher's part when all is written. */
    void unpublish(Recorder r, String round);

    /** The handler's beginning: gets hold of the descriptor, or gives up. */
    void get(Recorder r, Local num);

    /** Loads the number of entries, if that has not been done, and the vector, which may not be NULL then. */
    void count(Recorder r, Local num);

    /** The handler's end; {@code which} end is the rest of the label. */
    void put(Recorder r, String which);

    /** Loads a pointer to the vector, of which the handler reads the first entry next, however many there are. */
    static void loadVec(Recorder r, Shared vec, String name) {
        Local tp = r.local("vec", 0, 1);
        r.load("vec", tp, vec);
        r.bugOn(tp.value().eq(0), "NULL pointer dereference: " + name);
    }

    /** The patcher, and a handler in the thread, IRQ, NMI and #MC context of every CPU. */
    static int references(int cpus) {
        return 1 + 4 * cpus;
    }

    /** A global {@code bp_patching} of vector and count, without a reference count (2019). */
    final class Global implements PokeDescriptor {
        private final Shared vec;
        private final Shared entries;
        private final boolean countFirst;

        /** @param countFirst whether the count is set to 0, and all handlers have ended, before the vector is set to NULL */
        Global(ProtocolBuilder b, boolean countFirst) {
            this.countFirst = countFirst;
            vec = b.shared("bp_patching.vec", 0, 0, 1);
            entries = b.shared("bp_patching.nr_entries", 0, 0, b.sites().size());
        }

        @Override
        public void publish(Recorder r, String round, Expr count) {
            r.store("vec" + round, vec, Expr.named("tp", 1));
            r.store("nr_entries" + round, entries, count);
            r.note("smp_wmb() is implied");
        }

        @Override
        public void unpublish(Recorder r, String round) {
            if (countFirst) {
                r.store("count0" + round, entries, Expr.of(0));
                r.note("This sync_core () call ensures that all INT3 handlers in progress have finished");
                r.syncEachCpu("sync4" + round, Sync.IRET);
            }
            r.store("vec_null" + round, vec, Expr.named("NULL", 0));
            if (!countFirst) {
                r.store("count0" + round, entries, Expr.of(0));
            }
        }

        @Override
        public void get(Recorder r, Local num) {
            r.load("nr_entries", num, entries);
            r.ifThen(num.value().eq(0), () -> r.unhandled("no_entries"));
        }

        @Override
        public void count(Recorder r, Local num) {
            loadVec(r, vec, "bp_patching.vec");
        }

        @Override
        public void put(Recorder r, String which) {
            // There is nothing to give back.
        }
    }

    /** A descriptor with a reference count on the patcher's stack; {@code bp_desc} points to it (1f676247f36a). */
    final class OnStack implements PokeDescriptor {
        private final Shared pointer;
        private final ProtocolBuilder.Obj desc;
        private final Shared vec;
        private final Shared entries;
        private final Shared refs;
        private final int most;

        OnStack(ProtocolBuilder b) {
            most = references(b.setting().cpus());
            pointer = b.shared("bp_desc", 0, 0, 1);
            desc = b.object("desc");
            vec = desc.field("vec", 0, 0, 1);
            entries = desc.field("nr_entries", 0, 0, b.sites().size());
            refs = desc.field("refs", 0, 0, most);
        }

        @Override
        public void publish(Recorder r, String round, Expr count) {
            r.begin("desc" + round, desc);
            r.store("vec" + round, vec, Expr.named("tp", 1));
            r.store("nr_entries" + round, entries, count);
            r.store("refs" + round, refs, Expr.of(1));
            r.storeRelease("publish" + round, pointer, Expr.named("&desc", 1));
        }

        @Override
        public void unpublish(Recorder r, String round) {
            r.note("Remove and synchronize_rcu(), except we have a very primitive refcount based completion");
            r.store("bp_desc_null" + round, pointer, Expr.named("NULL", 0));
            r.rmw("put" + round, refs.cell(), RmwOp.ADD, Expr.of(-1));
            r.await("refs0" + round, refs.value().eq(0));
            r.end("return" + round, desc);
        }

        @Override
        public void get(Recorder r, Local num) {
            Local seen = r.local("desc", 0, 1);
            Local old = r.local("refs", 0, most);
            r.note("try_get_desc()");
            r.load("read_bp_desc", seen, pointer);
            r.ifThen(seen.value().eq(0), () -> r.unhandled("null_desc"));
            r.rmw("try_get_desc", refs.cell(), RmwOp.ADD_UNLESS_ZERO, Expr.of(1), old);
            r.ifThen(old.value().eq(0), () -> r.unhandled("no_desc"));
        }

        @Override
        public void count(Recorder r, Local num) {
            r.load("nr_entries", num, entries);
            loadVec(r, vec, "desc->vec");
        }

        @Override
        public void put(Recorder r, String which) {
            r.rmw("put_desc" + which, refs.cell(), RmwOp.ADD, Expr.of(-1));
        }
    }

    /** One static descriptor, published by its reference count (efd608fa7403). */
    final class Static implements PokeDescriptor {
        private final Shared vec;
        private final Shared entries;
        private final Shared refs;
        private final int most;

        Static(ProtocolBuilder b) {
            most = references(b.setting().cpus());
            vec = b.shared("bp_desc.vec", 0, 0, 1);
            entries = b.shared("bp_desc.nr_entries", 0, 0, b.sites().size());
            refs = b.shared("bp_desc.refs", 0, 0, most);
        }

        @Override
        public void publish(Recorder r, String round, Expr count) {
            r.store("vec" + round, vec, Expr.named("tp", 1));
            r.store("nr_entries" + round, entries, count);
            r.note("refs = 1 publishes the descriptor to handlers of the breakpoints to come");
            r.storeRelease("publish" + round, refs, Expr.of(1));
        }

        @Override
        public void unpublish(Recorder r, String round) {
            r.note("Remove and wait for refs to be zero");
            r.rmw("put" + round, refs.cell(), RmwOp.ADD, Expr.of(-1));
            r.await("refs0" + round, refs.value().eq(0));
        }

        @Override
        public void get(Recorder r, Local num) {
            Local old = r.local("refs", 0, most);
            r.note("smp_rmb() is implied; try_get_desc()");
            r.rmw("try_get_desc", refs.cell(), RmwOp.ADD_UNLESS_ZERO, Expr.of(1), old);
            r.ifThen(old.value().eq(0), () -> r.unhandled("no_desc"));
        }

        @Override
        public void count(Recorder r, Local num) {
            r.load("nr_entries", num, entries);
            loadVec(r, vec, "bp_desc.vec");
        }

        @Override
        public void put(Recorder r, String which) {
            r.rmw("put_desc" + which, refs.cell(), RmwOp.ADD, Expr.of(-1));
        }
    }
}
