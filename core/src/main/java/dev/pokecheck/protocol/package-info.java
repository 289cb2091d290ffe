// SPDX-License-Identifier: Apache-2.0
/**
 * How a protocol is written: statements, builder, printer. What can be changed in one is {@code protocol.mutation}.
 *
 * <p>Where each statement comes from, the {@link dev.pokecheck.protocol.Origin}, is kept beside the statements ({@link dev.pokecheck.protocol.Origins}), and is for readers
 * only: of Java it is the line that calls the recorder, of C the place in the author's file.
 *
 * <p>A protocol is recorded. A Java lambda runs once and records statements; a Java {@code for} over the sites of the
 * {@link dev.pokecheck.protocol.Setting} unrolls, and what happens at run time is an {@link dev.pokecheck.protocol.Expr}, so that
 * a Java {@code if} on it does not compile.
 *
 * <p><b>Rules of statements.</b>
 * <ol>
 *   <li id="one-access">A statement makes at most one access to shared memory; that is its atomic step. {@code x = y} with two shared
 *       variables must be written as a load and a store.
 *   <li id="label">A statement that touches text, shared data or interrupts has a label, unique in its routine. Statements without a label
 *       touch only the context they run in.
 *   <li id="await">{@code await} is a spin loop, taken as one step that is enabled when its condition holds: spinning changes nothing, so
 *       the loop's iterations are not told apart. Interrupts that are allowed there can land before the step.
 *       <span id="await-both">{@code awaitBoth} is two such steps, one for each load: if the second finds that its condition does not hold, and the first does no
 *       longer, the loop goes back.</span> <span id="timeout">{@code awaitOrTimeout} may give up at any time, whether the condition holds or
 *       not.</span>
 *   <li id="choose">{@code choose} is a step that can be taken in as many ways as there are numbers.
 *   <li id="grace-period">{@code gracePeriod} is two steps: the beginning, and the end, which is enabled once all who were busy have
 *       been quiescent.
 *   <li id="exists">A statement speaks of what exists: local variables of its own routine, versions that its site has, CPUs of the scenario,
 *       and a context below only in a handler. What does not exist is refused when it is recorded.
 *   <li id="ghost">Ghost variables, which CPUs are in handlers and which have serialized, are seen by postconditions ({@code ensure}) and by stores to ghosts
 *       only; a statement of the program that reads one is refused. A store to a ghost is a step of its own, at once in memory.
 *   <li id="call">{@code call} names a function of the source. It is expanded in place and gives its labels a prefix.
 *       <span id="block">A {@code block} has a name, by which statements inside it, in loops and branches too, go on behind it; not out of a function.</span>
 * </ol>
 */
@NullMarked
package dev.pokecheck.protocol;

import org.jspecify.annotations.NullMarked;
