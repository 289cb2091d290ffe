// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.lincheck;

import dev.pokecheck.data.Var;
import dev.pokecheck.protocol.ControlStmt;
import dev.pokecheck.protocol.Stmt;
import dev.pokecheck.protocol.TextStmt;
import dev.pokecheck.text.Site;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A protocol on CPUs of this package, one step at a time, all on the thread of the test. The operations of a CPU begin one after the other: CPU 0 brings
 * all versions, the others execute the sites that their recorded threads do.
 */
final class Sequential implements Way {
    /** A CPU. */
    interface Cpu {
        void beginPatch(int version);

        void beginExecution(int site);

        void prefetch(int site);

        Outcome step();

        String takeResult(Outcome outcome);

        /** How many contexts are on top of the thread. */
        int depth();
    }

    /** How a CPU is made. */
    @FunctionalInterface
    private interface Maker {
        Cpu cpu(int number, Program program, SharedWords words, Signals signals, List<CodeMemory> text);
    }

    private final Program program;
    private final SharedWords words;
    private final List<CodeMemory> text = new ArrayList<>();
    private final List<Cpu> cpus = new ArrayList<>();
    private final boolean[] busy;
    private final int[] begun;
    private final List<String> results = new ArrayList<>();

    private Sequential(Program program, Maker maker) {
        this.program = program;
        words = program.newWords();
        Signals signals = new Signals(words, program.firstSignal(), program.cpus());
        for (Site site : program.sites()) {
            text.add(new CodeMemory(site.bytes(0)));
        }
        for (int cpu = 0; cpu < program.cpus(); cpu++) {
            cpus.add(maker.cpu(cpu, program, words, signals, text));
        }
        busy = new boolean[program.cpus()];
        begun = new int[program.cpus()];
    }

    /** Walks through the statements. */
    static Sequential tree(Program program) {
        return new Sequential(program, TreeWalk::new);
    }

    /** Takes the steps of the graph. */
    static Sequential threads(Program program) {
        return new Sequential(
                program,
                (number, of, words, signals, text) -> new OnHost(new ThreadCpu(number, of, words, signals, text)));
    }

    /** A CPU of the machine. */
    private record OnHost(ThreadCpu cpu) implements Cpu {
        @Override
        public void beginPatch(int version) {
            cpu.beginPatch(version);
        }

        @Override
        public void beginExecution(int site) {
            cpu.beginExecution(site);
        }

        @Override
        public void prefetch(int site) {
            cpu.prefetch(site);
        }

        @Override
        public Outcome step() {
            return cpu.step();
        }

        @Override
        public String takeResult(Outcome outcome) {
            return cpu.takeResult(outcome);
        }

        @Override
        public int depth() {
            return cpu.depth();
        }
    }

    /** Every CPU sees every site as it is before the first step. */
    Sequential prefetched() {
        for (Cpu cpu : cpus) {
            program.sites().forEach(site -> cpu.prefetch(site.index()));
        }
        return this;
    }

    @Override
    public String step(int number) {
        Cpu cpu = cpus.get(number);
        if (!busy[number]) {
            busy[number] = begin(number, cpu);
        }
        Outcome outcome = cpu.step();
        return switch (outcome) {
            case RAN -> RAN;
            case BLOCKED, IDLE -> WAITS;
            case HALTED -> cpu.takeResult(outcome);
            case FINISHED -> {
                busy[number] = false;
                if (number != 0) {
                    results.add("cpu" + number + " " + cpu.takeResult(outcome));
                }
                yield RAN;
            }
            case LOCAL -> throw new IllegalStateException("a step that others can see does not end before it is made");
        };
    }

    /** Begins the next operation of a CPU; returns whether there is one. */
    private boolean begin(int number, Cpu cpu) {
        if (number == 0) {
            if (begun[0] + 1 == program.protocol().setting().sites().get(0).versions()) {
                return false;
            }
            cpu.beginPatch(++begun[0]);
            return true;
        }
        List<Stmt> body = program.protocol().threads().get(number).body();
        List<Integer> sites = executed(body);
        boolean forEver = body.stream().anyMatch(ControlStmt.While.class::isInstance);
        if (sites.isEmpty() || (begun[number] >= sites.size() && !forEver)) {
            return false;
        }
        cpu.beginExecution(sites.get(begun[number]++ % sites.size()));
        return true;
    }

    /** The sites that a thread executes, in a loop or not. */
    private static List<Integer> executed(List<Stmt> body) {
        List<Integer> sites = new ArrayList<>();
        for (Stmt stmt : body) {
            if (stmt instanceof TextStmt.Execute execute) {
                sites.add(execute.site().index());
            }
            stmt.bodies().forEach(inside -> sites.addAll(executed(inside.statements())));
        }
        return sites;
    }

    @Override
    public String state() {
        List<String> state = new ArrayList<>();
        for (Var var : program.protocol().variables()) {
            for (int i = 0; i < var.length(); i++) {
                state.add(var.name() + "=" + words.load(program.cell(var, i)));
            }
        }
        text.forEach(site -> state.add(HexFormat.of().formatHex(site.read())));
        IntStream.range(0, cpus.size())
                .forEach(cpu -> state.add("depth " + cpus.get(cpu).depth()));
        state.addAll(results);
        return String.join(", ", state);
    }
}
