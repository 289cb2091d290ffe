// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.search;

import java.util.Optional;

/**
 * How the runs of a sample ended. A sample without a finding is evidence, and no more: report it with its number of runs, the
 * scheduler and its seed.
 *
 * @param runs the runs made; the last of them is the one of the finding
 * @param steps the steps of all runs
 * @param complete runs that ended in a complete state
 * @param cutOff runs that ended at the bound of steps or at the end of a schedule
 * @param reason what the budget gave as its reason, or which table of the system was full; empty if neither ended the sample
 * @param finding the first incident or deadlock
 */
public record SampleResult(
        long runs, long steps, long complete, long cutOff, String reason, Optional<Finding> finding) {}
