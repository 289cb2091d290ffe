// SPDX-License-Identifier: Apache-2.0
/**
 * The shipped protocols, good and broken. Each cites its source and keeps its names.
 *
 * <p>What is asked of them is data beside these classes: {@code museum.txt} has the bugs of history, {@code battery.txt} the scenarios in which
 * steps are left out. A protocol that takes more than a file is split along who does what: the classes {@code Late…} are one protocol.
 */
@NullMarked
package dev.pokecheck.catalog;

import org.jspecify.annotations.NullMarked;
