// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.step;

import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Expr.BinaryOp;
import dev.pokecheck.protocol.Expr.UnaryOp;
import dev.pokecheck.protocol.Local;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * An expression, and the same in postfix code: pairs of an operation and its operand. The code is shorter where it comes to the same: operations on constants are carried out, 0 is
 * not added, and the opposite of a comparison is a comparison. Immutable.
 */
public final class Code {
    /** Pushes the operand. */
    public static final int CONSTANT = 0;
    /** Pushes the local variable with this number. */
    public static final int LOCAL = 1;
    /** Replaces an index by the element of the shared variable with this number. */
    public static final int READ = 2;
    /** Pushes the number of the CPU. */
    public static final int CPU = 3;
    /** Pushes whether the CPU handles an NMI. */
    public static final int IN_NMI = 4;
    /** Pushes the saved address of the context below. */
    public static final int SAVED_ADDRESS = 5;
    /** Replaces a value by what {@link #unary} makes of it. */
    public static final int UNARY = 6;
    /** Replaces two values by what {@link #binary} makes of them. */
    public static final int BINARY = 7;
    /** Pushes whether no CPU has the handler with this number on its stack. */
    public static final int NO_CPU_IN = 8;

    /** Pushes whether every CPU has serialized since the last store to the site with this number. */
    public static final int EVERY_CPU_SERIALIZED_SINCE = 9;

    private static final UnaryOp[] UNARY_OPS = UnaryOp.values();
    private static final BinaryOp[] BINARY_OPS = BinaryOp.values();
    /** Of how many values of a local variable the result is kept. */
    private static final int MOST_KEPT = 128;

    private final Expr source;
    private final int[] words;
    /** The local variables in it, by their numbers. */
    private final Map<Integer, Local> ranges;

    private final Form form;
    /** The value for each value of the only local variable, from {@link #least} on; empty where it is not that form. */
    private final int[] kept;

    private final int least;
    private final Optional<Code> index;

    /** What most expressions are, so that they need not be evaluated word by word. */
    public enum Form {
        /** {@link #word}(1). */
        CONSTANT,
        /** The local variable {@link #word}(1). */
        LOCAL,
        /** The binary operation {@link #word}(5) on the local variable {@link #word}(1) and the constant {@link #word}(3). */
        LOCAL_AND_CONSTANT,
        /** The binary operation {@link #word}(5) on the local variables {@link #word}(1) and {@link #word}(3). */
        TWO_LOCALS,
        /** Made of constants and one local variable, of no wide range, {@link #word}(1): {@link #where}. */
        ONE_LOCAL,
        /** The element {@link #word}(1) of the shared variable {@link #word}(3). */
        ELEMENT,
        /** The element {@link #index} of a shared variable: {@link #element}. */
        ELEMENT_AT,
        /** Anything else. */
        ANY
    }

    private Code(Expr source, int[] words, Map<Integer, Local> ranges) {
        this.source = source;
        this.words = words;
        this.ranges = ranges;
        Optional<Local> only = only(words, ranges);
        form = form(words, only.isPresent());
        kept = new int[form == Form.ONE_LOCAL ? only.map(Code::width).orElseThrow() : 0];
        least = only.map(Local::min).orElse(0);
        for (int i = 0; i < kept.length; i++) {
            kept[i] = evaluate(least + i);
        }
        index = form == Form.ELEMENT_AT
                ? Optional.of(new Code(source, Arrays.copyOf(words, words.length - 2), ranges))
                : Optional.empty();
    }

    private static Form form(int[] words, boolean isOfOneLocal) {
        boolean isOne = words.length == 2;
        if (isOne && (words[0] == CONSTANT || words[0] == LOCAL)) {
            return words[0] == CONSTANT ? Form.CONSTANT : Form.LOCAL;
        }
        if (words[words.length - 2] == READ) {
            return words.length == 4 && words[0] == CONSTANT ? Form.ELEMENT : Form.ELEMENT_AT;
        }
        if (words.length == 6 && words[0] == LOCAL && words[4] == BINARY) {
            if (words[2] == CONSTANT || words[2] == LOCAL) {
                return words[2] == CONSTANT ? Form.LOCAL_AND_CONSTANT : Form.TWO_LOCALS;
            }
        }
        return isOfOneLocal ? Form.ONE_LOCAL : Form.ANY;
    }

    /** The local variable that it begins with, if it is made of that and constants, and that has no wide range. */
    private static Optional<Local> only(int[] words, Map<Integer, Local> ranges) {
        return words[0] == LOCAL && isOfLocal(words)
                ? Optional.ofNullable(ranges.get(words[1])).filter(local -> width(local) <= MOST_KEPT)
                : Optional.empty();
    }

    /** Whether it is made of constants and the local variable that it begins with. */
    private static boolean isOfLocal(int... words) {
        for (int i = 0; i < words.length; i += 2) {
            boolean isAllowed = words[i] == CONSTANT || words[i] == UNARY || words[i] == BINARY;
            if (!isAllowed && !(words[i] == LOCAL && words[i + 1] == words[1])) {
                return false;
            }
        }
        return true;
    }

    /** How many values a local variable has; more than any table has if that is more than an int can say. */
    private static int width(Local local) {
        return (int) Math.min(Integer.MAX_VALUE, (long) local.max() - local.min() + 1);
    }

    /** Compiles an expression. */
    public static Code of(Expr expr) {
        CodeEmitter emitter = new CodeEmitter();
        expr.accept(emitter);
        return new Code(expr, emitter.words(), emitter.locals());
    }

    /** What it is. */
    public Form form() {
        return form;
    }

    /** The expression. */
    public Expr source() {
        return source;
    }

    /** The number of words: two for each operation. */
    public int length() {
        return words.length;
    }

    /** A word: at even places an operation, behind it its operand. */
    public int word(int at) {
        return words[at];
    }

    /** A unary operation applied. */
    public static int unary(int operation, int operand) {
        return switch (UNARY_OPS[operation]) {
            case NOT -> operand == 0 ? 1 : 0;
            case BIT -> 1 << operand;
            case WEIGHT -> Integer.bitCount(operand);
        };
    }

    /** A binary operation applied. */
    public static int binary(int operation, int left, int right) {
        return BINARY_OPS[operation].apply(left, right);
    }

    /** The value, if it is a constant. */
    public OptionalInt constant() {
        return words.length == 2 && words[0] == CONSTANT ? OptionalInt.of(words[1]) : OptionalInt.empty();
    }

    /** The local variable that it is; empty if it is anything else. */
    public OptionalInt local() {
        return words.length == 2 && words[0] == LOCAL ? OptionalInt.of(words[1]) : OptionalInt.empty();
    }

    /** Whether it is made of local variables and constants only, so that its value changes only where one of them is assigned. */
    public boolean isOfLocals() {
        for (int i = 0; i < words.length; i += 2) {
            if (words[i] != CONSTANT && words[i] != LOCAL && words[i] != UNARY && words[i] != BINARY) {
                return false;
            }
        }
        return true;
    }

    /** The index of the element that it is, only in the form {@link Form#ELEMENT_AT}. */
    public Code index() {
        return index.orElseThrow();
    }

    /** The number of the shared variable whose element it is, only in the form {@link Form#ELEMENT_AT}. */
    public int element() {
        return words[words.length - 1];
    }

    /** The value where each local variable in it has one value; only if it {@link #isOfLocals}. */
    public int where(int local) {
        int at = local - least;
        return at >= 0 && at < kept.length ? kept[at] : evaluate(local);
    }

    private int evaluate(int local) {
        int[] stack = new int[depth()];
        int top = -1;
        for (int i = 0; i < words.length; i += 2) {
            switch (words[i]) {
                case CONSTANT -> stack[++top] = words[i + 1];
                case LOCAL -> stack[++top] = local;
                case UNARY -> stack[top] = unary(words[i + 1], stack[top]);
                case BINARY -> {
                    top--;
                    stack[top] = binary(words[i + 1], stack[top], stack[top + 1]);
                }
                default -> throw new IllegalStateException("not of local variables");
            }
        }
        return stack[top];
    }

    /** Whether it is the same as another one, operation by operation. */
    public boolean isSame(Code other) {
        return Arrays.equals(words, other.words);
    }

    /** Whether it is the number of the CPU that evaluates it. */
    public boolean isOwnCpu() {
        return words.length == 2 && words[0] == CPU;
    }

    /** How many values are in hand at most while it is evaluated. */
    public int depth() {
        int now = 0;
        int most = 0;
        for (int i = 0; i < words.length; i += 2) {
            switch (words[i]) {
                case CONSTANT, LOCAL, CPU, IN_NMI, SAVED_ADDRESS, NO_CPU_IN, EVERY_CPU_SERIALIZED_SINCE -> now++;
                case BINARY -> now--;
                default -> {
                    // A value takes the place of another.
                }
            }
            most = Math.max(most, now);
        }
        return most;
    }

    /** Whether it asks which handlers CPUs are in. */
    public boolean asksForHandlers() {
        return !operands(NO_CPU_IN).isEmpty();
    }

    /** The sites of which it asks whether every CPU has serialized since their last store. */
    public Set<Integer> sitesAskedFor() {
        return operands(EVERY_CPU_SERIALIZED_SINCE);
    }

    /** The local variables that it reads. */
    public Set<Integer> locals() {
        return operands(LOCAL);
    }

    /** The shared variables that it reads. */
    public Set<Integer> variables() {
        return operands(READ);
    }

    /** The first shared variable that it reads, or -1. */
    public int variable() {
        for (int i = 0; i < words.length; i += 2) {
            if (words[i] == READ) {
                return words[i + 1];
            }
        }
        return -1;
    }

    /** The part that loads the first shared variable that it reads. */
    public Code load() {
        int end = 0;
        while (words[end] != READ) {
            end += 2;
        }
        return new Code(source, Arrays.copyOf(words, end + 2), ranges);
    }

    private Set<Integer> operands(int operation) {
        Set<Integer> read = new TreeSet<>();
        for (int i = 0; i < words.length; i += 2) {
            if (words[i] == operation) {
                read.add(words[i + 1]);
            }
        }
        return read;
    }
}
