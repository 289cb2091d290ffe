// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

import dev.pokecheck.data.Var;
import dev.pokecheck.text.Site;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * A recorded protocol together with the work of the CPUs that it must not disturb.
 *
 * @param name its name, with {@code @variant} if it has variants
 * @param setting what it was recorded for
 * @param variables the shared variables, by number
 * @param objects the names of the objects whose life is modelled, by number
 * @param copies which sites are copies of others
 * @param threads what the thread of each CPU runs
 * @param users the CPUs whose threads are user threads
 * @param breakpoint the breakpoint handler, if the protocol has one
 * @param nmi the NMI handler
 * @param irq the handler of spontaneous IRQs
 * @param mc the machine check handler
 * @param holdsOff whether it claims that only machine checks can execute a site while it is patched
 * @param notModelled what the code it was read from does beyond it, in the order in which that was met
 * @param unlockSite the site all of whose versions release the lock of the interrupt work, if there is one
 * @param unlock what releasing does
 * @param origins where its statements come from; no part of what it does
 */
public record Protocol(
        String name,
        Setting setting,
        List<Var> variables,
        List<String> objects,
        List<Copy> copies,
        List<Routine> threads,
        Set<Integer> users,
        Optional<Routine> breakpoint,
        Routine nmi,
        Routine irq,
        Routine mc,
        boolean holdsOff,
        Set<String> notModelled,
        Optional<Site> unlockSite,
        Optional<Effect> unlock,
        Origins origins) {
    /** Copies the lists. */
    public Protocol {
        variables = List.copyOf(variables);
        objects = List.copyOf(objects);
        copies = List.copyOf(copies);
        threads = List.copyOf(threads);
        notModelled = Collections.unmodifiableSet(new LinkedHashSet<>(notModelled));
        users = Collections.unmodifiableSet(new TreeSet<>(users));
    }

    /** All routines, but for those that {@code stop_machine} runs, which stand in its statement. */
    public List<Routine> routines() {
        List<Routine> all = new ArrayList<>(threads);
        all.addAll(handlers());
        return all;
    }

    /** The handlers among them. */
    public List<Routine> handlers() {
        List<Routine> all = new ArrayList<>();
        breakpoint.ifPresent(all::add);
        all.addAll(List.of(nmi, irq, mc));
        return all;
    }

    /** In which order its patch calls bring versions. */
    public CallOrder callOrder() {
        return CallOrder.of(this);
    }

    /** How a protocol is written down: statements recorded by a builder. */
    @FunctionalInterface
    public interface Definition {
        /** Records the protocol's part; the work of bystanders is added to it. */
        void record(ProtocolBuilder builder);
    }

    /** Records a protocol for a setting. */
    public static Protocol record(String name, Setting setting, Definition definition) {
        return record(name, new ProtocolBuilder(setting, Optional.empty()), definition);
    }

    /**
     * Records a protocol for a setting.
     *
     * @param recorded is given every statement when it is recorded, while the call of the definition that records it is on the stack; and what gives, during that, the way
     *     in the author's file that leads to the statement, if it does not come from Java ({@link ProtocolBuilder#comeFrom})
     */
    public static Protocol record(
            String name, Setting setting, Definition definition, BiConsumer<Stmt, Supplier<String>> recorded) {
        return record(name, new ProtocolBuilder(setting, Optional.of(recorded)), definition);
    }

    private static Protocol record(String name, ProtocolBuilder builder, Definition definition) {
        definition.record(builder);
        return builder.finish(name);
    }
}
