// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.lincheck;

import java.util.List;

/**
 * The programs that runs execute, by number: Lincheck makes its instances without arguments, and the arguments of operations are numbers. Lincheck does not
 * look in here, or it would try to restore every record of the programs between runs.
 */
final class Subject {
    /** The result of an execution of a site that is not looked at. */
    static final String UNSEEN = "-";

    private static volatile List<Program> programs = List.of();

    private static volatile List<Integer> chosen = List.of();

    private Subject() {}

    static void set(List<Program> values) {
        programs = List.copyOf(values);
    }

    static Program program(int number) {
        return programs.get(number);
    }

    /** A machine for each program that was chosen; none for the others. */
    static ThreadMachine[] newMachines() {
        ThreadMachine[] machines = new ThreadMachine[programs.size()];
        for (int number : chosen) {
            machines[number] = new ThreadMachine(programs.get(number));
        }
        return machines;
    }

    /** Says which programs the next runs execute. */
    static void choose(List<Integer> numbers) {
        chosen = List.copyOf(numbers);
    }

    static int sites(int number) {
        return programs.get(number).sites().size();
    }

    /** The result of an execution of a site, as far as it is looked at; what went wrong always is. */
    static String seen(int site, int looked, String result) {
        return site != looked && result.startsWith("v") ? UNSEEN : result;
    }
}
