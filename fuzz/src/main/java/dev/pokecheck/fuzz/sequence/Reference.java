// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.sequence;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A second judge of a run, written plainly and for itself. It hears the names of the steps: which bytes were fetched, which version was
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
        /** An execution was of a version that nobody had asked for yet. */
        EARLY
    }

    /** An execution under way. */
    private static final class Execution {
        final int site;
        final int returned;
        final TreeSet<Integer> versions = new TreeSet<>();
        /** It is in a function that was called or jumped to. */
        boolean away;
        /** Nothing of it is left to fetch. */
        boolean over;

        Execution(int site, int returned, int versions) {
            this.site = site;
            this.returned = returned;
            for (int v = 0; v < versions; v++) {
                this.versions.add(v);
            }
        }
    }

    private static final Pattern FETCH =
            Pattern.compile("(cpu\\d+)(\\.\\w+)? fetch site(\\d+)(?:\\+(\\d+))? \\[([0-9a-f ]+)](?: jumps)?");
    private static final Pattern EMULATE = Pattern.compile("(cpu\\d+)\\.bp (?:\\S*\\.)?emulate(\\d*)\\.site(\\d+)");
    private static final Pattern CALL = Pattern.compile("cpu0\\S* (patch|patched)(\\d+)\\.site(\\d+)");
    private static final Pattern RETURN = Pattern.compile("(cpu\\d+(?:\\.\\w+)?) (?:ret|callee) .*");
    private static final Pattern END_OF_HANDLER = Pattern.compile("(cpu\\d+)\\.bp iret");

    private final List<Chain> chains;
    private final int[] begun;
    private final int[] returned;
    private final Map<String, Execution> executions = new TreeMap<>();
    /** By CPU, the contexts that are in a breakpoint handler, the innermost first. */
    private final Map<String, Deque<String>> trapped = new TreeMap<>();

    private final List<String> steps = new ArrayList<>();
    private @Nullable Fault fault;

    Reference(List<Chain> chains) {
        this.chains = chains;
        begun = new int[chains.size()];
        returned = new int[chains.size()];
    }

    /** The first fault; null if there was none. */
    @Nullable
    Fault fault() {
        return fault;
    }

    /** What it heard, for reports. */
    List<String> steps() {
        return steps;
    }

    /** Hears a step. */
    void step(String name) {
        steps.add(name);
        Matcher fetch = FETCH.matcher(name);
        Matcher emulate = EMULATE.matcher(name);
        Matcher call = CALL.matcher(name);
        Matcher end = END_OF_HANDLER.matcher(name);
        if (fetch.matches()) {
            int offset = fetch.group(4) == null ? 0 : Integer.parseInt(fetch.group(4));
            byte[] bytes = HexFormat.ofDelimiter(" ").parseHex(fetch.group(5));
            String context = fetch.group(1) + (fetch.group(2) == null ? "" : fetch.group(2));
            fetch(fetch.group(1), context, Integer.parseInt(fetch.group(3)), offset, bytes, name.endsWith(" jumps"));
        } else if (emulate.matches()) {
            int version = emulate.group(2).isEmpty() ? 1 : Integer.parseInt(emulate.group(2));
            emulate(emulate.group(1), version);
        } else if (call.matches()) {
            int site = Integer.parseInt(call.group(3));
            int version = Integer.parseInt(call.group(2));
            (call.group(1).equals("patch") ? begun : returned)[site] = version;
        } else if (end.matches() && trapped.containsKey(end.group(1))) {
            goOn(trapped.get(end.group(1)).poll());
        }
        Matcher back = RETURN.matcher(name);
        if (back.matches() && executions.containsKey(back.group(1))) {
            executions.get(back.group(1)).away = false;
            goOn(back.group(1));
        }
    }

    private void fetch(String cpu, String context, int site, int offset, byte[] bytes, boolean jumps) {
        Execution execution = executions.get(context);
        if (execution == null) {
            execution = new Execution(
                    site, returned[site], chains.get(site).versions().size());
            executions.put(context, execution);
        }
        if (bytes[0] == (byte) 0xcc) {
            trapped.computeIfAbsent(cpu, key -> new ArrayDeque<>()).push(context);
            return;
        }
        execution.versions.removeIf(v -> !has(chains.get(site).versions().get(v), offset, bytes));
        execution.away = jumps || isCall(bytes) || isJump(bytes);
        execution.over = jumps
                || isJump(bytes)
                || offset + bytes.length == chains.get(site).length();
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
            throw new IllegalStateException("an emulation for nobody: " + steps);
        }
        List<List<byte[]>> versions = chains.get(execution.site).versions();
        byte[] done = versions.get(version).get(0);
        execution.versions.removeIf(v -> !Arrays.equals(versions.get(v).get(0), done));
        execution.away = isCall(done) || isJump(done);
        execution.over = true;
        judge(execution);
    }

    private void judge(Execution execution) {
        if (fault == null && execution.versions.isEmpty()) {
            fault = Fault.TORN;
        } else if (fault == null && execution.versions.last() < execution.returned) {
            fault = Fault.STALE;
        }
    }

    private void judgeEnd(Execution execution) {
        Integer asked = execution.versions.floor(begun[execution.site]);
        if (fault == null && asked == null) {
            fault = Fault.EARLY;
        } else if (fault == null && asked < execution.returned) {
            fault = Fault.STALE;
        }
    }
}
