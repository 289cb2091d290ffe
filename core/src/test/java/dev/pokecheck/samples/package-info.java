// SPDX-License-Identifier: Apache-2.0
/** Protocols that a user writes in a test of his own: numbered, one idea each, a broken and a fixed run. Read them in order. */
@NullMarked
package dev.pokecheck.samples;

import org.jspecify.annotations.NullMarked;
