// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.judge;

import dev.pokecheck.machine.ActionKind;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.PatchPhase;
import dev.pokecheck.property.Property;
import dev.pokecheck.view.StateView;
import dev.pokecheck.view.StateView.Context;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.zip.CRC32;

/**
 * What a violation looks like from outside. Two violations with one symptom are taken for the same when findings are counted and kept; that
 * is a habit and no proof: one fault may show several symptoms, and two faults the same.
 *
 * @param property what is violated
 * @param site the name of the site that the last step is about; empty if it is about none, and for a deadlock
 * @param phase how far the patching was before the last step, in the words of {@link PatchPhase}: of that site, or else of the first whose
 *     patch call is under way
 * @param context the stack of contexts that took the last step, from the top down and without the thread below: {@code thread}, {@code nmi},
 *     {@code bp in nmi}; for a deadlock, who waits where, each context and label once, or, if
 *     nobody waits, the stacks of the CPUs that are not done
 */
public record Symptom(Property property, String site, String phase, String context) {
    private static final String THREAD = "thread";

    /**
     * The symptom of a schedule that violates a property in its last step, or in the state behind it.
     *
     * @param machine a machine without reduction
     * @param schedule actions from the initial state on, each enabled when its turn comes
     */
    public static Symptom of(Machine machine, int[] schedule, Property property) {
        long[] state = new long[machine.words()];
        machine.initial(state);
        if (!property.shownBy().isOneStep() || schedule.length == 0) {
            for (int action : schedule) {
                machine.apply(state, action);
            }
            String waits = waits(new StateView(machine, state), true);
            return new Symptom(
                    property, "", phase(machine, state, -1), waits.isEmpty() ? stacks(machine, state) : waits);
        }
        for (int i = 0; i < schedule.length - 1; i++) {
            machine.apply(state, schedule[i]);
        }
        int last = schedule[schedule.length - 1];
        int concerned = machine.concerned(state, last);
        return new Symptom(
                property,
                concerned < 0 ? "" : "site" + concerned,
                phase(machine, state, concerned),
                stack(new StateView(machine, state)
                        .cpus()
                        .get(ActionKind.cpu(last))
                        .contexts()));
    }

    private static String phase(Machine machine, long[] state, int concerned) {
        return PatchPhase.text(machine.phase(state, concerned < 0 ? machine.underWay(state) : concerned));
    }

    /** A stack of contexts in words, from the top down. */
    private static String stack(List<Context> contexts) {
        List<String> words = new ArrayList<>();
        for (int i = contexts.size() - 1; i > 0; i--) {
            words.add(contexts.get(i).kind().text());
        }
        return words.isEmpty() ? THREAD : String.join(" in ", words);
    }

    /** Who waits where, each context and label once, in alphabetical order; or only in which contexts. */
    static String waits(StateView view, boolean labels) {
        TreeSet<String> places = new TreeSet<>();
        for (StateView.Cpu cpu : view.cpus()) {
            if (view.waiting(cpu.number()).isBlocked()) {
                places.add(stack(cpu.contexts()) + (labels ? " at " + cpu.top().label() : ""));
            }
        }
        return String.join(", ", places);
    }

    /** The stacks of contexts of the CPUs that are not done, each once, in alphabetical order. */
    static String stacks(Machine machine, long[] state) {
        TreeSet<String> stacks = new TreeSet<>();
        for (StateView.Cpu cpu : new StateView(machine, state).cpus()) {
            if (!machine.isDone(state, cpu.number())) {
                stacks.add(stack(cpu.contexts()));
            }
        }
        return String.join(", ", stacks);
    }

    /** Who goes round in a loop and who stays where, each once, in alphabetical order: the contexts that are there all along. */
    static String loop(Machine machine, int[] schedule, int from) {
        long[] state = new long[machine.words()];
        machine.initial(state);
        List<List<Context>> stays = new ArrayList<>();
        boolean[] moves = new boolean[machine.agents()];
        for (int i = 0; i < schedule.length; i++) {
            for (StateView.Cpu cpu : i < from ? List.<StateView.Cpu>of() : new StateView(machine, state).cpus()) {
                int c = cpu.number();
                if (stays.size() == c) {
                    stays.add(cpu.contexts());
                } else if (cpu.contexts().size() < stays.get(c).size()) {
                    stays.set(c, cpu.contexts());
                }
            }
            moves[ActionKind.cpu(schedule[i])] |= i >= from;
            machine.apply(state, schedule[i]);
        }
        TreeSet<String> all = new TreeSet<>();
        for (int c = 0; c < stays.size(); c++) {
            if (moves[c] || !machine.isDone(state, c)) {
                all.add((moves[c] ? "goes round in " : "stays in ") + stack(stays.get(c)));
            }
        }
        return String.join(", ", all);
    }

    /** The symptom in one line. */
    public String text() {
        return property.text() + (site.isEmpty() ? "" : " at " + site) + (context.isEmpty() ? "" : " in " + context)
                + "; " + phase;
    }

    /** A short name for files: the property, the top of the context, and a number of the whole, as in {@code torn+bp+1f00c2d4}. */
    public String slug() {
        CRC32 crc = new CRC32();
        crc.update(text().getBytes(StandardCharsets.UTF_8));
        int end = context.indexOf(' ');
        String top = end < 0 ? context : context.substring(0, end);
        return String.format(Locale.ROOT, "%s+%s+%08x", property.text(), top.isEmpty() ? "none" : top, crc.getValue());
    }
}
