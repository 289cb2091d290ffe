// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

/**
 * A declared difference from the source, by which the variants of a protocol can be recorded: {@code NAME@VARIANT+CHANGE+CHANGE}.
 *
 * @param name its name
 * @param summary what it changes, in one sentence
 */
public record CatalogChange(String name, String summary) {}
