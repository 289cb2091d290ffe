// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;

/**
 * The numbers of the states of {@code text_poke_late}: those of the RFC, which are the same for each site and each call; numbers that tell the
 * sites of a call apart; or a sequence over all sites of all calls. The kind of a state can be read from its number.
 */
final class LateNumbers {
    /** In which all CPUs acknowledge that NMIs are caught; the RFC has no such state. */
    static final int SYNC_NMI = 3;

    static final int SYNC_0 = 4;
    static final int SYNC_1 = 5;
    static final int SYNC_2 = 6;
    static final int SYNC_DONE = 7;
    static final int DONE = 8;

    /** Numbers of a site, where they tell sites apart; the two low bits say the kind. */
    private static final int OF_SITE = 4;
    /** Numbers of a step of a sequence; the three low bits say the kind. */
    private static final int OF_STEP = 8;

    /** What numbers tell apart. */
    enum Scheme {
        /** The kind alone. */
        KINDS,
        /** The sites of a call. */
        SITES,
        /** All states that there ever are. */
        ALL
    }

    private final Scheme scheme;
    private final int sites;
    private final int calls;

    LateNumbers(Scheme scheme, int sites, int calls) {
        this.scheme = scheme;
        this.sites = sites;
        this.calls = calls;
    }

    /** The SYNC_DONE in which a call begins. */
    int start(int call) {
        return switch (scheme) {
            case KINDS -> SYNC_DONE;
            case SITES -> SYNC_DONE - OF_SITE;
            case ALL -> OF_STEP * step(call) + SYNC_DONE;
        };
    }

    /** The SYNC_NMI of a call. */
    int nmi(int call) {
        return switch (scheme) {
            case KINDS -> SYNC_NMI;
            case SITES -> SYNC_NMI - 1;
            case ALL -> OF_STEP * (step(call) + 1) + SYNC_NMI;
        };
    }

    /** A state of one of the kinds SYNC_0 to SYNC_DONE. */
    int of(int call, int site, int kind) {
        return switch (scheme) {
            case KINDS -> kind;
            case SITES -> kind + OF_SITE * site;
            case ALL -> OF_STEP * (step(call) + 1 + site) + kind;
        };
    }

    /** The state in which a call ends. */
    int done(int call) {
        return switch (scheme) {
            case KINDS -> DONE;
            case SITES -> SYNC_0 + OF_SITE * sites;
            case ALL -> OF_STEP * (step(call) + sites) + DONE;
        };
    }

    /** The steps of the calls before; a call has one for its start and one for each site. */
    private int step(int call) {
        return (call - 1) * (sites + 1);
    }

    /**
     * The least number.
     *
     * @param nmi whether there is a SYNC_NMI
     */
    int min(boolean nmi) {
        int least = Math.min(start(1), of(1, 0, SYNC_0));
        return nmi ? Math.min(least, nmi(1)) : least;
    }

    /** The greatest number. */
    int max() {
        return done(calls);
    }

    /** Whether a number that was read is that of a state of one of the kinds SYNC_NMI to SYNC_DONE. */
    Expr is(Local seen, int kind) {
        return switch (scheme) {
            case KINDS -> seen.value().eq(named(kind));
            case SITES ->
                kind == SYNC_NMI
                        ? seen.value().eq(named(nmi(1)))
                        : seen.value().and(Expr.of(OF_SITE - 1)).eq(Expr.named(name(kind), kind % OF_SITE));
            case ALL -> seen.value().and(Expr.of(OF_STEP - 1)).eq(Expr.named(name(kind), kind));
        };
    }

    /** Whether a number that was read is that of the end of a call. */
    Expr isDone(Local seen) {
        return scheme == Scheme.ALL
                ? seen.value().and(Expr.of(OF_STEP - 1)).eq(Expr.named(name(DONE), DONE % OF_STEP))
                : seen.value().eq(named(done(1)));
    }

    /** A number under the name that the source has for its kind. */
    Expr named(int number) {
        return Expr.named(name(kind(number)), number);
    }

    private int kind(int number) {
        return switch (scheme) {
            case KINDS -> number;
            case SITES -> number == done(1) ? DONE : number == nmi(1) ? SYNC_NMI : SYNC_0 + number % OF_SITE;
            case ALL -> number % OF_STEP == 0 ? DONE : number % OF_STEP;
        };
    }

    /** The name of a kind of states. */
    static String name(int kind) {
        return switch (kind) {
            case SYNC_NMI -> "SYNC_NMI";
            case SYNC_0 -> "SYNC_0";
            case SYNC_1 -> "SYNC_1";
            case SYNC_2 -> "SYNC_2";
            case SYNC_DONE -> "SYNC_DONE";
            default -> "DONE";
        };
    }
}
