// SPDX-License-Identifier: Apache-2.0
/**
 * Hardware profiles: what CPUs of some kind may fetch, in which pieces their stores reach memory, and what serializes them, each line with its source.
 *
 * <p>A {@link dev.pokecheck.hardware.HardwareProfile} is data. The shipped ones ({@link dev.pokecheck.hardware.Profiles}) are files beside this package, in
 * the format that {@link dev.pokecheck.hardware.ProfileText} reads; what was measured lies beside them, a table a CPU
 * ({@link dev.pokecheck.hardware.Measurements}), and a profile that rests on measurements names their rows. A profile that is called after a CPU allows all
 * that was seen there; it does not promise that nothing else can happen.
 */
@NullMarked
package dev.pokecheck.hardware;

import org.jspecify.annotations.NullMarked;
