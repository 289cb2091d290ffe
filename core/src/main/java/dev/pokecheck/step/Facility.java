// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.step;

/** What a host must offer for a step to run on it. A host that does not have all of them refuses protocols by this. */
public enum Facility {
    /** Shared variables, and local ones. */
    DATA("uses shared variables"),
    /** Stores to text. */
    TEXT("stores to text"),
    /** Execution of sites. */
    SITES("executes sites"),
    /** Execution of sites that tells which version it was. */
    VERSIONS("asks which version it has executed"),
    /** Execution of sites from another entry than their first byte. */
    ENTRIES("enters a site behind its first byte"),
    /** A breakpoint handler: the saved address, emulation, a breakpoint that it does not claim. */
    BREAKPOINTS("handles breakpoints"),
    /** Breakpoints of others. */
    FOREIGN_BREAKPOINTS("hits breakpoints of others"),
    /** Instructions that serialize. */
    SERIALIZATION("serializes"),
    /** IPIs that execute an instruction on other CPUs. */
    IPIS("sends IPIs"),
    /** IPIs whose handler runs a function. */
    CALLS("calls functions on other CPUs"),
    /** IPIs whose handler returns to another task. */
    TASK_SWITCHES("returns from an IPI to another task"),
    /** IPIs that are sent while stores may be in the buffer. */
    UNFENCED_SENDS("sends IPIs without a fence"),
    /** Grace periods. */
    GRACE_PERIODS("waits for a grace period"),
    /** NMIs that are sent. */
    NMIS("sends NMIs"),
    /** IF, and preemption that is off. */
    INTERRUPT_FLAG("sets IF or switches preemption"),
    /** The shadow of STI. */
    INTERRUPT_SHADOW("holds interrupts off by the shadow of STI"),
    /** Interrupts that stay in service until they are ended. */
    END_OF_INTERRUPT("ends the service of an interrupt"),
    /** Steps that can be taken in several ways. */
    CHOICES("chooses, or gives up waiting"),
    /** {@code stop_machine}. */
    STOP_MACHINE("calls stop_machine"),
    /** Threads that are suspended, and whose contexts are read and set. */
    SUSPENSION("suspends threads"),
    /** CPUs that go offline and come back. */
    HOTPLUG("takes CPUs offline"),
    /** Paths, rest, marks of patch calls, objects that live and die: what a monitor watches. */
    MARKS("tells a monitor something"),
    /** Ghost variables, and postconditions. */
    GHOSTS("ensures something");

    private final String text;

    Facility(String text) {
        this.text = text;
    }

    /** What a protocol does that needs it, as the rest of a sentence about the protocol. */
    public String text() {
        return text;
    }
}
