// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.lincheck;

import dev.pokecheck.protocol.RmwOp;

/** What CPUs tell each other outside the protocol's own variables: interrupts, stop_machine, who runs a CPU, and that something changed. */
final class Signals {
    /** Stages of stop_machine: nothing; CPUs arrive; functions run; CPUs leave. */
    static final int NOT_STOPPING = 0;

    static final int ARRIVING = 1;
    static final int RUNNING = 2;
    static final int LEAVING = 3;

    /** Where a CPU is in it: not there; arrived, or in its function; through. */
    static final int ABSENT = 0;

    static final int ARRIVED = 1;
    static final int THROUGH = 2;

    private static final int CHANGES = 0;
    private static final int WAITERS = 1;
    private static final int HALTED = 2;
    private static final int STAGE = 3;
    private static final int FUNCTION = 4;
    private static final int STOPPER = 5;
    private static final int PER_CPU = 6;

    private static final int OWNER = 0;
    private static final int SYNC = 1;
    private static final int NMI = 2;
    private static final int STOP_STATE = 3;
    private static final int DEPTH = 4;
    private static final int EACH = 5;

    /** Whether a thread runs a CPU, and whether another is waiting to. */
    private static final int FREE = 0;

    private static final int OWNED = 1;
    private static final int WANTED = 2;

    private final SharedWords words;
    private final int first;
    private final int cpus;

    Signals(SharedWords words, int first, int cpus) {
        this.words = words;
        this.first = first;
        this.cpus = cpus;
    }

    /** How many words they take. */
    static int words(int cpus) {
        return PER_CPU + EACH * cpus;
    }

    Doorbell doorbell() {
        return new Doorbell(words, first + CHANGES, first + WAITERS);
    }

    private int load(int word) {
        return words.load(first + word);
    }

    private static int of(int cpu, int word) {
        return PER_CPU + EACH * cpu + word;
    }

    // ---- changes

    int changes() {
        return load(CHANGES);
    }

    /** Says that something has changed that somebody may be waiting for; it is done before this is called. */
    void changed() {
        words.add(first + CHANGES, 1);
    }

    boolean somebodyWaits() {
        return load(WAITERS) > 0;
    }

    boolean halted() {
        return load(HALTED) != 0;
    }

    void halt() {
        words.store(first + HALTED, 1);
        changed();
    }

    // ---- who runs a CPU

    /** Takes a CPU for its own operation, if no thread runs it; if one does, that one will say when it is done. */
    boolean claim(int cpu) {
        int word = first + of(cpu, OWNER);
        while (true) {
            if (words.compareAndSet(word, FREE, OWNED)) {
                return true;
            }
            int owner = words.load(word);
            if (owner == WANTED || (owner == OWNED && words.compareAndSet(word, OWNED, WANTED))) {
                return false;
            }
        }
    }

    /** Takes a CPU that no thread runs, if it has something to do all the same. */
    boolean claimForHelp(int cpu) {
        boolean work = load(of(cpu, SYNC)) != 0
                || load(of(cpu, NMI)) != 0
                || load(of(cpu, DEPTH)) != 0
                || (load(STAGE) == ARRIVING && load(STOPPER) != cpu);
        return work && words.compareAndSet(first + of(cpu, OWNER), FREE, OWNED);
    }

    /** Gives a CPU back behind its operation; returns whether somebody may be waiting. */
    boolean release(int cpu) {
        words.store(first + of(cpu, OWNER), FREE);
        changed();
        return somebodyWaits();
    }

    /** Gives a CPU back behind help. That is a change only for its own operation, if that has come meanwhile. */
    boolean releaseHelped(int cpu) {
        if (words.exchange(first + of(cpu, OWNER), FREE) == OWNED) {
            return false;
        }
        changed();
        return somebodyWaits();
    }

    /** How many contexts are on top of a CPU's thread. */
    void depth(int cpu, int value) {
        words.store(first + of(cpu, DEPTH), value);
        changed();
    }

    // ---- interrupts

    void requestSync(int from) {
        for (int cpu = 0; cpu < cpus; cpu++) {
            if (cpu != from) {
                words.update(first + of(cpu, SYNC), RmwOp.OR, 1 << from);
            }
        }
        changed();
    }

    /** The CPUs that have asked this one to serialize, as bits. */
    int syncRequests(int cpu) {
        return load(of(cpu, SYNC));
    }

    void acknowledgeSync(int cpu, int requests) {
        words.update(first + of(cpu, SYNC), RmwOp.AND_NOT, requests);
        changed();
    }

    /** Whether every CPU has served a sender's requests. */
    boolean allSynced(int sender) {
        boolean all = true;
        for (int cpu = 0; cpu < cpus; cpu++) {
            all &= (load(of(cpu, SYNC)) >>> sender & 1) == 0;
        }
        return all;
    }

    void sendNmi(int cpu) {
        words.store(first + of(cpu, NMI), 1);
        changed();
    }

    boolean nmiSent(int cpu) {
        return load(of(cpu, NMI)) != 0;
    }

    void takeNmi(int cpu) {
        words.store(first + of(cpu, NMI), 0);
    }

    // ---- stop_machine

    int stage() {
        return load(STAGE);
    }

    /** A CPU calls stop_machine; returns whether no other did first. */
    boolean begin(int cpu) {
        if (!words.compareAndSet(first + STAGE, NOT_STOPPING, LEAVING)) {
            return false;
        }
        words.store(first + STOPPER, cpu);
        stage(ARRIVING);
        return true;
    }

    void stage(int value) {
        words.store(first + STAGE, value);
        changed();
    }

    /** All have arrived: each begins the function whose first step has this number. */
    void run(int function) {
        words.store(first + FUNCTION, function);
        stage(RUNNING);
    }

    int function() {
        return load(FUNCTION);
    }

    int stopper() {
        return load(STOPPER);
    }

    void stopState(int cpu, int value) {
        words.store(first + of(cpu, STOP_STATE), value);
        changed();
    }

    int stopState(int cpu) {
        return load(of(cpu, STOP_STATE));
    }

    /** Whether every CPU but one is at the same place in stop_machine. */
    boolean others(int than, int state) {
        boolean all = true;
        for (int cpu = 0; cpu < cpus; cpu++) {
            all &= cpu == than || load(of(cpu, STOP_STATE)) == state;
        }
        return all;
    }
}
