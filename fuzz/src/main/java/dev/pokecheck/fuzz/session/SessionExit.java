// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.session;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a session ends. Where several things are to be said, the code is that of the worst: a fault of ours before a finding, as what a broken
 * session did not find means nothing; a finding before an interrupt, as who ends a session by a signal after an hour wants to know of it. All
 * that was found is listed whatever the code is.
 */
enum SessionExit {
    /** Nothing new was found. */
    NOTHING_NEW(0, "nothing new was found"),
    /** The session was ended by a signal, and found nothing new until then. */
    INTERRUPTED(130, "interrupted (SIGINT or SIGTERM), and nothing new was found before that"),
    /** A new finding. */
    NEW(1, "a new finding in a protocol that claims to hold, or an input that failed a target"),
    /** A usage error. */
    USAGE(2, "usage error"),
    /** Our own fault. */
    FAULT(3, "a fault of pokecheck itself: what a session that is broken did not find means nothing");

    private final int number;
    private final String meaning;

    SessionExit(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    int number() {
        return number;
    }

    /** What it means, in the words of the help. */
    String meaning() {
        return meaning;
    }

    /** The last line of a program that ends with this code. */
    String line(String why) {
        return "exit " + number + ": " + why;
    }

    /** All codes and what they mean, for the help. */
    static Map<String, String> help() {
        Map<String, String> help = new LinkedHashMap<>();
        for (SessionExit code : new SessionExit[] {NOTHING_NEW, NEW, USAGE, FAULT, INTERRUPTED}) {
            help.put(Integer.toString(code.number), code.meaning);
        }
        return help;
    }
}
