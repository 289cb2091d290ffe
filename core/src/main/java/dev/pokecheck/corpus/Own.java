// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.corpus;

/** Where the protocol of an entry comes from, if it is not a shipped one. */
public sealed interface Own permits OwnClass, OwnSource {}
