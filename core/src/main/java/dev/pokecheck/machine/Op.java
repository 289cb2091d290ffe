// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.insn.Sync;
import dev.pokecheck.protocol.Quiescence;
import dev.pokecheck.protocol.RmwOp;
import dev.pokecheck.protocol.Stmt;
import java.util.Optional;

/**
 * One operation of a compiled routine; its number is the program counter. Which fields mean something depends on the code; the
 * compiler fills them, the machine reads them.
 */
final class Op {
    final OpCode code;
    final String label;
    final Optional<Stmt> source;
    /** Whether it touches only its own context, so that it can be merged into the step before it. */
    final boolean local;

    /** The expression: value, operand, condition, address. */
    int[] expr = {};
    /** For compare-and-exchange: what to write. */
    int[] desired = {};
    /** The cell of {@code variable}, as an expression for its index. */
    int[] index = {};
    /** The shared variable accessed by a store or a locked operation, or -1. */
    int variable = -1;
    /** The local variable that gets a result, or -1. */
    int local0 = -1;
    /** Where a jump goes. */
    int target;
    /** A number: of a site, an object, a text store, a routine's first operation. */
    int number;
    /** A version. */
    int version;
    /** A yes or no of the statement. */
    boolean flag;

    Sync sync = Sync.NONE;
    Quiescence quiescence = Quiescence.HANDLERS_DONE;
    RmwOp rmw = RmwOp.EXCHANGE;
    /** Whether a thread that stands here owes nothing. */
    boolean rest;
    /** The shared variables accessed, as in {@link Accesses}. */
    long shared;
    /** For each word of a frame, the bits that are not dead local variables here. */
    long[] keep = {};

    Op(OpCode code, String label, Optional<Stmt> source, boolean local) {
        this.code = code;
        this.label = label;
        this.source = source;
        this.local = local;
    }
}
