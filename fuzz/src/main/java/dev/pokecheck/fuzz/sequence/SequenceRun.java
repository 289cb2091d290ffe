// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.sequence;

import dev.pokecheck.fuzz.Schedules;
import dev.pokecheck.machine.ActionList;
import dev.pokecheck.machine.Incident;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.StateView;
import dev.pokecheck.property.Level;
import dev.pokecheck.property.Property;
import dev.pokecheck.schedule.Scheduler;
import dev.pokecheck.schedule.Walk;
import dev.pokecheck.text.TableFullException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs inputs and compares the two judges. Machines are kept. */
public final class SequenceRun {
    private static final int STEPS = 4000;
    private static final int KEPT = 128;
    private static final long STOP_ON = Schedules.incidents(Level.REGULAR);
    private static final long TORN = Incident.TORN.bit()
            | Incident.MIXED.bit()
            | Incident.MID_INSTRUCTION.bit()
            | Incident.LOST_CALL.bit()
            | Incident.WRONG_TARGET.bit();

    /** How a run ended. */
    public enum Outcome {
        /** The engine cannot be recorded for the sites. */
        USELESS,
        /** Nothing went wrong. */
        PASSED,
        /** The run was cut off before all was done. */
        CUT_OFF,
        /** Both judges found the same fault, of an engine that promises nothing here. */
        FAULT,
        /** Both judges found the same fault, of the engine that is broken on purpose. */
        CANARY
    }

    private final Map<ByteBuffer, Optional<Machine>> machines = new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Optional<Machine>> eldest) {
            return size() > KEPT;
        }
    };

    /**
     * Runs an input.
     *
     * @throws AssertionError if the judges differ, or if an engine breaks a promise
     */
    public Outcome run(byte[] input) {
        ByteBuffer key = ByteBuffer.wrap(Arrays.copyOf(input, SequenceCase.HEADER));
        SequenceCase what = new SequenceCase(key.array());
        Optional<Machine> kept = machines.get(key);
        if (kept == null) {
            kept = build(what);
            machines.put(key, kept);
        }
        try {
            return kept.map(machine -> run(what, machine, input)).orElse(Outcome.USELESS);
        } catch (TableFullException e) {
            // All runs of this machine together were too many for its tables; the next run gets a machine with empty
            // ones.
            machines.remove(key);
            return Outcome.CUT_OFF;
        }
    }

    private static Optional<Machine> build(SequenceCase what) {
        try {
            return Optional.of(what.machine());
        } catch (IllegalArgumentException e) {
            // Not every engine takes every site; that is a property of the pair.
            return Optional.empty();
        }
    }

    private static Outcome run(SequenceCase what, Machine machine, byte[] input) {
        Reference reference = new Reference(what.chains());
        Scheduler bytes = Schedules.bytesThenFair(machine, input, SequenceCase.HEADER);
        long[][] last = new long[1][];
        Scheduler heard = new Scheduler() {
            @Override
            public void start(long run) {
                bytes.start(run);
            }

            @Override
            public int pick(long[] state, ActionList enabled) {
                last[0] = state;
                int pick = bytes.pick(state, enabled);
                if (pick != END) {
                    reference.step(machine.describe(state, enabled.get(pick)));
                }
                return pick;
            }
        };
        Walk walk = new Walk(machine, new Walk.Limits(STOP_ON, STEPS, true));
        Walk.End end = walk.run(heard, 0);
        @Nullable Property property = Schedules.violated(end, walk.incidents(), STOP_ON);
        compare(what, machine, reference, end, walk.incidents());
        if (property != null) {
            if (what.promises(machine)) {
                throw new AssertionError(what.engine() + " promises that this does not happen: " + property.text()
                        + "\n" + report(what, machine, reference));
            }
            return what.isCanary() ? Outcome.CANARY : Outcome.FAULT;
        }
        if (end == Walk.End.STEP_BOUND) {
            return Outcome.CUT_OFF;
        }
        checkText(what, machine, reference, machine.view(last[0]));
        return Outcome.PASSED;
    }

    private static void compare(SequenceCase what, Machine machine, Reference reference, Walk.End end, long incidents) {
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
        if (!agree) {
            throw new AssertionError("the machine found " + names(incidents) + ", the reference "
                    + (fault == null ? "nothing" : fault.toString()) + "\n" + report(what, machine, reference));
        }
    }

    /** At the end of a run that passed, the text must be what was asked for. */
    private static void checkText(SequenceCase what, Machine machine, Reference reference, StateView view) {
        List<Chain> chains = what.chains();
        for (int s = 0; s < chains.size(); s++) {
            byte[] wanted = chains.get(s).bytes(chains.get(s).versions().size() - 1);
            String memory = view.patches().get(s).memory();
            if (!memory.equals(HexFormat.ofDelimiter(" ").formatHex(wanted))) {
                throw new AssertionError(
                        "site" + s + " is " + memory + " at the end\n" + report(what, machine, reference));
            }
        }
    }

    private static String names(long incidents) {
        StringBuilder names = new StringBuilder();
        for (Incident incident : Incident.values()) {
            if ((incidents & incident.bit()) != 0) {
                names.append(names.isEmpty() ? "" : ", ").append(incident);
            }
        }
        return names.isEmpty() ? "nothing" : names.toString();
    }

    private static String report(SequenceCase what, Machine machine, Reference reference) {
        StringBuilder text = new StringBuilder(what.engine()).append('\n');
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
