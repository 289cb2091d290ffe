// SPDX-License-Identifier: Apache-2.0
/**
 * Options, as mixins of commands, and the requests that they make. A mixin says what its options are about ({@link dev.pokecheck.cli.option.Subject}); what a
 * checkpoint keeps, what a reproducer leaves out and whether a scenario was given follow from that. A value that is none of the valid ones is refused with the nearest.
 */
@NullMarked
package dev.pokecheck.cli.option;

import org.jspecify.annotations.NullMarked;
