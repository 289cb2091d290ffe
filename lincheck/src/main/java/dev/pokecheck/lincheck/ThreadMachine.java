// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.lincheck;

import dev.pokecheck.text.Site;
import java.util.ArrayList;
import java.util.List;

/**
 * Executes a recorded protocol on JVM threads, one a CPU: what the rules of this package say.
 *
 * <p>Each operation belongs to a CPU and runs on the thread that calls it; operations of one CPU must not overlap. While it waits, that
 * thread also runs CPUs that have no operation, as far as the others need them: they serve their IPIs and NMIs and take part in stop_machine.
 * If nothing can ever change again, the waiting threads sleep for ever.
 */
public final class ThreadMachine {
    /** The result of an operation that ended because something went wrong on another CPU. */
    public static final String HALTED = "halted";

    private final Signals signals;
    private final Doorbell doorbell;
    private final ThreadCpu[] cpus;

    /** A machine at rest: version 0 at every site. */
    public ThreadMachine(Program program) {
        SharedWords words = program.newWords();
        signals = new Signals(words, program.firstSignal(), program.cpus());
        doorbell = signals.doorbell();
        List<CodeMemory> text = new ArrayList<>();
        for (Site site : program.sites()) {
            text.add(new CodeMemory(site.bytes(0)));
        }
        cpus = new ThreadCpu[program.cpus()];
        for (int cpu = 0; cpu < cpus.length; cpu++) {
            cpus[cpu] = new ThreadCpu(cpu, program, words, signals, text);
        }
    }

    /**
     * CPU 0 brings a version to all sites.
     *
     * @param version 1 in the first call, 2 in the second, and so on
     * @return {@code patched}, or the name of the property that was violated, or {@link #HALTED}
     */
    public String patch(int version) {
        claim(0);
        cpus[0].beginPatch(version);
        return run(0);
    }

    /**
     * A CPU executes a site.
     *
     * @param cpu its number, not 0
     * @param site the number of the site
     * @return {@code v0}, {@code v1}, …: the version whose effect it had ({@link Program#versionClass}); or the name of the property that was
     *     violated, or {@link #HALTED}
     */
    public String execute(int cpu, int site) {
        claim(cpu);
        cpus[cpu].beginExecution(site);
        return run(cpu);
    }

    /**
     * A CPU sees the bytes of a site now; its next fetch from the site uses what it saw, unless it serializes before that.
     *
     * @return {@code prefetched}
     */
    public String prefetch(int cpu, int site) {
        claim(cpu);
        cpus[cpu].prefetch(site);
        ring(signals.release(cpu));
        return "prefetched";
    }

    private String run(int cpu) {
        ThreadCpu own = cpus[cpu];
        while (true) {
            Outcome outcome = own.step();
            if (own.mustRing()) {
                doorbell.ring();
            }
            if (outcome == Outcome.BLOCKED) {
                int seen = own.seen();
                if (!help(cpu)) {
                    doorbell.await(seen);
                }
            } else if (outcome != Outcome.RAN) {
                ring(signals.release(cpu));
                return own.takeResult(outcome);
            }
        }
    }

    /** Runs the CPUs that have no operation; returns whether any of them could do something. */
    private boolean help(int helper) {
        boolean helped = false;
        for (int cpu = 0; cpu < cpus.length; cpu++) {
            if (cpu != helper && signals.claimForHelp(cpu)) {
                helped |= runIdle(cpus[cpu], cpus[helper]);
                ring(signals.releaseHelped(cpu));
            }
        }
        return helped;
    }

    private boolean runIdle(ThreadCpu idle, ThreadCpu helper) {
        boolean ran = false;
        Outcome outcome = idle.step();
        while (outcome == Outcome.RAN) {
            ran = true;
            ring(idle.mustRing());
            outcome = idle.step();
        }
        if (outcome == Outcome.HALTED) {
            ring(idle.mustRing());
            helper.inherit(idle);
        }
        return ran || outcome == Outcome.HALTED;
    }

    private void claim(int cpu) {
        int seen = signals.changes();
        while (!signals.claim(cpu)) {
            doorbell.await(seen);
            seen = signals.changes();
        }
    }

    private void ring(boolean needed) {
        if (needed) {
            doorbell.ring();
        }
    }
}
