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
import java.util.List;

/**
 * Static keys: a count of enablers, and text that must agree with it when a call returns. The text of all sites is written by one store each, with a
 * synchronisation of all CPUs behind; under {@code split=word}, {@code chunk=8} that is beyond doubt, so that only the counting is at stake.
 *
 * <p>Four times the counting was wrong, {@link Kernel}; each has its users, {@link Users}, two threads that enable and disable. A WARN_ON of the
 * source warns and goes on, so it is a comment here.
 */
final class StaticKey {
    /** kernel/jump_label.c, by the commit that ended each. */
    private enum Kernel {
        /** The count is 1 before the text is patched. */
        V0("v0", "Linux before 4c5ea0a9cd02 (2016)"),
        /** The count is -1 while the text is patched, and whoever disables decrements 0 and -1, too. */
        V1("v1", "Linux before 83ab38ef0a0b (2024)"),
        /** {@code if (atomic_cmpxchg(&key->enabled, 1, 0))} is true for 2, too. */
        V2("v2", "Linux before 224fa3552029 (2024)"),
        /** Not 1 under the lock, then 1 again and no retry. */
        V3("v3", "Linux before 1d7f856c2ca4 (2024)"),
        /** Decrement and test, under the lock. */
        V4("", "Linux 6.12");

        private final String name;
        private final String source;

        Kernel(String name, String source) {
            this.name = name;
            this.source = source;
        }
    }

    /** What two threads do. */
    private enum Users {
        /** The key is off; both enable it. */
        ENABLE_TWICE("enable-twice", "two threads enable a key that is off", CatalogEntry.COMMON_SITES, false),
        /** The key is on; both disable it, one too many; then one enables it. */
        DISABLE_TWICE(
                "disable-twice",
                "two threads disable a key that one enabled; one enables it again",
                "jmp32->nop5->jmp32",
                true),
        /** The key is off; one enables it; the other sees that it is on and disables it. */
        DISABLE_EARLY(
                "disable-early",
                "one thread enables, another finds the key enabled and disables it",
                "nop5->jmp32->nop5",
                false),
        /** The key is on, held by one, who disables; the other enables and disables. */
        DISABLE_IN_USE("disable-in-use", "one thread disables while another enables and disables", "jmp32->nop5", true);

        private final String name;
        private final String summary;
        private final String sites;
        private final boolean onAtFirst;

        Users(String name, String summary, String sites, boolean onAtFirst) {
            this.name = name;
            this.summary = summary;
            this.sites = sites;
            this.onAtFirst = onAtFirst;
        }
    }

    private final ProtocolBuilder b;
    private final Kernel kernel;
    private final Users users;
    private final Shared enabled;
    private final Shared mutex;
    private final Shared returned;

    private StaticKey(ProtocolBuilder b, Kernel kernel, Users users) {
        if (b.setting().cpus() < 2) {
            throw new IllegalArgumentException("static_key has two users; give it two CPUs or more");
        }
        this.b = b;
        this.kernel = kernel;
        this.users = users;
        enabled = b.shared("key.enabled", users.onAtFirst ? 1 : 0, -2, 2);
        mutex = b.shared("jump_label_mutex", 0, 0, 1);
        returned = b.shared("returned", 0, 0, 2);
    }

    static List<CatalogEntry> entries() {
        return List.of(
                entry(Kernel.V0, Users.ENABLE_TWICE),
                entry(Kernel.V1, Users.DISABLE_TWICE),
                entry(Kernel.V1, Users.DISABLE_EARLY),
                entry(Kernel.V2, Users.DISABLE_IN_USE),
                entry(Kernel.V3, Users.DISABLE_IN_USE),
                entry(Kernel.V4, Users.ENABLE_TWICE),
                entry(Kernel.V4, Users.DISABLE_TWICE),
                entry(Kernel.V4, Users.DISABLE_EARLY),
                entry(Kernel.V4, Users.DISABLE_IN_USE));
    }

    private static CatalogEntry entry(Kernel kernel, Users users) {
        return new CatalogEntry(
                "static_key",
                variant(kernel, users),
                kernel.source + ", kernel/jump_label.c, static_key_slow_inc and static_key_slow_dec",
                users.summary,
                users.sites,
                b -> new StaticKey(b, kernel, users).record());
    }

    private static String variant(Kernel kernel, Users users) {
        return users.name + (kernel.name.isEmpty() ? "" : "-" + kernel.name);
    }

    private void record() {
        switch (users) {
            case ENABLE_TWICE -> {
                b.thread(0, this::enable);
                b.thread(1, this::enable);
            }
            case DISABLE_TWICE -> {
                b.thread(0, this::disableAndEnable);
                b.thread(1, r -> {
                    slowDec(r, "dec");
                    r.rmw("returned", returned.cell(), RmwOp.ADD, Expr.of(1));
                });
            }
            case DISABLE_EARLY -> disableEarly();
            case DISABLE_IN_USE -> {
                b.thread(0, r -> {
                    SharedSteps.begin(r, b.sites(), 1);
                    slowDec(r, "dec");
                    lastOneReturns(r, 1);
                });
                b.thread(1, r -> {
                    slowInc(r, "inc");
                    slowDec(r, "dec");
                    lastOneReturns(r, 1);
                });
            }
        }
    }

    private void disableEarly() {
        b.thread(0, r -> {
            SharedSteps.begin(r, b.sites(), 1);
            slowInc(r, "inc");
            use(r);
            lastOneReturns(r, 2);
        });
        b.thread(1, r -> {
            r.await("static_key_enabled", enabled.value().ne(0));
            beginIfThere(r, 2);
            slowDec(r, "dec");
            lastOneReturns(r, 2);
        });
    }

    // ---- the users

    private void enable(Recorder r) {
        SharedSteps.begin(r, b.sites(), 1);
        slowInc(r, "inc");
        SharedSteps.end(r, b.sites(), 1);
        use(r);
    }

    private void use(Recorder r) {
        for (Site site : b.sites()) {
            r.execute("use." + site.name(), site);
        }
    }

    private void disableAndEnable(Recorder r) {
        SharedSteps.begin(r, b.sites(), 1);
        slowDec(r, "dec");
        r.await("both", returned.value().eq(1));
        SharedSteps.end(r, b.sites(), 1);
        beginIfThere(r, 2);
        slowInc(r, "inc");
        endIfThere(r, 2);
    }

    /** Once both have returned, the text must be what the count of 0 says. */
    private void lastOneReturns(Recorder r, int version) {
        Local before = r.local("before", 0, 1);
        r.rmw("returned", returned.cell(), RmwOp.ADD, Expr.of(1), before);
        r.ifThen(before.value().eq(1), () -> endIfThere(r, version));
    }

    private void beginIfThere(Recorder r, int version) {
        if (version < b.setting().versions()) {
            SharedSteps.begin(r, b.sites(), version);
        }
    }

    private void endIfThere(Recorder r, int version) {
        if (version < b.setting().versions()) {
            SharedSteps.end(r, b.sites(), version);
        }
    }

    // ---- kernel/jump_label.c

    private void slowInc(Recorder r, String label) {
        r.call(label, "static_key_slow_inc(&key)", () -> {
            Local old = r.local("old", -2, 2);
            if (kernel == Kernel.V0) {
                r.rmw("inc_not_zero", enabled.cell(), RmwOp.ADD_UNLESS_ZERO, Expr.of(1), old);
                r.ifThen(old.value().ne(0), r::leave);
                lock(r);
                r.rmw("inc_return", enabled.cell(), RmwOp.ADD, Expr.of(1), old);
                r.ifThen(old.value().eq(0), () -> update(r));
                unlock(r);
                return;
            }
            r.note("static_key_fast_inc_not_disabled()");
            countWhile(r, old, 1, old.value().gt(Expr.of(0)));
            lock(r);
            r.load("read_locked", old, enabled);
            r.ifElse(
                    old.value().eq(0),
                    () -> {
                        r.store("in_progress", enabled, Expr.of(-1));
                        update(r);
                        r.storeRelease("set1", enabled, Expr.of(1));
                    },
                    () -> r.rmw("inc", enabled.cell(), RmwOp.ADD, Expr.of(1)));
            unlock(r);
        });
    }

    private void slowDec(Recorder r, String label) {
        r.call(label, "static_key_slow_dec(&key)", () -> {
            Local old = r.local("val", -2, 2);
            Local done = r.local("done", 0, 1);
            switch (kernel) {
                case V0, V1 -> {
                    r.note("atomic_fetch_add_unless(&key->enabled, -1, 1)");
                    countWhile(r, old, -1, old.value().ne(1));
                    lock(r);
                    decAndTest(r, old);
                    unlock(r);
                }
                case V2, V3 -> {
                    tryDec(r, old);
                    lock(r);
                    r.compareExchange("cmpxchg10", enabled.cell(), Expr.of(1), Expr.of(0), done);
                    Expr taken = done.value().eq(1);
                    if (kernel == Kernel.V2) {
                        r.ifThen(done.value().eq(0), () -> r.load("cmpxchg10.old", old, enabled));
                        taken = taken.or(old.value().ne(0));
                    }
                    r.ifElse(
                            taken,
                            () -> update(r),
                            () -> r.call("warn", "WARN_ON_ONCE(!static_key_slow_try_dec(&key))", () -> tryDec(r, old)));
                    unlock(r);
                }
                case V4 -> {
                    r.note("static_key_dec_not_one(); 0 is one too many: it warns, and counts as done");
                    countWhile(r, old, -1, old.value().gt(Expr.of(1)));
                    r.ifThen(old.value().eq(0), r::leave);
                    lock(r);
                    r.load("read_locked", old, enabled);
                    r.ifThen(old.value().gt(Expr.of(0)), () -> decAndTest(r, old));
                    unlock(r);
                }
            }
        });
    }

    private void tryDec(Recorder r, Local old) {
        r.note("static_key_slow_try_dec()");
        countWhile(r, old, -1, old.value().gt(Expr.of(1)));
    }

    /** Adds to the count as long as a condition on it holds, and leaves the function once that has succeeded. */
    private void countWhile(Recorder r, Local old, int delta, Expr condition) {
        Local done = r.local("success", 0, 1);
        r.load("read", old, enabled);
        r.whileTrue(condition, () -> {
            r.compareExchange(
                    "cmpxchg", enabled.cell(), old.value(), old.value().plus(delta), done);
            r.ifThen(done.value().eq(1), r::leave);
            r.load("read_again", old, enabled);
        });
    }

    private void decAndTest(Recorder r, Local old) {
        r.rmw("dec_and_test", enabled.cell(), RmwOp.ADD, Expr.of(-1), old);
        r.ifThen(old.value().eq(1), () -> update(r));
    }

    private void lock(Recorder r) {
        r.awaitExchange("lock", mutex.cell(), Expr.of(0), Expr.of(1));
    }

    private void unlock(Recorder r) {
        r.storeRelease("unlock", mutex, Expr.of(0));
    }

    /** Writes what the count says: on if it is not 0. */
    private void update(Recorder r) {
        r.call("update", "jump_label_update(&key)", () -> {
            int on = users.onAtFirst ? 0 : 1;
            Local count = r.local("count", -2, 2);
            r.load("static_key_enabled", count, enabled);
            r.ifElse(count.value().ne(0), () -> transform(r, "jmp", on), () -> transform(r, "nop", 1 - on));
            r.syncEachCpu("text_poke_sync", Sync.IRET);
        });
    }

    private void transform(Recorder r, String label, int version) {
        for (Site site : b.sites()) {
            r.textPoke(label + "." + site.name(), site, 0, site.bytes(version));
        }
    }
}
