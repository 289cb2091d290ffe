// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol.mutation;

import dev.pokecheck.data.Var;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Routine;
import dev.pokecheck.protocol.Setting;
import dev.pokecheck.protocol.Setting.InterruptWork;
import dev.pokecheck.protocol.Setting.ThreadWork;
import dev.pokecheck.protocol.Stmt;
import dev.pokecheck.protocol.dump.Dump;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * All mutations of a protocol: each of its own statements left out, swapped with the next, hoisted, or weakened, one at a time. The work that
 * the {@link Setting} puts behind the protocol's part is not mutated. A definition unrolls its loops over sites and versions; the copies of a
 * statement are one statement, and are changed together.
 *
 * <p>Hoisted is a release store with at least two plain stores right before it: it comes before all of them. Before the last alone, which is to be
 * swapped, it may still publish the first.
 *
 * <p>Weakened means: a release store becomes a plain one, a locked operation a load and a store, a serializing instruction a fence,
 * {@code sync*} the same instruction on this CPU only, or, where the IPI does not return by IRET, a fence in the handler, {@code stop_machine} its function on this CPU only, a grace period for sites one for
 * handlers.
 */
public final class Mutations {
    private final Protocol whole;
    private final Protocol own;
    private final RecordedBy origins;
    private final int min;
    private final int max;
    private final List<Mutation> mutations = new ArrayList<>();
    private final Map<String, Integer> names = new TreeMap<>();

    private Mutations(Protocol whole, Protocol own, RecordedBy origins) {
        this.whole = whole;
        this.own = own;
        this.origins = origins;
        // A load of text that is not as expected gives -1.
        min = Math.min(-1, whole.variables().stream().mapToInt(Var::min).min().orElse(0));
        max = whole.variables().stream().mapToInt(Var::max).max().orElse(0);
    }

    /**
     * The mutations of a protocol, in the order of its statements.
     *
     * @throws IllegalArgumentException if what the definition records differs with the work of the setting, so that its own statements
     *     cannot be told from that work
     */
    public static List<Mutation> of(String name, Setting setting, Protocol.Definition definition) {
        Setting idle = new Setting(
                setting.cpus(),
                setting.sites(),
                ThreadWork.NONE,
                InterruptWork.NONE,
                false,
                false,
                setting.widestStore());
        RecordedBy origins = new RecordedBy();
        Protocol whole = Protocol.record(name, setting, definition, origins::note);
        return new Mutations(whole, Protocol.record(name, idle, definition), origins).all();
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
        Local scratch = new Local(routine.locals().size(), "old", min, max);
        Author author = new Author(whole.origins(), routine.name());
        Set<Key> seen = new LinkedHashSet<>();
        for (Operators.Changed changed : Operators.of(routine, statements, scratch, author, variant -> true)) {
            Variant variant = changed.variant();
            Key key = key(variant);
            if (!seen.add(key)) {
                continue;
            }
            Copies copies = new Copies(routine, statements, scratch, author, key);
            Protocol mutant = place.apply(copies.changed(Operators.Changed::routine, Variant::statements));
            mutations.add(new Mutation(
                    routine.name() + " " + key.text(),
                    routine.name(),
                    unique(routine.name(), variant),
                    variant.operator(),
                    variant.change(),
                    mutant,
                    place.apply(copies.changed(Operators.Changed::trapped, Variant::trapped)),
                    whole.origins().of(routine.name(), variant.subject()),
                    copies.equivalence().or(() -> identical(mutant))));
        }
    }

    /**
     * What the same changes of the copies of a statement have in common. To compare it as one text would be to join whole stacks for each change that there is.
     *
     * @param how to what it is weakened; empty for other changes
     * @param subject where it was recorded
     * @param partner the same of what it changes places with; empty if it does not change places
     */
    private record Key(Mutation.Operator operator, String how, String subject, Optional<String> partner) {
        String text() {
            return operator.text() + (how.isEmpty() ? "" : " " + how) + " " + subject
                    + partner.map(place -> " with " + place).orElse("");
        }
    }

    private Key key(Variant variant) {
        return new Key(
                variant.operator(),
                variant.operator() == Mutation.Operator.WEAKEN ? variant.change() : "",
                origins.of(variant.subject()),
                RecordedBy.isSame(variant.subject(), variant.partner())
                        ? Optional.empty()
                        : Optional.of(origins.of(variant.partner())));
    }

    /** The same change of all copies of a statement, from the first to the last. */
    private final class Copies {
        private final Routine routine;
        private final int statements;
        private final Local scratch;
        private final Author author;
        private final Key key;
        private List<Optional<String>> equivalences = new ArrayList<>();

        Copies(Routine routine, int statements, Local scratch, Author author, Key key) {
            this.routine = routine;
            this.statements = statements;
            this.scratch = scratch;
            this.author = author;
            this.key = key;
        }

        Routine changed(Function<Operators.Changed, Routine> whole, Function<Variant, List<Stmt>> own) {
            List<Stmt> done = new ArrayList<>();
            equivalences = new ArrayList<>();
            Routine routineSoFar = routine;
            int count = statements;
            while (true) {
                List<Operators.Changed> next = Operators.of(
                        routineSoFar,
                        count,
                        scratch,
                        author,
                        variant -> key.equals(key(variant)) && isNew(variant, done));
                if (next.isEmpty()) {
                    return routineSoFar;
                }
                Operators.Changed changed = next.get(0);
                done.add(changed.variant().subject());
                done.add(changed.variant().partner());
                equivalences.add(changed.variant().equivalence());
                routineSoFar = whole.apply(changed);
                count = own.apply(changed.variant()).size();
            }
        }

        /** Whether it is a copy that was there before: a statement that has changed places has new neighbours. */
        private boolean isNew(Variant variant, List<Stmt> done) {
            return done.stream()
                    .noneMatch(known ->
                            RecordedBy.isSame(known, variant.subject()) || RecordedBy.isSame(known, variant.partner()));
        }

        /** Why the change makes no difference, if it makes none at any copy. */
        Optional<String> equivalence() {
            return equivalences.stream().allMatch(Optional::isPresent) ? equivalences.get(0) : Optional.empty();
        }
    }

    /** The name of the step, with a number behind it if the routine has had it already. */
    private String unique(String routine, Variant variant) {
        int count = names.merge(routine + "/" + variant.step() + ":" + variant.operator(), 1, Integer::sum);
        return count == 1 ? variant.step() : variant.step() + "#" + count;
    }

    private Optional<String> identical(Protocol mutant) {
        return Dump.unlabelled(mutant).equals(Dump.unlabelled(whole))
                ? Optional.of("the program is the same")
                : Optional.empty();
    }

    private static List<String> text(List<Stmt> body) {
        List<String> lines = new ArrayList<>();
        for (Stmt statement : body) {
            lines.add(statement.label() + statement.text());
            statement.bodies().forEach(inside -> lines.addAll(text(inside.statements())));
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
                whole.copies(),
                threads,
                whole.users(),
                breakpoint,
                nmi,
                whole.irq(),
                whole.mc(),
                whole.holdsOff(),
                whole.notModelled(),
                whole.unlockSite(),
                whole.unlock(),
                whole.origins());
    }
}
