// SPDX-License-Identifier: Apache-2.0
/**
 * How results look: tables, timelines and files for other tools. It decides nothing.
 *
 * <p>A trace is drawn three times, from the same {@link dev.pokecheck.trace.Row rows} or steps: as text for a mail
 * ({@link dev.pokecheck.trace.TextTimeline}, at most 100 columns), as a page to step through ({@link dev.pokecheck.report.HtmlTimeline}), and as a
 * picture for a paper ({@link dev.pokecheck.report.SvgTimeline}). Each is one file and loads nothing.
 */
@NullMarked
package dev.pokecheck.report;

import org.jspecify.annotations.NullMarked;
