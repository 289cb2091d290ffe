// SPDX-License-Identifier: Apache-2.0
/**
 * The shipped protocols, good and broken. Each cites its source and keeps its names. They are files of C beside these classes, {@code NAME.c}, which say their names and variants in a
 * comment ({@code CatalogFile}); those that are classes yet record themselves.
 *
 * <p>A file of C can be laid beside its source: functions, variables and shared accesses have its names and its order; types, layout and helpers are our own. A difference from the
 * source is a change with a name, or stands under {@code not modelled}, which is said with each verdict; {@code core/docs/audit.md} goes through it statement by statement.
 *
 * <p>What is asked of them is data beside these classes: {@code museum.txt} has the bugs of history, {@code battery.txt} the scenarios in which
 * steps are left out.
 */
@NullMarked
package dev.pokecheck.catalog;

import org.jspecify.annotations.NullMarked;
