// SPDX-License-Identifier: Apache-2.0
/**
 * Trees to a protocol.
 *
 * <p>A file is run as far as it can be while it is read: functions are expanded where they are called, pointers to objects are followed, and what is known then (the
 * sites and CPUs of the scenario, constants, the arguments of a call) is no step of the protocol. What is left is: each access to memory that others may access is a step, a
 * local variable is one of its routine, and a loop is a loop but for {@code for} loops that count over what is known, which are written out.
 *
 * <p><b>Ranges.</b> A variable has the values that are ever stored to it, found by reading the file again until nothing is added. What does not settle is refused, and
 * wants a range from its author, {@code __range(min, max)}; a value outside of that is a {@code bug} of the protocol, with the line of the store. No value wraps around.
 */
@NullMarked
package dev.pokecheck.source.lower;

import org.jspecify.annotations.NullMarked;
