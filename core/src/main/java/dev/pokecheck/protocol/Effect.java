// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

/**
 * What code of a site does to shared data: a store of a constant. Code without an effect changes nothing that the model sees.
 *
 * @param cell the variable
 * @param value the value stored
 */
public record Effect(Shared.Cell cell, int value) {}
