// SPDX-License-Identifier: Apache-2.0
/**
 * Who picks: oracles that choose one enabled action after the other, wrappers around them, and the walk that follows them.
 *
 * <p>A policy is one small class. What cuts across policies (recording, the audit for hidden nondeterminism) wraps a
 * scheduler and is one. Schedules are recorded as actions and kept as names: names survive a change of the model, and a
 * replay that does not fit says where and why.
 */
@NullMarked
package dev.pokecheck.schedule;

import org.jspecify.annotations.NullMarked;
