// SPDX-License-Identifier: Apache-2.0
/**
 * The vocabulary of what is checked: incidents, properties, consistency levels, and situations that a run should meet. It knows no machine,
 * so that the machine can speak it.
 *
 * <p>The machine notices an {@link dev.pokecheck.property.Incident}; a {@link dev.pokecheck.property.Property} is what it means to a user, and a
 * {@link dev.pokecheck.property.Level} is a set of properties that must not be violated. A patch site is a register: executing it is a read,
 * patching it is a write, and the levels are those of registers.
 *
 * <p>Each property, an <em>always</em>, has its <em>sometimes</em> ({@link dev.pokecheck.property.Property#sometimes}): what a run must have
 * met before it means anything that the property was not violated. No scenario promises all of them, as a protocol without emulation cannot
 * lose a call; so a search that holds lists the properties that were <em>untested</em>.
 */
@NullMarked
package dev.pokecheck.property;

import org.jspecify.annotations.NullMarked;
