// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.data.Field;
import dev.pokecheck.data.Var;
import java.util.List;

/** The cells of shared variables in a packed state. */
public final class Memory {
    private final Var[] variables;
    private final Field[] fields;
    private final int[] firstCell;
    private final Var[] varOf;

    Memory(List<Var> variables, Layout layout) {
        this.variables = variables.toArray(Var[]::new);
        fields = layout.cells;
        firstCell = new int[variables.size()];
        varOf = new Var[fields.length];
        int next = 0;
        for (Var var : variables) {
            firstCell[var.id()] = next;
            for (int i = 0; i < var.length(); i++) {
                varOf[next++] = var;
            }
        }
    }

    /** The number of cells. */
    public int cells() {
        return fields.length;
    }

    /** A variable. */
    public Var variable(int id) {
        return variables[id];
    }

    /** The cell of an element. */
    public int cell(int variable, int index) {
        return firstCell[variable] + index;
    }

    /** The variable that a cell belongs to. */
    public Var variableOf(int cell) {
        return varOf[cell];
    }

    /** The name of a cell in reports. */
    public String name(int cell) {
        Var var = varOf[cell];
        return var.length() == 1 ? var.name() : var.name() + "[" + (cell - firstCell[var.id()]) + "]";
    }

    boolean holds(int cell, int value) {
        return varOf[cell].holds(value);
    }

    /** What a cell holds. */
    public int read(long[] state, int cell) {
        return decode(cell, fields[cell].get(state, 0));
    }

    /** Makes a cell hold a value. */
    public void write(long[] state, int cell, int value) {
        fields[cell].set(state, 0, encode(cell, value));
    }

    void writeEncoded(long[] state, int cell, long value) {
        fields[cell].set(state, 0, value);
    }

    long encode(int cell, int value) {
        return (long) value - varOf[cell].min();
    }

    /** The value that a number in a store buffer stands for. */
    public int decode(int cell, long encoded) {
        return (int) (encoded + varOf[cell].min());
    }
}
