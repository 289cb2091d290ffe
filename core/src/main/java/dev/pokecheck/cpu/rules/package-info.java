// SPDX-License-Identifier: Apache-2.0
/**
 * The rules of CPUs, one class each: its Javadoc is the rule, with the section of the manual or the file of the kernel, and its code is the only
 * place that knows it. The rules read and write the fields of {@link dev.pokecheck.cpu.CpuLayout} in a packed state; who asks them is the machine.
 */
@NullMarked
package dev.pokecheck.cpu.rules;

import org.jspecify.annotations.NullMarked;
