// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

/** A readable view of one state. */
public final class StateView {
    StateView(Machine machine, long[] state) {}
}
