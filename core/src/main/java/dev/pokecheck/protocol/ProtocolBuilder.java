// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

import dev.pokecheck.data.Var;
import dev.pokecheck.text.Region;
import dev.pokecheck.text.Site;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Records a protocol: its shared variables, what the patching CPU runs, and the handlers. The work of bystanders, which the
 * {@link Setting} names, is recorded behind the protocol's own part.
 */
public final class ProtocolBuilder {
    private final Setting setting;
    private final Places places;
    private final Optional<BiConsumer<Stmt, Supplier<String>>> listener;
    private final List<Var> variables = new ArrayList<>();
    private final List<String> objects = new ArrayList<>();
    private final List<Recorder> threads = new ArrayList<>();
    private Optional<Recorder> breakpoint = Optional.empty();
    private Recorder nmi;
    private Recorder irq;
    private Recorder mc;
    private final List<Copy> copies = new ArrayList<>();
    private final Set<Integer> users = new TreeSet<>();
    private boolean holdsOff;
    private final Set<String> notModelled = new LinkedHashSet<>();
    private final Set<String> saidBefore = new TreeSet<>();
    private boolean startedOver;
    private boolean addsWorkload = true;
    private Optional<Site> unlockSite = Optional.empty();
    private Optional<Effect> unlock = Optional.empty();
    private Origins origins = new Origins();
    private Function<Stmt, Supplier<Optional<Origin>>> origin = CallerLine::of;
    private Supplier<String> way = () -> "";
    private Function<IllegalArgumentException, RuntimeException> refusal = problem -> problem;
    private boolean isPlain;
    private boolean isWritten = true;
    private BooleanSupplier isPartOfWord = () -> false;

    /** @param listener is given each statement when it is recorded, and what gives the way to it */
    ProtocolBuilder(Setting setting, Optional<BiConsumer<Stmt, Supplier<String>>> listener) {
        Workloads.check(setting);
        this.setting = setting;
        this.listener = listener;
        places = setting.places();
        nmi = recorder("nmi", true);
        irq = recorder("irq", true);
        mc = recorder("mc", true);
        addThreads();
    }

    private void addThreads() {
        for (int cpu = 0; cpu < setting.cpus(); cpu++) {
            threads.add(recorder("thread" + cpu, false));
        }
    }

    // ---- recording again

    /** Whether nothing has been recorded yet, and nobody is told of each statement that is, so that a protocol may be recorded here as often as it takes. */
    public boolean mayStartOver() {
        return listener.isEmpty()
                && origins.isEmpty()
                && variables.isEmpty()
                && objects.isEmpty()
                && breakpoint.isEmpty()
                && copies.isEmpty()
                && users.isEmpty()
                && !holdsOff
                && addsWorkload
                && unlock.isEmpty();
    }

    /** A builder to record a protocol in on trial, for the same setting. */
    public ProtocolBuilder trial() {
        return new ProtocolBuilder(setting, Optional.empty());
    }

    /** Forgets all that was recorded, but for what {@link #notModelled} had said before it was called first. */
    public void startOver() {
        startedOver = true;
        variables.clear();
        objects.clear();
        threads.clear();
        addThreads();
        breakpoint = Optional.empty();
        nmi = recorder("nmi", true);
        irq = recorder("irq", true);
        mc = recorder("mc", true);
        copies.clear();
        users.clear();
        notModelled.retainAll(saidBefore);
        holdsOff = false;
        addsWorkload = true;
        unlockSite = Optional.empty();
        unlock = Optional.empty();
        origins = new Origins();
    }

    /** Says what is thrown where the protocol as a whole, with the work that the setting names, breaks a rule. */
    public void refuseBy(Function<IllegalArgumentException, RuntimeException> exception) {
        refusal = exception;
    }

    /** A recorder of a routine, which runs on top of another context or not. */
    private Recorder recorder(String name, boolean interrupts) {
        return new Recorder(name, interrupts, setting.widestStore(), this::note);
    }

    private void note(String routine, Stmt statement) {
        boolean own = isWritten && (!statement.label().isEmpty() || !isPartOfWord.getAsBoolean());
        origins.add(routine, statement, origin.apply(statement), isPlain, own);
        if (listener.isPresent()) {
            listener.get().accept(statement, way);
        }
    }

    /**
     * Says from where the statements come that are recorded from now on, in the place of the line of Java that records them.
     *
     * @param place gives, while a statement is recorded, what says where it comes from whenever it is asked; empty if it comes from nowhere that its author wrote
     * @param way gives, while a statement is recorded, which statements and calls of the author's lead to it: what is recorded by the same way are copies of one statement
     */
    public void comeFrom(Supplier<Supplier<Optional<Origin>>> place, Supplier<String> way) {
        this.way = way;
        origin = statement -> place.get();
    }

    /** What the protocol is recorded for. */
    public Setting setting() {
        return setting;
    }

    /** The sites to patch. */
    public List<Site> sites() {
        return setting.sites();
    }

    /** The place number of a site's first byte, as it stands in the protocol's tables of addresses. */
    public Expr addressOf(Site site) {
        return Expr.named("&" + site.name(), places.of(site, 0));
    }

    /** The greatest number that an address of a site can have. */
    public int maxAddress() {
        return places.firstFunction() - 1;
    }

    /** Declares a shared variable with values min..max. */
    public Shared shared(String name, int initial, int min, int max) {
        return declare(name, 1, initial, min, max, -1);
    }

    /** Declares a variable that only postconditions read, with values min..max. */
    public Ghost ghost(String name, int initial, int min, int max) {
        return new Ghost(declare(name, 1, initial, min, max, -1).var());
    }

    /** Declares a shared array. */
    public Shared array(String name, int length, int initial, int min, int max) {
        return declare(name, length, initial, min, max, -1);
    }

    /** Declares a shared array whose elements begin with values of their own. */
    public Shared array(String name, List<Integer> initial, int min, int max) {
        return declare(name, initial.size(), initial, min, max, -1);
    }

    /** Declares an object on a stack whose life begins and ends: access to a field while it is dead is a {@code dead-object}. */
    public Obj object(String name) {
        return object(name, false);
    }

    /** The same for an object that is allocated and freed. */
    public Obj allocated(String name) {
        return object(name, true);
    }

    private Obj object(String name, boolean allocated) {
        objects.add(name);
        return new Obj(this, objects.size() - 1, name, allocated);
    }

    Shared declare(String name, int length, int initial, int min, int max, int object) {
        return declare(name, length, List.of(initial), min, max, object);
    }

    private Shared declare(String name, int length, List<Integer> initial, int min, int max, int object) {
        Var var = new Var(variables.size(), name, length, min, max, initial, object);
        variables.add(var);
        return new Shared(var);
    }

    /** An object whose life is modelled. */
    public record Obj(ProtocolBuilder builder, int id, String name, boolean allocated) {
        /** Declares a field of it. */
        public Shared field(String field, int initial, int min, int max) {
            return array(field, 1, initial, min, max);
        }

        /** Declares a field of it that is an array. */
        public Shared array(String field, int length, int initial, int min, int max) {
            return builder.declare(name + "." + field, length, initial, min, max, id);
        }
    }

    /** What the patching CPU's thread does. */
    public void patcher(Consumer<Recorder> body) {
        thread(0, body);
    }

    /** What the thread of a CPU does, before the work that the setting gives it. */
    public void thread(int cpu, Consumer<Recorder> body) {
        checkCpu(cpu);
        body.accept(threads.get(cpu));
    }

    /** Says that the thread of a CPU is a user thread: its breakpoint handler runs with IF=1, and may sleep. */
    public void user(int cpu) {
        checkCpu(cpu);
        users.add(cpu);
    }

    private void checkCpu(int cpu) {
        if (cpu < 0 || cpu >= threads.size()) {
            throw new IllegalArgumentException(
                    "there is no CPU " + cpu + " to run a thread; the scenario has CPUs 0.." + (threads.size() - 1));
        }
    }

    /** The breakpoint handler. */
    public void breakpoint(Consumer<Recorder> body) {
        Recorder recorder = breakpoint.orElseGet(() -> recorder("bp", true));
        breakpoint = Optional.of(recorder);
        body.accept(recorder);
    }

    /** The protocol's part of the NMI handler, first in the chain. */
    public void nmi(Consumer<Recorder> body) {
        body.accept(nmi);
    }

    /**
     * Says that the protocol claims to keep threads, IRQs and NMIs from executing a site while it is patched, so that a run in which
     * they hit no breakpoint has missed nothing. It is no assumption: the search does not use it.
     */
    public void claimsToHoldEverybodyOff() {
        holdsOff = true;
    }

    /** Says that what is recorded meanwhile are plain accesses, which compilers may change. It is for readers: what the protocol does is the same. */
    public void plainly(Runnable accesses) {
        isPlain = true;
        try {
            accesses.run();
        } finally {
            isPlain = false;
        }
    }

    /** Says what a value of a shared variable is called by its author: a pointer, by what it leads to. It is for readers. */
    public void nameValue(Shared variable, int value, String name) {
        origins.nameValue(variable.var(), value, name);
    }

    /** Says how to tell, while a statement is recorded, whether it is inside a word of a header that is not the author's: only those with labels are then told apart. */
    public void partsOfWords(BooleanSupplier isPart) {
        isPartOfWord = isPart;
    }

    /** Says that what is recorded meanwhile stands nowhere in the author's file: it keeps the books of whoever reads that. It is for readers, as {@link #plainly} is. */
    public void unwritten(Runnable books) {
        isWritten = false;
        try {
            books.run();
        } finally {
            isWritten = true;
        }
    }

    /** Says that something the protocol does is left out of it, so that whoever reads a verdict knows. */
    public void notModelled(String what) {
        notModelled.add(what);
        if (!startedOver) {
            saidBefore.add(what);
        }
    }

    /** Says that the work that the setting names is part of what is recorded, so that none is to be added. */
    public void withoutWorkload() {
        addsWorkload = false;
    }

    /** Says that a site is a copy of another, so that a context that is suspended in the one may be sent on in the other. */
    public void copy(Copy copy) {
        isAlone(copy.site(), "is copied");
        isAlone(copy.copy(), "is a copy");
        copies.add(copy);
    }

    private void isAlone(Site site, String what) {
        Region region = setting.places().region(site);
        if (!region.isAlone()) {
            throw new IllegalArgumentException(site.name() + " " + what + ", so it cannot overlap another site, as "
                    + region.name() + " do; give it a place of its own");
        }
    }

    /** A routine for {@link Recorder#stopMachine}. */
    public Routine routine(String name, Consumer<Recorder> body) {
        Recorder recorder = recorder(name, false);
        body.accept(recorder);
        return recorder.finish();
    }

    Protocol finish(String name) {
        try {
            return finished(name);
        } catch (IllegalArgumentException e) {
            throw refusal.apply(e);
        }
    }

    private Protocol finished(String name) {
        comeFrom(() -> Optional::empty, () -> "");
        if (addsWorkload) {
            new Workloads(this).record();
        }
        Protocol protocol = new Protocol(
                name,
                setting,
                variables,
                objects,
                copies,
                threads.stream().map(Recorder::finish).toList(),
                users,
                breakpoint.map(Recorder::finish),
                nmi.finish(),
                irq.finish(),
                mc.finish(),
                holdsOff,
                notModelled,
                unlockSite,
                unlock,
                origins);
        CallOrder.of(protocol).withoutBeginning().ifPresent(mark -> {
            throw new IllegalArgumentException(
                    "\"" + mark.text() + "\" (" + mark.label()
                            + origins.of("", mark).map(it -> ", " + it).orElse("")
                            + ") ends a patch call that no mark begins; put patchBegin of that site and version before the call's first store");
        });
        return protocol;
    }

    /** The protocol's part of the handler of spontaneous IRQs, before the work that the setting gives it. */
    public void irq(Consumer<Recorder> body) {
        body.accept(irq);
    }

    /** The machine check handler. */
    public void machineCheck(Consumer<Recorder> body) {
        body.accept(mc);
    }

    /** Says that all versions of a site release a lock, and what that does. */
    public void unlockBy(Site site, Effect effect) {
        isAlone(site, "releases a lock");
        unlockSite = Optional.of(site);
        unlock = Optional.of(effect);
    }
}
