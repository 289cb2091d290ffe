// SPDX-License-Identifier: Apache-2.0
/**
 * Fuzz sessions of any length. A session starts one JVM a target, which Jazzer's own main drives from this module's class path; under
 * Surefire a timeout of the fuzzer would end the JVM that runs the tests, and a session would pass with nothing tested.
 *
 * <p>A fuzzing process leaves what it finds in a folder as soon as it finds it ({@link dev.pokecheck.fuzz.FoundFolder}). The session picks it up
 * there: every finding is replayed strictly, minimised, told from others by its symptom, and saved as an entry of the corpus beside its
 * timeline. What an interrupted session leaves behind the next one picks up. The corpus that Jazzer grows is kept, too.
 *
 * <p>Each target has a canary: something broken on purpose. A session that does not find it fails.
 */
@NullMarked
package dev.pokecheck.fuzz.session;

import org.jspecify.annotations.NullMarked;
