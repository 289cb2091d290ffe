// SPDX-License-Identifier: Apache-2.0
/** How results look: tables, timelines and files for other tools. It decides nothing. */
@NullMarked
package dev.pokecheck.report;

import org.jspecify.annotations.NullMarked;
