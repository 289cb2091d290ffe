// SPDX-License-Identifier: Apache-2.0
/** The protocols and the tool's own concurrent classes on JVM threads. */
@NullMarked
package dev.pokecheck.lincheck;

import org.jspecify.annotations.NullMarked;
