// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

/** The part of a {@link Recorder} that records the statements of {@link ContextStmt}. */
public abstract sealed class ContextRecorder extends CpuRecorder permits TextRecorder {
    ContextRecorder(String name) {
        super(name);
    }

    /** Suspends the thread of a CPU, between two of its steps and in no handler, and waits until it is. */
    public void suspend(String label, Expr cpu) {
        checkAccesses(label, 0, cpu);
        label(label + ".wait");
        add(new ContextStmt.Suspend(label(label), cpu));
    }

    /**
     * {@code to} becomes the address at which the suspended thread of a CPU will go on: a place; 0 if it has executed nothing of a site, or is in a
     * function called from one.
     */
    public void readContext(String label, Local to, Expr cpu) {
        checkAccesses(label, 0, cpu);
        add(new ContextStmt.ReadContext(label(label), to, cpu));
    }

    /** Sets the address at which the suspended thread of a CPU will go on. */
    public void setContext(String label, Expr cpu, Expr place) {
        checkAccesses(label, 0, cpu, place);
        add(new ContextStmt.SetContext(label(label), cpu, place));
    }

    /** Lets the suspended thread of a CPU go on. */
    public void resume(String label, Expr cpu) {
        checkAccesses(label, 0, cpu);
        add(new ContextStmt.Resume(label(label), cpu));
    }

    /** This CPU goes offline, out of its thread, which goes on with the next statement when another CPU brings it online. */
    public void cpuOffline(String label) {
        add(new ContextStmt.GoOffline(label(label)));
    }

    /** Brings a CPU online, once it is offline. */
    public void cpuOnline(String label, Expr cpu) {
        checkAccesses(label, 0, cpu);
        add(new ContextStmt.BringOnline(label(label), cpu));
    }
}
