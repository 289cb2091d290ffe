// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.step;

import dev.pokecheck.insn.Sync;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a step itself may read, write and set off: all that the reduction, liveness of local variables, and explanations know of it. It
 * errs on the side of "may".
 */
public final class Footprint {
    private final Visibility visibility;
    private final List<Code> codes = new ArrayList<>();
    private final Set<Integer> localReads = new TreeSet<>();
    private final Set<Integer> reads = new TreeSet<>();
    private final Set<Integer> writes = new TreeSet<>();
    private OptionalInt assigned = OptionalInt.empty();
    private OptionalInt stored = OptionalInt.empty();
    private OptionalInt site = OptionalInt.empty();
    private int entry;
    private OptionalInt textStore = OptionalInt.empty();
    private OptionalInt object = OptionalInt.empty();
    private OptionalInt routine = OptionalInt.empty();
    private Optional<Sync> instruction = Optional.empty();
    private Optional<Code> nmiTarget = Optional.empty();
    private boolean loadsText;
    private boolean locked;
    private int choices;
    private boolean traps;
    private boolean interrupts;
    private boolean enables;
    private boolean ghostly;
    private boolean offline;
    private boolean onlyEvaluates;
    private boolean leads;
    private boolean assigns;
    private boolean checks;
    private boolean branches;

    private Footprint(Visibility visibility) {
        this.visibility = visibility;
    }

    /** That of a step that touches nothing but its own context. */
    public static Footprint of(Visibility visibility) {
        return new Footprint(visibility);
    }

    // ---- making

    /** It evaluates an expression. */
    public Footprint evaluates(Code code) {
        codes.add(code);
        localReads.addAll(code.locals());
        reads.addAll(code.variables());
        return this;
    }

    /** It evaluates, assigns and goes on, and nothing else: what can go wrong is that an expression fails or that the local variable does not hold the value. */
    public Footprint onlyEvaluates() {
        onlyEvaluates = true;
        return this;
    }

    /** It assigns a local variable; -1 is none. */
    public Footprint assigns(int local) {
        assigned = local < 0 ? OptionalInt.empty() : OptionalInt.of(local);
        return this;
    }

    /** It does nothing else than assign a local variable the value of an expression; -1 is none. */
    public Footprint onlyAssigns(int local, Code value) {
        assigns = true;
        return evaluates(value).assigns(local);
    }

    /** It does nothing but lead to another step. */
    public Footprint leads() {
        leads = true;
        return this;
    }

    /** It does nothing but lead to the next step if a condition holds, and elsewhere if not. */
    public Footprint decides(Code condition) {
        branches = true;
        return evaluates(condition);
    }

    /** It does nothing but end the run if a condition holds. */
    public Footprint checks(Code condition) {
        checks = true;
        return evaluates(condition);
    }

    /** It stores a value. */
    public Footprint stores(Cell cell, Code value) {
        evaluates(cell.index());
        evaluates(value);
        writes.add(cell.variable());
        stored = cell.var().length() == 1 ? value.constant() : OptionalInt.empty();
        return this;
    }

    /** It reads and writes a cell at once. */
    public Footprint updates(Cell cell) {
        evaluates(cell.index());
        locked = true;
        reads.add(cell.variable());
        writes.add(cell.variable());
        return this;
    }

    /** It loads text as data. */
    public Footprint loadsText() {
        loadsText = true;
        return this;
    }

    /** It reads and writes text at once. */
    public Footprint updatesText() {
        locked = true;
        return this;
    }

    /** It executes a site from an entry on: a breakpoint may be hit, and the code may do what the protocol says that it does to shared data. */
    public Footprint executes(int number, int from) {
        site = OptionalInt.of(number);
        entry = from;
        return traps();
    }

    /** It stores to text. */
    public Footprint pokes(int store) {
        textStore = OptionalInt.of(store);
        return this;
    }

    /** What it reads are ghosts, which no CPU loads. */
    public Footprint ofGhosts() {
        ghostly = true;
        return this;
    }

    /** It chooses among some numbers. */
    public Footprint chooses(int ways) {
        choices = ways;
        return this;
    }

    /** It may call the breakpoint handler. */
    public Footprint traps() {
        traps = true;
        return this;
    }

    /** It begins or ends the life of an object, which is to write all its fields. */
    public Footprint endsLife(int number) {
        object = OptionalInt.of(number);
        return this;
    }

    /** The CPU goes offline. */
    public Footprint takesOffline() {
        offline = true;
        return this;
    }

    /** It executes an instruction that may serialize. */
    public Footprint executes(Sync sync) {
        instruction = Optional.of(sync);
        return this;
    }

    /** It may interrupt threads of other CPUs. */
    public Footprint interruptsOthers() {
        interrupts = true;
        return this;
    }

    /** It sets IF, so that maskable interrupts may come to its own CPU. */
    public Footprint enablesInterrupts() {
        enables = true;
        return this;
    }

    /** It starts a routine on other CPUs. */
    public Footprint startsElsewhere(int firstStep) {
        routine = OptionalInt.of(firstStep);
        return interruptsOthers();
    }

    /** It sends an NMI. */
    public Footprint sendsNmiTo(Code cpu) {
        nmiTarget = Optional.of(cpu);
        return evaluates(cpu);
    }

    // ---- asking

    /** Whether it does nothing but lead to another step. */
    public boolean onlyLeads() {
        return leads;
    }

    /** The condition by which it leads to the next step, or elsewhere if that does not hold; empty if it does anything else. */
    public Optional<Code> branch() {
        return branches ? Optional.of(codes.get(0)) : Optional.empty();
    }

    /** The condition on which it ends the run; empty if it does anything else. */
    public Optional<Code> check() {
        return checks ? Optional.of(codes.get(0)) : Optional.empty();
    }

    /** Whether it does nothing else than assign a local variable the value of its one expression. */
    public boolean onlyAssigns() {
        return assigns;
    }

    /** The local variable whose value it assigns to another, if that is all it does. */
    public OptionalInt copied() {
        return assigns ? codes.get(0).local() : OptionalInt.empty();
    }

    /** Whether the CPU goes offline. */
    public boolean goesOffline() {
        return offline;
    }

    /** What others can see of it. */
    public Visibility visibility() {
        return visibility;
    }

    /** Whether nothing can go wrong but that an expression fails, or that a local variable does not hold its value. */
    public boolean canOnlyEvaluate() {
        return onlyEvaluates;
    }

    /** The expressions that it evaluates. */
    public List<Code> codes() {
        return List.copyOf(codes);
    }

    /** The local variables that it reads. */
    public Set<Integer> localReads() {
        return localReads;
    }

    /** The local variable that it assigns. */
    public OptionalInt assigned() {
        return assigned;
    }

    /** The shared variables that it reads itself. */
    public Set<Integer> reads() {
        return reads;
    }

    /** Whether it loads a shared variable or text, other than by a locked operation. */
    public boolean loads() {
        return loadsText
                || (!ghostly
                        && codes.stream().anyMatch(code -> !code.variables().isEmpty()));
    }

    /** Whether it makes a locked operation. */
    public boolean isLocked() {
        return locked;
    }

    /** The shared variables that it writes itself. */
    public Set<Integer> writes() {
        return writes;
    }

    /** The value that it stores, if it is known and the variable is no array. */
    public OptionalInt stored() {
        return stored;
    }

    /** The site that it executes. */
    public OptionalInt site() {
        return site;
    }

    /** The offset at which it enters that site. */
    public int entry() {
        return entry;
    }

    /** The number of the store to text that it makes. */
    public OptionalInt textStore() {
        return textStore;
    }

    /** The object that it brings to life or ends. */
    public OptionalInt object() {
        return object;
    }

    /** The first step of the routine that it starts on other CPUs. */
    public OptionalInt routine() {
        return routine;
    }

    /** The instruction that it executes, if that may serialize. */
    public Optional<Sync> instruction() {
        return instruction;
    }

    /** The CPU to which it sends an NMI. */
    public Optional<Code> nmiTarget() {
        return nmiTarget;
    }

    /** Among how many numbers it chooses, 0 if it does not. */
    public int choices() {
        return choices;
    }

    /** Whether it may call the breakpoint handler. */
    public boolean mayTrap() {
        return traps;
    }

    /** Whether it may interrupt threads of other CPUs. */
    public boolean interrupts() {
        return interrupts;
    }

    /** Whether it sets IF, so that maskable interrupts may come to its own CPU. */
    public boolean enables() {
        return enables;
    }
}
