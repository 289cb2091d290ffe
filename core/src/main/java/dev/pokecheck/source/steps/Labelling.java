// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.steps;

import dev.pokecheck.protocol.CpuStmt.CallTarget;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.ExprParts;
import dev.pokecheck.text.Site;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

/**
 * The labels of a routine's steps where their author gives none: what is done, what it is done to, and a number from the second such step of a call on. Those that their
 * author names are not counted.
 */
final class Labelling {
    private final Deque<String> prefixes = new ArrayDeque<>();
    private final Map<String, Integer> counts = new TreeMap<>();

    /** The labels that follow have a prefix more: they are those of steps inside a step. */
    void enter(String label) {
        prefixes.addLast(label + ".");
    }

    /** They have it no longer. */
    void leave() {
        prefixes.removeLast();
    }

    /**
     * A label without the prefixes that it has here.
     *
     * @throws IllegalArgumentException if it lacks them: then the recorder has not given it
     */
    String relative(String label) {
        String prefix = prefix();
        if (!label.startsWith(prefix)) {
            throw new IllegalArgumentException("the step " + label + " is inside " + prefix
                    + " and not named so; a protocol whose statements were moved cannot be printed as C");
        }
        return label.substring(prefix.length());
    }

    private String prefix() {
        return String.join("", prefixes);
    }

    /** The label, without prefixes, of the next step that does something to an object; the object may be empty. */
    String next(String operation, String object) {
        String usual = base(operation, object);
        return numbered(usual, counts.merge(prefix() + " " + usual, 1, Integer::sum));
    }

    /** Whether that would be a label; if so, it is given. */
    boolean takes(String operation, String object, String label) {
        String usual = base(operation, object);
        String key = prefix() + " " + usual;
        int number = counts.getOrDefault(key, 0) + 1;
        if (!numbered(usual, number).equals(label)) {
            return false;
        }
        counts.put(key, number);
        return true;
    }

    private static String base(String operation, String object) {
        return (object.isEmpty() ? operation : operation + "." + object).replaceAll("[^A-Za-z0-9._-]", "-");
    }

    private static String numbered(String usual, int number) {
        return number == 1 ? usual : usual + "." + number;
    }

    /** A byte of a site. */
    static String place(Site site, int offset) {
        return site.name() + (offset == 0 ? "" : "." + offset);
    }

    /** What a call of some CPUs does. */
    static String calls(CallTarget target) {
        if (target.isHere()) {
            return "on_each_cpu";
        }
        return target.others().isPresent() ? "smp_call_function_many" : "smp_call_function";
    }

    /** What a call does: the name of its function. */
    static String function(String call) {
        int bracket = call.indexOf('(');
        return bracket > 0 ? call.substring(0, bracket) : call;
    }

    /** The name of the first shared variable that a condition reads; empty if it reads none. */
    static String object(Expr condition) {
        return condition
                .accept(ExprParts.ALL)
                .filter(Expr.Read.class::isInstance)
                .map(read -> ((Expr.Read) read).cell().var().name())
                .findFirst()
                .orElse("");
    }
}
