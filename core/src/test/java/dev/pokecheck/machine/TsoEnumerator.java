// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All final outcomes of a small program by x86-TSO, or by sequential consistency, as the abstract machine of Sewell et al. (CACM 2010) gives them: for any
 * number of threads, in maps and lists, with store buffers without bound. It knows nothing of the machine that it is compared with but the words
 * of {@link Assembly}.
 */
final class TsoEnumerator {
    private static final Pattern STORE = Pattern.compile("([a-z])=(\\d)");
    private static final Pattern LOAD = Pattern.compile("(r\\d)=([a-z])");
    private static final Pattern EXCHANGE = Pattern.compile("(?:(r\\d)=)?xchg ([a-z]) (\\d)");
    private static final Pattern COMPARE = Pattern.compile("(r\\d)=cas ([a-z]) (\\d) (\\d)");

    private final List<List<String>> threads;
    private final boolean buffered;
    private final Set<State> seen = new HashSet<>();
    private final Deque<State> open = new ArrayDeque<>();

    /** Where each thread is, what each has buffered, and all variables and registers. */
    private record State(List<Integer> at, List<List<String>> buffers, Map<String, Integer> values) {}

    private TsoEnumerator(List<List<String>> threads, boolean buffered) {
        this.threads = threads;
        this.buffered = buffered;
    }

    /** The outcomes: the values of registers and variables that occur, in the order of their names. */
    static Set<String> outcomes(List<String> program, boolean buffered) {
        List<List<String>> threads = program.stream()
                .map(thread -> thread.isEmpty() ? List.<String>of() : List.of(thread.split("; ", -1)))
                .toList();
        return new TsoEnumerator(threads, buffered).enumerate();
    }

    private Set<String> enumerate() {
        Map<String, Integer> zero = new TreeMap<>();
        for (List<String> thread : threads) {
            for (String statement : thread) {
                Matcher name = Pattern.compile("\\b(r\\d|[xyz])\\b").matcher(statement);
                while (name.find()) {
                    zero.put(name.group(), 0);
                }
            }
        }
        List<Integer> start = threads.stream().map(thread -> 0).toList();
        List<List<String>> empty =
                threads.stream().map(thread -> List.<String>of()).toList();
        meet(new State(start, empty, zero));
        Set<String> outcomes = new TreeSet<>();
        while (!open.isEmpty()) {
            State state = open.pop();
            boolean over = true;
            for (int thread = 0; thread < threads.size(); thread++) {
                boolean steps = step(state, thread);
                boolean drains = drain(state, thread);
                over &= !steps && !drains;
            }
            if (over) {
                List<String> values =
                        state.values.values().stream().map(String::valueOf).toList();
                outcomes.add(String.join(" ", values));
            }
        }
        return outcomes;
    }

    private void meet(State state) {
        if (seen.add(state)) {
            open.push(state);
        }
    }

    /** The oldest buffered store of a thread reaches memory; returns whether there is one. */
    private boolean drain(State state, int thread) {
        List<String> buffer = state.buffers.get(thread);
        if (buffer.isEmpty()) {
            return false;
        }
        Map<String, Integer> values = new TreeMap<>(state.values);
        store(values, buffer.get(0));
        meet(new State(state.at, with(state.buffers, thread, buffer.subList(1, buffer.size())), values));
        return true;
    }

    /** The next statement of a thread; returns whether there is one, even if it has to wait. */
    private boolean step(State state, int thread) {
        int at = state.at.get(thread);
        if (at == threads.get(thread).size()) {
            return false;
        }
        String statement = threads.get(thread).get(at);
        List<String> buffer = state.buffers.get(thread);
        List<Integer> next = with(state.at, thread, at + 1);
        Map<String, Integer> values = new TreeMap<>(state.values);
        Matcher load = LOAD.matcher(statement);
        if (STORE.matcher(statement).matches()) {
            if (buffered) {
                List<String> longer = new ArrayList<>(buffer);
                longer.add(statement);
                meet(new State(next, with(state.buffers, thread, List.copyOf(longer)), values));
            } else {
                store(values, statement);
                meet(new State(next, state.buffers, values));
            }
        } else if (load.matches()) {
            values.put(load.group(1), read(state.values, buffer, load.group(2)));
            meet(new State(next, state.buffers, values));
        } else if (buffer.isEmpty()) {
            locked(values, statement);
            meet(new State(next, state.buffers, values));
        }
        return true;
    }

    private static int read(Map<String, Integer> memory, List<String> buffer, String variable) {
        for (int i = buffer.size() - 1; i >= 0; i--) {
            Matcher store = STORE.matcher(buffer.get(i));
            if (store.matches() && store.group(1).equals(variable)) {
                return Integer.parseInt(store.group(2));
            }
        }
        return memory.getOrDefault(variable, 0);
    }

    private static void store(Map<String, Integer> values, String statement) {
        Matcher store = STORE.matcher(statement);
        if (!store.matches()) {
            throw new IllegalArgumentException(statement + " stores nothing");
        }
        values.put(store.group(1), Integer.valueOf(store.group(2)));
    }

    /** What only happens with an empty buffer: a fence, or a locked operation. */
    private static void locked(Map<String, Integer> values, String statement) {
        Matcher exchange = EXCHANGE.matcher(statement);
        Matcher compare = COMPARE.matcher(statement);
        if (exchange.matches()) {
            int old = values.getOrDefault(exchange.group(2), 0);
            values.put(exchange.group(2), Integer.valueOf(exchange.group(3)));
            if (exchange.group(1) != null) {
                values.put(exchange.group(1), old);
            }
        } else if (compare.matches()) {
            boolean equal = values.getOrDefault(compare.group(2), 0) == Integer.parseInt(compare.group(3));
            if (equal) {
                values.put(compare.group(2), Integer.valueOf(compare.group(4)));
            }
            values.put(compare.group(1), equal ? 1 : 0);
        } else if (!statement.equals("mfence")) {
            throw new IllegalArgumentException("\"" + statement + "\" is no statement");
        }
    }

    private static <T> List<T> with(List<T> all, int index, T value) {
        List<T> changed = new ArrayList<>(all);
        changed.set(index, value);
        return List.copyOf(changed);
    }
}
