// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.sequence;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A second judge of runs, written plainly and for itself. It hears the names of the steps ({@link HeardStep}): which bytes were fetched, which version was
 * emulated, which patch calls began and returned. An execution is a set of versions that it can have been; it is torn when the set is empty, and
 * stale when all in it are older than the last version whose call had returned when the execution began. A version whose call has not begun when
 * the execution ends is not one that it can have been. A call ends where the called function has returned.
 */
final class Reference {
    /** What it can find. */
    enum Fault {
        /** No version explains an execution. */
        TORN,
        /** Only versions that were replaced before it began explain an execution. */
        STALE,
        /** An execution was of a version that no patch call had asked for yet. */
        EARLY
    }

    /** An execution under way. */
    private static final class Execution {
        final int site;
        final int returned;
        final BitSet versions = new BitSet();
        /** It is in a function that was called or jumped to. */
        boolean away;
        /** Nothing of it is left to fetch. */
        boolean over;

        Execution(int site, int returned, int versions) {
            this.site = site;
            this.returned = returned;
            this.versions.set(0, versions);
        }
    }

    private final List<Chain> chains;
    private final int[] lengths;
    private final int[] begun;
    private final int[] returned;
    private final Map<String, Execution> executions = new HashMap<>();
    /** By CPU, the contexts that are in a breakpoint handler, the innermost first. */
    private final Map<String, Deque<String>> trapped = new HashMap<>();

    private final List<HeardStep> steps = new ArrayList<>();
    private @Nullable Fault fault;

    Reference(List<Chain> chains) {
        this.chains = chains;
        lengths = chains.stream().mapToInt(Chain::length).toArray();
        begun = new int[chains.size()];
        returned = new int[chains.size()];
    }

    /** Forgets all that it has heard, for another run. */
    void restart() {
        Arrays.fill(begun, 0);
        Arrays.fill(returned, 0);
        executions.clear();
        trapped.clear();
        steps.clear();
        fault = null;
    }

    /** The first fault; null if there was none. */
    @Nullable
    Fault fault() {
        return fault;
    }

    /** What it heard, for reports. */
    List<String> steps() {
        return steps.stream().map(step -> step.name).toList();
    }

    /** Hears a step. */
    void step(HeardStep step) {
        steps.add(step);
        switch (step.kind) {
            case FETCH -> fetch(step);
            case EMULATE -> emulate(step.cpu, step.number);
            case BEGUN -> begun[step.site] = step.number;
            case RETURNED -> returned[step.site] = step.number;
            case CALLEE -> {
                Execution execution = executions.get(step.context);
                if (execution != null) {
                    execution.away = false;
                    goOn(step.context);
                }
            }
            case END_OF_HANDLER -> {
                Deque<String> contexts = trapped.get(step.cpu);
                if (contexts != null) {
                    goOn(contexts.poll());
                }
            }
            case OTHER -> {
                // Which store reached memory shows in what is fetched.
            }
        }
    }

    private void fetch(HeardStep step) {
        String context = step.context;
        int site = step.site;
        int offset = step.number;
        byte[] bytes = step.bytes;
        Execution execution = executions.get(context);
        if (execution == null) {
            execution = new Execution(
                    site, returned[site], chains.get(site).versions().size());
            executions.put(context, execution);
        }
        if (bytes[0] == (byte) 0xcc) {
            trapped.computeIfAbsent(step.cpu, key -> new ArrayDeque<>()).push(context);
            return;
        }
        List<List<byte[]>> versions = chains.get(site).versions();
        for (int v = 0; v < versions.size(); v++) {
            if (!has(versions.get(v), offset, bytes)) {
                execution.versions.clear(v);
            }
        }
        execution.away = step.jumps || isCall(bytes) || isJump(bytes);
        execution.over = step.jumps || isJump(bytes) || offset + bytes.length == lengths[site];
        judge(execution);
        goOn(context);
    }

    /** Ends the execution of a context if nothing of it is left. */
    private void goOn(@Nullable String context) {
        Execution execution = context == null ? null : executions.get(context);
        if (execution != null && execution.over && !execution.away) {
            executions.remove(context);
            judgeEnd(execution);
        }
    }

    private static boolean isCall(byte[] instruction) {
        int at = instruction[0] == 0x2e ? 1 : 0;
        return instruction[at] == (byte) 0xe8 || instruction[at] == (byte) 0xff;
    }

    private static boolean isJump(byte[] instruction) {
        return instruction[0] == (byte) 0xe9 || instruction[0] == (byte) 0xeb;
    }

    /** Whether a version has an instruction at an offset. */
    private static boolean has(List<byte[]> version, int offset, byte[] bytes) {
        int at = 0;
        for (byte[] instruction : version) {
            if (at == offset) {
                return Arrays.equals(instruction, bytes);
            }
            at += instruction.length;
        }
        return false;
    }

    /** The handler does what a version does, for the context below it. */
    private void emulate(String cpu, int version) {
        Deque<String> contexts = trapped.get(cpu);
        String context = contexts == null ? null : contexts.peek();
        Execution execution = context == null ? null : executions.get(context);
        if (execution == null) {
            throw new IllegalStateException("an emulation without a breakpoint before it: " + steps());
        }
        List<List<byte[]>> versions = chains.get(execution.site).versions();
        byte[] done = versions.get(version).get(0);
        for (int v = 0; v < versions.size(); v++) {
            if (!Arrays.equals(versions.get(v).get(0), done)) {
                execution.versions.clear(v);
            }
        }
        execution.away = isCall(done) || isJump(done);
        execution.over = true;
        judge(execution);
    }

    private void judge(Execution execution) {
        if (fault == null && execution.versions.isEmpty()) {
            fault = Fault.TORN;
        } else if (fault == null && execution.versions.length() <= execution.returned) {
            fault = Fault.STALE;
        }
    }

    private void judgeEnd(Execution execution) {
        int asked = execution.versions.previousSetBit(begun[execution.site]);
        if (fault == null && asked < 0) {
            fault = Fault.EARLY;
        } else if (fault == null && asked < execution.returned) {
            fault = Fault.STALE;
        }
    }
}
