// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.sequence;

import dev.pokecheck.fuzz.claim.Schedules;
import dev.pokecheck.fuzz.sequence.SequenceRun.Outcome;
import dev.pokecheck.machine.ActionList;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.property.Incident;
import dev.pokecheck.property.Incidents;
import dev.pokecheck.property.Level;
import dev.pokecheck.property.Property;
import dev.pokecheck.schedule.Scheduler;
import dev.pokecheck.schedule.Walk;
import dev.pokecheck.view.StateView;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A machine that is kept, the reference that listens to it, and their comparison. */
final class SequenceLane {
    /** Several times the longest run seen, which has 700. */
    private static final int STEPS = 4000;

    private static final long STOP_ON = Incidents.forbiddenAt(Level.REGULAR);
    private static final long TORN = Incident.TORN.bit()
            | Incident.MIXED.bit()
            | Incident.MID_INSTRUCTION.bit()
            | Incident.LOST_CALL.bit()
            | Incident.WRONG_TARGET.bit();

    private final SequenceCase what;
    private final Machine machine;
    private final boolean promises;
    private final Reference reference;
    private final StepNames names;
    private final Guide guide;
    private final long kind;
    private final Predicate<HeardStep> heard;
    private final Preemptions schedule;
    private final Walk walk;
    /** The shared part of the last final state that held the wanted text: what memory holds is in it, and nowhere else. */
    private final long[] checked;

    private boolean anyChecked;

    /**
     * A lane.
     *
     * @param guide what the fuzzer is told of runs
     * @param heard which steps the reference hears; all, unless a fault is planted
     */
    SequenceLane(SequenceCase what, Machine machine, Guide guide, Predicate<HeardStep> heard) {
        this.what = what;
        this.machine = machine;
        this.guide = guide;
        this.heard = heard;
        kind = what.kind();
        promises = what.promises(machine);
        reference = new Reference(what.chains());
        names = new StepNames(machine);
        schedule = new Preemptions(machine);
        walk = new Walk(machine, new Walk.Limits(STOP_ON, STEPS, true));
        checked = new long[machine.partStarts()[1]];
    }

    /** The steps of the last run. */
    int steps() {
        return walk.steps();
    }

    /** Picks what another scheduler picks, and lets the reference hear it. */
    private final class Listener implements Scheduler {
        private final Scheduler scheduler;
        private final boolean fresh;
        private long @Nullable [] last;

        Listener(Scheduler scheduler, boolean fresh) {
            this.scheduler = scheduler;
            this.fresh = fresh;
        }

        @Override
        public void start(long run) {
            reference.restart();
            scheduler.start(run);
        }

        @Override
        public int pick(long[] state, ActionList enabled) {
            last = state;
            int pick = scheduler.pick(state, enabled);
            if (pick != END) {
                int action = enabled.get(pick);
                HeardStep step = fresh ? names.fresh(state, action) : names.of(state, action);
                if (heard.test(step)) {
                    reference.step(step);
                }
            }
            return pick;
        }
    }

    /**
     * Runs once.
     *
     * @param input the run as an input of its own
     * @param number its number among the runs of an input; in run 0 each name of a step is made anew, and compared with the one remembered
     * @throws AssertionError if the judges differ, or if an engine breaks a promise
     */
    Outcome run(byte[] input, int number) {
        schedule.fill(input, SequenceCase.HEADER);
        Listener listener = new Listener(schedule, number == 0);
        Walk.End end = walk.run(guide.watch(machine, kind, listener), 0);
        guide.tell();
        long incidents = walk.incidents();
        Property property = Schedules.violated(end, incidents, STOP_ON);
        String difference = difference(end, incidents);
        if (difference != null) {
            throw new AssertionError(report(difference, input, number));
        }
        if (property != null) {
            if (promises) {
                String broken = what.engine() + " promises that this does not happen: " + property.text();
                throw new AssertionError(report(broken, input, number));
            }
            return what.isCanary() ? Outcome.CANARY : Outcome.FAULT;
        }
        if (end == Walk.End.STEP_BOUND || listener.last == null || !machine.complete(listener.last)) {
            return Outcome.CUT_OFF;
        }
        checkText(listener.last, input, number);
        return Outcome.PASSED;
    }

    /** In what the two judges differ; null if they agree. */
    private @Nullable String difference(Walk.End end, long incidents) {
        boolean torn = (incidents & TORN) != 0;
        boolean stale = !torn && (incidents & Incident.STALE.bit()) != 0;
        boolean other = end == Walk.End.INCIDENT && !torn && !stale;
        Reference.Fault fault = reference.fault();
        // A run that ended for another reason may have ended before the machine came to judge what the reference has.
        boolean agree = fault == null
                ? !torn && !stale
                : switch (fault) {
                    case TORN -> torn || other;
                    case STALE -> stale || other;
                    case EARLY -> false;
                };
        return agree
                ? null
                : "the machine found " + names(incidents) + ", the reference "
                        + (fault == null ? "nothing" : fault.toString());
    }

    /** At the end of a run that passed, the text must be what was asked for. */
    private void checkText(long[] state, byte[] input, int number) {
        if (anyChecked && Arrays.equals(checked, 0, checked.length, state, 0, checked.length)) {
            return;
        }
        StateView view = new StateView(machine, state);
        List<Chain> chains = what.chains();
        for (int s = 0; s < chains.size(); s++) {
            byte[] wanted = chains.get(s).bytes(chains.get(s).versions().size() - 1);
            String memory = view.patches().get(s).memory();
            if (!memory.equals(HexFormat.ofDelimiter(" ").formatHex(wanted))) {
                throw new AssertionError(report("site" + s + " is " + memory + " at the end", input, number));
            }
        }
        System.arraycopy(state, 0, checked, 0, checked.length);
        anyChecked = true;
    }

    private static String names(long incidents) {
        return incidents == 0
                ? "nothing"
                : Incidents.in(incidents).stream().map(Incident::name).collect(Collectors.joining(", "));
    }

    private String report(String problem, byte[] input, int number) {
        StringBuilder text = new StringBuilder(problem).append('\n');
        if (number > 0) {
            text.append("in run ")
                    .append(number)
                    .append(" of the input, which as an input of its own is ")
                    .append(HexFormat.of().formatHex(input))
                    .append('\n');
        }
        text.append(what.engine()).append('\n');
        machine.protocol()
                .setting()
                .sites()
                .forEach(site -> text.append(site.name())
                        .append(" at ")
                        .append(Long.toHexString(site.address()))
                        .append(": ")
                        .append(what.chains().get(site.index()).name())
                        .append('\n'));
        text.append(machine.scenario()).append('\n');
        reference.steps().forEach(step -> text.append("  ").append(step).append('\n'));
        return text.toString();
    }
}
