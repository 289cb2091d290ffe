// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.property;

/** What a property speaks of. */
public enum Concern {
    /** Executions of a site, so that a run in which nothing executes one says nothing about it. */
    EXECUTIONS,
    /** The protocol, whether or not a site is executed. */
    PROTOCOL
}
