// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.verdict;

import dev.pokecheck.explore.search.Finding;
import dev.pokecheck.property.Incident;
import dev.pokecheck.property.Incidents;
import dev.pokecheck.property.Property;

/**
 * A finding in the words of users.
 *
 * @param property what is violated
 * @param what what happened, as a clause
 * @param finding the finding, with its schedule
 */
public record Violation(Property property, String what, Finding finding) {

    /** What a finding on a {@link dev.pokecheck.machine.Machine} means. */
    static Violation of(Finding finding) {
        return switch (finding.kind()) {
            case DEADLOCK -> new Violation(Property.DEADLOCK, "nothing can ever move again", finding);
            case STUCK ->
                new Violation(Property.DEADLOCK, "whatever happens, the run can never be completed any more", finding);
            case LIVELOCK -> new Violation(Property.LIVELOCK, livelock(finding), finding);
            case INCIDENT -> {
                Incident incident = Incidents.first(finding.incident());
                yield new Violation(incident.property(), incident.text(), finding);
            }
        };
    }

    /** The same violation with another schedule that leads to it. */
    public Violation with(int[] schedule) {
        return new Violation(property, what, Finding.with(finding, schedule));
    }

    private static String livelock(Finding finding) {
        Finding.Loop loop = finding.loop().orElseThrow();
        int length = finding.depth() - loop.from();
        String what = "the last " + (length == 1 ? "step" : length + " steps")
                + " can repeat for ever, and no patch or execution completes";
        return loop.missed() ? what + "; some CPU could go on at times, and never does just then" : what;
    }

    /** When it happens, in words. */
    public String when() {
        return switch (depth()) {
            case 0 -> "before the first step";
            case 1 -> "after 1 step";
            default -> "after " + depth() + " steps";
        };
    }

    /** The number of actions of its schedule. */
    public int depth() {
        return finding.depth();
    }
}
