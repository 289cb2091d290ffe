// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

import dev.pokecheck.insn.Kind;
import dev.pokecheck.protocol.Setting.InterruptWork;
import dev.pokecheck.protocol.Setting.ThreadWork;
import dev.pokecheck.text.Site;
import java.util.function.Consumer;

/** What the CPUs do besides patching, as the setting names it. */
final class Workloads {
    private final ProtocolBuilder builder;

    Workloads(ProtocolBuilder builder) {
        this.builder = builder;
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
        }
        if (setting.irqs()) {
            builder.irq(this::executeAll);
        }
        if (setting.mcs()) {
            builder.mc(setting.nmiWork() == InterruptWork.LOCK ? this::executeFirst : this::executeAll);
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
            r.execute("exec." + site.name(), site);
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
