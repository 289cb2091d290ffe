// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.trace;

import dev.pokecheck.cpu.ContextKind;
import dev.pokecheck.machine.ActionKind;
import dev.pokecheck.trace.StateChange.Kind;
import dev.pokecheck.view.StateView;
import dev.pokecheck.view.StateView.Changed;
import dev.pokecheck.view.StateView.Context;
import dev.pokecheck.view.StateView.Cpu;
import dev.pokecheck.view.StateView.Execution;
import dev.pokecheck.view.StateView.Patch;
import dev.pokecheck.view.StateView.Shared;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is different between the states before and behind a step. */
final class Differences {
    private final List<StateChange> changes = new ArrayList<>();

    private Differences() {}

    static List<StateChange> of(StateView before, int action, StateView after) {
        Differences differences = new Differences();
        differences.shared(before, after);
        differences.text(before, after);
        for (int c = 0; c < before.cpus().size(); c++) {
            differences.cpu(before.cpus().get(c), after.cpus().get(c));
        }
        if (before.serializes(action)) {
            differences.add(Kind.SERIALIZED, ActionKind.cpu(action), "", "", "");
        }
        return differences.changes;
    }

    private void add(Kind kind, int cpu, String what, String old, String now) {
        changes.add(new StateChange(kind, cpu, what, old, now));
    }

    private void shared(StateView before, StateView after) {
        for (Changed changed : after.changedSince(before)) {
            Shared old = changed.before();
            Shared now = changed.after();
            if (old.value() != now.value()) {
                add(Kind.VARIABLE, StateChange.SHARED, old.name(), old.text(), now.text());
            }
            if (old.alive() != now.alive()) {
                object(old, now);
            }
        }
    }

    private void object(Shared old, Shared now) {
        int dot = old.name().indexOf('.');
        StateChange change =
                new StateChange(Kind.OBJECT, StateChange.SHARED, old.name().substring(0, dot), life(old), life(now));
        if (!changes.contains(change)) {
            changes.add(change);
        }
    }

    private static String life(Shared variable) {
        return variable.alive() ? "lives" : "is dead";
    }

    private void text(StateView before, StateView after) {
        for (int i = 0; i < before.patches().size(); i++) {
            Patch old = before.patches().get(i);
            Patch now = after.patches().get(i);
            if (!old.memory().equals(now.memory())) {
                add(Kind.TEXT, StateChange.SHARED, old.site().name(), old.memory(), now.memory());
            }
            calls(old, now);
        }
    }

    /** A call that another one begins to overlap may no longer be shown, without being given up. */
    private void calls(Patch old, Patch now) {
        for (int version = 0; version < old.site().versions(); version++) {
            boolean before = old.underWay().contains(version);
            boolean after = now.underWay().contains(version);
            boolean brought = now.inForce().contains(version);
            String change = "";
            if (after && !before) {
                change = "begun";
            } else if (brought && (before ? !after : !old.inForce().contains(version))) {
                change = "returned";
            } else if (before && !after && old.underWay().containsAll(now.underWay())) {
                change = "given up";
            }
            if (!change.isEmpty()) {
                add(Kind.PATCH, StateChange.SHARED, old.site().name() + " version " + version, "", change);
            }
        }
    }

    private void cpu(Cpu old, Cpu now) {
        int c = old.number();
        if (now.stores().size() > old.stores().size()) {
            add(Kind.STORE_BUFFER, c, "", "", now.stores().get(now.stores().size() - 1));
        } else if (now.stores().size() < old.stores().size()) {
            add(Kind.STORE_BUFFER, c, "", old.stores().get(0), "");
        }
        contexts(c, old.contexts(), now.contexts());
        flag(c, "IF", old.interruptFlag(), now.interruptFlag());
        flag(c, "preemption", old.preemptible(), now.preemptible());
        if (!old.nmiPending() && now.nmiPending()) {
            add(Kind.FLAG, c, "NMI", "", "pending");
        }
        if (now.syncRequests().size() > old.syncRequests().size()) {
            add(Kind.FLAG, c, "IPI", "", "pending");
        }
    }

    private void flag(int c, String name, boolean old, boolean now) {
        if (old != now) {
            add(Kind.FLAG, c, name + "=" + (now ? 1 : 0), "", "");
        }
    }

    private void contexts(int c, List<Context> old, List<Context> now) {
        int common = Math.min(old.size(), now.size());
        if (now.size() > old.size()) {
            Context interrupted = now.get(common - 1);
            Optional<String> saved = saved(now.get(common));
            String at = saved.orElseGet(() -> at(interrupted, old.get(common - 1)));
            add(Kind.CONTEXT, c, "takes " + arrival(now.get(common).kind()), "", at);
            // A handler without a shared access does all in the step that calls it.
            saved.ifPresent(place -> places(c, place, returnTo(old.get(common - 1)), interrupted));
        } else if (now.size() < old.size()) {
            add(
                    Kind.CONTEXT,
                    c,
                    "back to " + name(now.get(common - 1)),
                    "",
                    at(old.get(common - 1), now.get(common - 1)));
        } else if (common > 1) {
            Context before = old.get(common - 2);
            places(c, place(before), returnTo(before), now.get(common - 2));
        }
    }

    /** Where a context below a handler goes on, and where it will return to, if that is somewhere else than before. */
    private void places(int c, String was, String returnedTo, Context now) {
        if (!was.equals(place(now))) {
            add(Kind.PLACE, c, "regs->ip", was, place(now));
        }
        String pushed = returnTo(now);
        if (!pushed.isEmpty() && !pushed.equals(returnedTo)) {
            add(Kind.PLACE, c, "pushed", "", pushed);
        }
    }

    /** What the breakpoint pushed for a handler: the address of the byte after it. */
    private static Optional<String> saved(Context handler) {
        String trapped = handler.trapped();
        int plus = trapped.lastIndexOf('+');
        return handler.kind() != ContextKind.BP || plus < 0
                ? Optional.empty()
                : Optional.of(trapped.substring(0, plus + 1) + (Integer.parseInt(trapped.substring(plus + 1)) + 1));
    }

    private static String at(Context old, Context now) {
        String place = place(old).isEmpty() ? place(now) : place(old);
        return place.isEmpty() ? old.label() : place;
    }

    private static String place(Context context) {
        return context.execution().map(Execution::at).orElse("");
    }

    private static String returnTo(Context context) {
        return context.execution().map(Execution::returnTo).orElse("");
    }

    private static String arrival(ContextKind kind) {
        return switch (kind) {
            case BP, MC -> "#" + kind.text().toUpperCase(Locale.ROOT);
            case NMI -> "an NMI";
            case IRQ -> "an interrupt";
            case IPI -> "an IPI";
            case STOPPER -> "the stopper";
            case NONE, THREAD -> kind.text();
        };
    }

    private static String name(Context context) {
        return context.kind().text().isEmpty() ? "the thread" : context.kind().text();
    }
}
