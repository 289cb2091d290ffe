// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.session;

import java.util.Locale;

/** Says now and then how far a session is: on a terminal every few seconds, elsewhere twice a minute. */
final class Progress {
    private static final long FIRST_SECONDS = 10;
    private static final long NEXT_SECONDS = 30;

    private final SessionClock clock;
    private final long every;
    private final long start;
    private long next;

    Progress(SessionClock clock, boolean terminal, long sessionSeconds) {
        this.clock = clock;
        every = (terminal ? Math.max(2, Math.min(NEXT_SECONDS, sessionSeconds / 20)) : NEXT_SECONDS) * Times.SECOND;
        start = clock.nanos();
        next = start + (terminal ? 0 : FIRST_SECONDS * Times.SECOND);
    }

    /** Whether it is time for a line; the next is due some time after it. */
    boolean isDue() {
        long now = clock.nanos();
        if (now < next) {
            return false;
        }
        next = now + every;
        return true;
    }

    /** How far it is. */
    String line(TargetReport report, Tally tally, Minimising minimising) {
        TargetFigures figures = report.figures();
        String states = report.target().hasProtocols() ? figures.most("states") + " abstract states  " : "";
        return String.format(
                Locale.ROOT,
                "%s  %s  %d executions, %.0f/s  %s%d new, %d beyond, %d known%s",
                Times.clock(clock.nanos() - start),
                report.target().text(),
                figures.sum("runs"),
                figures.sum("runs") * 1e9 / Math.max(1, figures.sum("nanos")),
                states,
                tally.news().size(),
                tally.beyond(),
                tally.known() + tally.knownInputs(),
                minimising.waiting() == 0 ? "" : ", " + minimising.waiting() + " to be minimised");
    }
}
