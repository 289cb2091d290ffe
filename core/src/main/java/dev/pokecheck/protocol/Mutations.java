// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

import dev.pokecheck.data.Var;
import dev.pokecheck.protocol.Setting.InterruptWork;
import dev.pokecheck.protocol.Setting.ThreadWork;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * All mutations of a protocol: each of its own statements left out, swapped with the next, or weakened, one at a time. The work that
 * the {@link Setting} puts behind the protocol's part is not mutated.
 *
 * <p>Weakened means: a release store becomes a plain one, a locked operation a load and a store, a serializing instruction a fence,
 * {@code sync*} the same instruction on this CPU only, {@code stop_machine} its function on this CPU only, a grace period for sites one for
 * handlers.
 */
public final class Mutations {
    private final Protocol whole;
    private final Protocol own;
    private final int min;
    private final int max;
    private final List<Mutation> mutations = new ArrayList<>();
    private final Map<String, Integer> names = new TreeMap<>();

    private Mutations(Protocol whole, Protocol own) {
        this.whole = whole;
        this.own = own;
        min = whole.variables().stream().mapToInt(Var::min).min().orElse(0);
        max = whole.variables().stream().mapToInt(Var::max).max().orElse(0);
    }

    /**
     * The mutations of a protocol, in the order of its statements.
     *
     * @throws IllegalArgumentException if what the definition records differs with the work of the setting, so that its own statements
     *     cannot be told from that work
     */
    public static List<Mutation> of(String name, Setting setting, Protocol.Definition definition) {
        Setting idle = new Setting(setting.cpus(), setting.sites(), ThreadWork.NONE, InterruptWork.NONE, false, false);
        return new Mutations(Protocol.record(name, setting, definition), Protocol.record(name, idle, definition)).all();
    }

    private List<Mutation> all() {
        for (int i = 0; i < whole.threads().size(); i++) {
            int number = i;
            mutate(whole.threads().get(i), own.threads().get(i), routine -> withThread(number, routine));
        }
        if (whole.breakpoint().isPresent()) {
            mutate(
                    whole.breakpoint().get(),
                    own.breakpoint().orElseThrow(),
                    routine -> with(whole.threads(), Optional.of(routine), whole.nmi()));
        }
        mutate(whole.nmi(), own.nmi(), routine -> with(whole.threads(), whole.breakpoint(), routine));
        return List.copyOf(mutations);
    }

    private void mutate(Routine routine, Routine idle, Function<Routine, Protocol> place) {
        int statements = idle.body().size();
        if (statements > routine.body().size()
                || !text(idle.body()).equals(text(routine.body().subList(0, statements)))) {
            throw new IllegalArgumentException(whole.name() + ": what " + routine.name()
                    + " does depends on the work of the scenario; its own statements cannot be told from that work");
        }
        for (Operators.Changed changed : Operators.of(routine, statements, min, max)) {
            Variant variant = changed.variant();
            Protocol mutant = place.apply(changed.routine());
            mutations.add(new Mutation(
                    routine.name(),
                    unique(routine.name(), variant),
                    variant.operator(),
                    variant.change(),
                    mutant,
                    place.apply(changed.trapped()),
                    variant.equivalence().or(() -> identical(mutant))));
        }
    }

    /** The name of the step, with a number behind it if the routine has had it already. */
    private String unique(String routine, Variant variant) {
        int count = names.merge(routine + "/" + variant.step() + ":" + variant.operator(), 1, Integer::sum);
        return count == 1 ? variant.step() : variant.step() + "#" + count;
    }

    private Optional<String> identical(Protocol mutant) {
        return unlabelled(mutant).equals(unlabelled(whole))
                ? Optional.of("the printed program is the same")
                : Optional.empty();
    }

    /** The printed form without the labels in its margin. */
    private static List<String> unlabelled(Protocol protocol) {
        return CPrinter.print(protocol)
                .lines()
                .map(line -> line.substring(line.indexOf("| ") + 1))
                .toList();
    }

    private static List<String> text(List<Stmt> body) {
        List<String> lines = new ArrayList<>();
        for (Stmt statement : body) {
            lines.add(statement.label() + CText.of(statement));
            statement.accept(Bodies.OF).forEach(inside -> lines.addAll(text(inside.statements())));
        }
        return lines;
    }

    private Protocol withThread(int number, Routine routine) {
        List<Routine> threads = new ArrayList<>(whole.threads());
        threads.set(number, routine);
        return with(threads, whole.breakpoint(), whole.nmi());
    }

    private Protocol with(List<Routine> threads, Optional<Routine> breakpoint, Routine nmi) {
        return new Protocol(
                whole.name(),
                whole.setting(),
                whole.variables(),
                whole.objects(),
                threads,
                breakpoint,
                nmi,
                whole.irq(),
                whole.mc(),
                whole.holdsOff(),
                whole.unlockSite(),
                whole.unlock());
    }
}
