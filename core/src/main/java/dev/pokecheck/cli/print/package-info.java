// SPDX-License-Identifier: Apache-2.0
/** What people read of an outcome, and the files with reports and pictures of it. */
@NullMarked
package dev.pokecheck.cli.print;

import org.jspecify.annotations.NullMarked;
