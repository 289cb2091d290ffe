// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz;

/** What one protocol got in a session, and what came of it. */
public final class Account {
    private final String protocol;
    final int share;
    long complete;
    long violating;
    long cutOff;
    long steps;
    long nanos;
    long states;
    long lastNewNanos;
    long refused;
    long expected;
    long beyond;
    long found;
    /** The violations whose cause was looked for. */
    long explained;

    boolean changed;

    Account(String protocol, int share) {
        this.protocol = protocol;
        this.share = share;
    }

    /** The protocol's full name. */
    public String protocol() {
        return protocol;
    }

    /** Runs at whose end all were done. */
    public long complete() {
        return complete;
    }

    /** Runs that ended in a violation. */
    public long violating() {
        return violating;
    }

    /** Runs that ended at the bound of steps. */
    public long cutOff() {
        return cutOff;
    }

    /** All runs. */
    public long runs() {
        return complete + violating + cutOff;
    }

    /** The steps that these runs made. */
    public long steps() {
        return steps;
    }

    /** Abstract states met, in all scenarios. */
    public long states() {
        return states;
    }

    /** Inputs that chose a scenario which the protocol does not accept. */
    public long refused() {
        return refused;
    }

    /** Whether anything has changed since this was asked. */
    boolean takeChange() {
        boolean has = changed;
        changed = false;
        return has;
    }

    /** The account in figures; times in milliseconds since the start, and spent. */
    String figures() {
        return "schedules=" + complete + " violating=" + violating + " cut=" + cutOff + " states=" + states
                + " lastnew="
                + lastNewNanos / 1_000_000 + " expected=" + expected + " refused=" + refused + " beyond=" + beyond
                + " new=" + found + " nanos=" + nanos;
    }
}
