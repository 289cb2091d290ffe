// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

import dev.pokecheck.insn.Kind;
import dev.pokecheck.protocol.Setting.InterruptWork;
import dev.pokecheck.protocol.Setting.ThreadWork;
import dev.pokecheck.text.Site;
import java.util.function.Consumer;

/** What the CPUs do besides patching, as the setting names it. */
final class Workloads {
    /** As many as a scenario may send to a CPU; each takes one ticket. */
    private static final int MOST_NMIS = 7;

    private final ProtocolBuilder builder;

    Workloads(ProtocolBuilder builder) {
        this.builder = builder;
    }

    /**
     * Checks that a setting has what its work needs, whatever the protocol.
     *
     * @throws IllegalArgumentException with what is missing
     */
    static void check(Setting setting) {
        InterruptWork work = setting.nmiWork();
        if ((work == InterruptWork.PAIR || work == InterruptWork.TICKET)
                && setting.sites().size() < 2) {
            throw new IllegalArgumentException("nmi-work=" + work.text()
                    + " takes a lock through site0 and releases it through site1; give two sites");
        }
    }

    void record() {
        Setting setting = builder.setting();
        if (setting.thread() != ThreadWork.NONE) {
            for (int cpu = 1; cpu < setting.cpus(); cpu++) {
                builder.thread(cpu, this::loop);
            }
        }
        switch (setting.nmiWork()) {
            case NONE -> {
                // The handler of the protocol, if any, is all.
            }
            case SITE -> builder.nmi(this::executeAll);
            case LOCK -> builder.nmi(lockWork());
            case PAIR -> builder.nmi(pairWork(false));
            case TICKET -> builder.nmi(pairWork(true));
        }
        if (setting.irqs()) {
            builder.irq(this::executeAll);
        }
        if (setting.mcs()) {
            builder.machineCheck(setting.nmiWork() == InterruptWork.LOCK ? this::executeFirst : this::executeAll);
        }
    }

    private void loop(Recorder r) {
        r.forever(() -> {
            r.rest();
            executeAll(r);
            if (builder.setting().thread() == ThreadWork.FOREIGN) {
                r.foreignInt3("int3.foreign");
            }
        });
    }

    private void executeAll(Recorder r) {
        r.pathBegin();
        for (Site site : builder.sites()) {
            for (int entry : site.entries()) {
                r.execute("exec." + site.name() + (entry == 0 ? "" : "+" + entry), site, entry);
            }
        }
    }

    private void executeFirst(Recorder r) {
        r.pathBegin();
        r.execute("exec." + builder.sites().get(0).name(), builder.sites().get(0));
    }

    /**
     * Takes a lock and releases it. If a version of the first site is an inlined unlock, then all its versions are the unlock
     * operation, called or inlined; else the site lies inside the critical section and a plain store releases the lock.
     */
    private Consumer<Recorder> lockWork() {
        Site site = builder.sites().get(0);
        Shared lock = builder.shared("lock", 0, 0, 1);
        boolean unlocks = isUnlock(site);
        if (unlocks) {
            builder.unlockBy(site, new Effect(lock.cell(), 0));
        }
        return r -> {
            r.pathBegin();
            r.awaitExchange("spin_lock", lock.cell(), Expr.of(0), Expr.of(1));
            r.execute(unlocks ? "spin_unlock" : "exec." + site.name(), site);
            if (!unlocks) {
                r.storeRelease("spin_unlock", lock.cell(), Expr.of(0));
            }
        };
    }

    /**
     * Takes a lock through the first site and releases it through the second. In memory the lock is what it was in Linux: a word of two bytes, of which the
     * first is the byte that a queued spinlock sets and clears, and the ticket now served of a ticket spinlock (until 4.2); the second is the next
     * ticket. A queued lock leaves it 0.
     *
     * @param tickets whether all but the first versions are the operations of the ticket lock
     */
    private Consumer<Recorder> pairWork(boolean tickets) {
        Site lock = builder.sites().get(0);
        Site unlock = builder.sites().get(1);
        int most = 1 + MOST_NMIS * builder.setting().cpus();
        Shared head = builder.shared("lock.head", 0, 0, most);
        Shared tail = builder.shared("lock.tail", 0, 0, most);
        Shared inside = builder.shared("lock.inside", 0, 0, 1);
        int versions = builder.setting().versions();
        return r -> {
            Local version = r.local("version", 0, versions - 1);
            Local ticket = r.local("ticket", 0, most);
            Runnable setByte = () -> r.awaitExchange("spin_lock.byte", head.cell(), Expr.of(0), Expr.of(1));
            Runnable clearByte = () -> r.storeRelease("spin_unlock.byte", head, Expr.of(0));
            r.pathBegin();
            r.execute("spin_lock", lock, version);
            choose(r, tickets, version, setByte, () -> {
                r.rmw("spin_lock.ticket", tail.cell(), RmwOp.ADD, Expr.of(1), ticket);
                r.await("spin_lock.turn", head.value().eq(ticket.value()));
            });
            r.bugOn("exclusive", inside.value().ne(0), "two contexts hold the lock");
            r.store("enter", inside, Expr.of(1));
            r.execute("spin_unlock", unlock, version);
            r.store("leave", inside, Expr.of(0));
            choose(r, tickets, version, clearByte, () -> {
                r.load("spin_unlock.head", ticket, head);
                r.storeRelease("spin_unlock.next", head, ticket.value().plus(1));
            });
        };
    }

    private static void choose(Recorder r, boolean tickets, Local version, Runnable first, Runnable later) {
        if (tickets) {
            r.ifElse(version.value().eq(0), first, later);
        } else {
            first.run();
        }
    }

    /** Whether a version begins with {@code movb $0,(%rdi)}, the native queued_spin_unlock that the kernel inlines. */
    private static boolean isUnlock(Site site) {
        for (int v = 0; v < site.versions(); v++) {
            if (site.instruction(v, 0).kind() == Kind.INLINE
                    && site.length() >= 3
                    && site.at(v, 0) == (byte) 0xc6
                    && site.at(v, 1) == 0x07
                    && site.at(v, 2) == 0) {
                return true;
            }
        }
        return false;
    }
}
