// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.lincheck;

/**
 * The program that the next runs execute: Lincheck makes its instances without arguments. Lincheck does not look in here, or it would try to
 * restore every record of the program between runs.
 */
final class Subject {
    static final String UNSEEN = "-";

    private static volatile Program program;
    private static volatile int looked;

    private Subject() {}

    static void set(Program value) {
        program = value;
    }

    static Program program() {
        return program;
    }

    static int sites() {
        return program.sites().size();
    }

    /** Chooses the site whose executions are looked at; those of others give {@link #UNSEEN}. */
    static void lookAt(int site) {
        looked = site;
    }

    /** The result of an execution of a site, as far as it is looked at; what went wrong always is. */
    static String seen(int site, String result) {
        return site != looked && result.startsWith("v") ? UNSEEN : result;
    }

    static ThreadMachine newMachine() {
        return new ThreadMachine(program);
    }
}
