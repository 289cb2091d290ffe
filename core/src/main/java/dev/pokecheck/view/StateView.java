// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.view;

import dev.pokecheck.cpu.ContextKind;
import dev.pokecheck.cpu.rules.Rendezvous.Part;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.protocol.Origin;
import dev.pokecheck.text.Fetched;
import dev.pokecheck.text.Site;
import java.util.List;
import java.util.Optional;

/**
 * A readable snapshot of one state: what each CPU does, what memory and text hold, and who waits for whom. Everything in it is in
 * the words of the protocol. For reports; a search never makes one.
 */
public final class StateView {
    private final Machine machine;
    private final long[] state;
    private final Portrait portrait;
    private final List<Cpu> cpus;
    private final List<Wait> waits;

    /** A snapshot of a state of a machine. */
    public StateView(Machine machine, long[] present) {
        this(machine, present.clone(), Optional.empty());
    }

    private StateView(Machine machine, long[] state, Optional<Portrait> other) {
        this.machine = machine;
        this.state = state;
        portrait = other.map(it -> it.of(state)).orElseGet(() -> new Portrait(machine, state));
        cpus = portrait.cpus();
        waits = new Waits(machine, portrait, state).all();
    }

    /** A snapshot of another state of the same machine. What both need to know of the protocol is worked out once. */
    public StateView of(long[] present) {
        return new StateView(machine, present.clone(), Optional.of(portrait));
    }

    /**
     * The execution of a site: from its first fetch there until control has left the site for good.
     *
     * @param at the place where the context goes on: {@code site0+1}, or a function
     * @param returnTo the return address on the modelled stack, empty if there is none
     * @param versions the versions with which the execution is consistent so far
     */
    public record Execution(String at, String returnTo, List<Integer> versions) {
        /** Copies the list. */
        public Execution {
            versions = List.copyOf(versions);
        }
    }

    /**
     * One context on the stack of a CPU.
     *
     * @param kind what it is
     * @param routine the routine that it runs
     * @param functions the functions of the source around its next operation, outermost first
     * @param label the label of the next operation; empty if it has none
     * @param text the next operation in the words of C
     * @param origin where the next operation comes from, if it is a statement of the protocol's author
     * @param trapped for the breakpoint handler, the place of the breakpoint; else empty
     * @param execution what it does inside a site, if it is in one
     */
    public record Context(
            ContextKind kind,
            String routine,
            List<String> functions,
            String label,
            String text,
            Optional<Origin> origin,
            String trapped,
            Optional<Execution> execution) {
        /** Copies the list. */
        public Context {
            functions = List.copyOf(functions);
        }

        /** The label, and what a reader is told of its place. */
        public String labelAndPlace() {
            return Origin.beside(label, origin);
        }
    }

    /**
     * One CPU.
     *
     * @param number its number
     * @param contexts its contexts, from the thread up
     * @param interruptFlag IF
     * @param nmiBlocked whether hardware blocks NMIs
     * @param inNmi whether an NMI handler is on the stack
     * @param nmiPending whether an NMI was sent and is not delivered
     * @param syncRequests the CPUs that wait for this one to synchronise
     * @param preemptible whether the thread may be taken off the CPU
     * @param stop its part in {@code stop_machine}
     * @param stores the store buffer, oldest first
     * @param fetchable for each site, the contents that memory has had and that a fetch may still see, oldest first, in hexadecimal
     */
    public record Cpu(
            int number,
            List<Context> contexts,
            boolean interruptFlag,
            boolean nmiBlocked,
            boolean inNmi,
            boolean nmiPending,
            List<Integer> syncRequests,
            boolean preemptible,
            Part stop,
            List<String> stores,
            List<List<String>> fetchable) {
        /** Copies the lists. */
        public Cpu {
            contexts = List.copyOf(contexts);
            syncRequests = List.copyOf(syncRequests);
            stores = List.copyOf(stores);
            fetchable = List.copyOf(fetchable);
        }

        /** The context that runs. */
        public Context top() {
            return contexts.get(contexts.size() - 1);
        }

        /** Its name, with that of the top context, as in schedules: {@code cpu1.nmi}. */
        public String name() {
            String context = top().kind().text();
            return "cpu" + number + (context.isEmpty() ? "" : "." + context);
        }
    }

    /**
     * One cell of shared memory.
     *
     * @param name its name
     * @param value its value
     * @param text its value as the protocol writes it
     * @param alive whether the object that it belongs to, if any, is alive
     */
    public record Shared(String name, int value, String text, boolean alive) {}

    /**
     * One cell of shared memory that is not as it was.
     *
     * @param before as it was
     * @param after as it is
     */
    public record Changed(Shared before, Shared after) {}

    /**
     * The patching of a site.
     *
     * @param site the site
     * @param memory the bytes in memory, in hexadecimal
     * @param begun the version whose patch call has begun last
     * @param returned the version whose patch call has returned last
     * @param seen the newest version that a complete execution has seen; 0 unless that is watched
     * @param underWay the versions that patch calls are bringing
     * @param inForce the versions that may have been brought last
     */
    public record Patch(
            Site site,
            String memory,
            int begun,
            int returned,
            int seen,
            List<Integer> underWay,
            List<Integer> inForce) {}

    /** Why a context cannot go on. */
    public enum Reason {
        /** It can. */
        NOTHING,
        /** It waits for a condition on a shared variable. */
        CONDITION,
        /** It goes round in a loop that only changes of shared variables can end. */
        LOOP,
        /** It waits for a lock. */
        LOCK,
        /** It waits until other CPUs have executed the instruction of a {@code sync*}, or run the function of an IPI. */
        SYNC,
        /** It waits for the end of a grace period. */
        GRACE_PERIOD,
        /** It is a suspended thread, or waits until a thread is suspended, or no longer. */
        SUSPENDED,
        /** It waits until a CPU is offline. */
        HOTPLUG,
        /** It waits for other CPUs in {@code stop_machine}. */
        STOP_MACHINE,
        /** It waits until its store buffer is empty, or has room. */
        STORE_BUFFER,
        /** The CPU is offline. */
        OFFLINE,
        /** It has nothing more to do. */
        FINISHED,
        /** It owes nothing. */
        AT_REST
    }

    /**
     * A CPU on which it depends whether another can go on.
     *
     * @param cpu its number
     * @param how what it is about: where it would help, or why it does not
     */
    public record Helper(int cpu, String how) {}

    /**
     * What the top context of a CPU waits for.
     *
     * @param reason the kind of wait
     * @param variable the shared variable that it is about; empty if it is none
     * @param until what must come true, in the words of C; empty if it waits for nothing
     * @param now how things are instead
     * @param helpers the CPUs that can still bring it about; of a {@code sync*} or {@code stop_machine}, those that have not yet
     */
    public record Wait(Reason reason, String variable, String until, String now, List<Helper> helpers) {
        /** Copies the list. */
        public Wait {
            helpers = List.copyOf(helpers);
        }

        /** Whether another CPU, or a context below, has to do something first. */
        public boolean isBlocked() {
            return switch (reason) {
                case CONDITION, LOOP, LOCK, SYNC, GRACE_PERIOD, SUSPENDED, HOTPLUG, STOP_MACHINE -> true;
                case NOTHING, STORE_BUFFER, OFFLINE, FINISHED, AT_REST -> false;
            };
        }
    }

    /** The CPUs. */
    public List<Cpu> cpus() {
        return cpus;
    }

    /** The shared variables, each element of an array for itself. */
    public List<Shared> variables() {
        return portrait.variables();
    }

    /** The shared variables that an earlier state of the same machine had otherwise. */
    public List<Changed> changedSince(StateView earlier) {
        return portrait.changedSince(earlier.portrait);
    }

    /** The sites. */
    public List<Patch> patches() {
        return portrait.patches();
    }

    /** What the top context of a CPU waits for. */
    public Wait waiting(int cpu) {
        return waits.get(cpu);
    }

    /** The same; of a CPU that can step, what it comes to wait for if no other CPU moves. That is worked out anew each time. */
    public Wait standing(int cpu) {
        Wait wait = waits.get(cpu);
        return wait.reason() == Reason.NOTHING ? new Waits(machine, portrait, state).alone(cpu) : wait;
    }

    /** The view of where the CPUs come to if all of them go on in turn; empty if that is not known. It is worked out anew each time. */
    Optional<StateView> onward() {
        return Onward.of(machine, state).map(there -> new StateView(machine, there));
    }

    /** Whether every CPU has done what was asked of it. */
    public boolean complete() {
        return machine.complete(state);
    }

    /** The statement that stands before the next one of a CPU's top context: if one just failed, that one. */
    public String failed(int cpu) {
        return portrait.before(cpu);
    }

    /** The name of an enabled action. */
    public String describe(int action) {
        return machine.describe(state, action);
    }

    /** What an enabled action fetches, if it does. */
    public Optional<Fetched> fetched(int action) {
        return portrait.fetched(action);
    }

    /** The site that an enabled action fetches from; only for an action that {@link #fetched} something. */
    public Site fetchedFrom(int action) {
        return portrait.fetchedFrom(action);
    }

    /** Whether an enabled action serializes its CPU. */
    public boolean serializes(int action) {
        return portrait.serializes(action);
    }

    /** What an enabled action finds: the value of a load, the outcome of a comparison; empty if it does not look. */
    public String outcome(int action) {
        return portrait.outcome(action);
    }

    /** The piece of a text store, or the buffered store, that an enabled action brings to memory; empty if it does not. */
    public String piece(int action) {
        String name = describe(action);
        return portrait.storesPiece(action) ? name.substring(name.indexOf(' ', name.indexOf(' ') + 1) + 1) : "";
    }
}
