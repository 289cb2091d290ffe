// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import java.util.List;

/** Twenty-five years of bugs in code patching, each as a broken and a fixed protocol. They stand in {@code museum.txt}. */
public final class Museum {
    private static final List<Exhibit> EXHIBITS = read(Stanzas.read("museum.txt"));

    private Museum() {}

    /** All exhibits, in the order in which they are shown. */
    public static List<Exhibit> all() {
        return EXHIBITS;
    }

    /**
     * The exhibits of some stanzas.
     *
     * @throws IllegalArgumentException that names file and line if a stanza is no exhibit
     */
    static List<Exhibit> read(List<Stanzas.Stanza> stanzas) {
        return stanzas.stream().map(Museum::exhibit).toList();
    }

    private static Exhibit exhibit(Stanzas.Stanza stanza) {
        String scenario = stanza.one("in");
        Exhibit exhibit = new Exhibit(
                stanza.one("exhibit"),
                stanza.one("title"),
                stanza.one("source"),
                stanza.one("broken"),
                scenario,
                stanza.one("violates"),
                stanza.one("fixed"),
                stanza.maybe("fixed in").orElse(scenario),
                stanza.one("holds at"));
        stanza.end();
        return exhibit;
    }
}
