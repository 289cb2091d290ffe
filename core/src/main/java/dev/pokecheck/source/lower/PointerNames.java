// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.data.Var;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.text.Site;
import java.util.SortedMap;
import java.util.TreeMap;

/** Gives the values of shared variables that hold pointers the names of what they lead to, so that reports need no numbers. */
final class PointerNames {
    /** A variable of more values is no pointer that anybody would look up. */
    private static final int MOST = 1000;

    private final SortedMap<Integer, String> names = new TreeMap<>();

    private PointerNames(Reading reading) {
        names.put(0, "NULL");
        for (Site site : reading.setting.sites()) {
            for (int offset = 0; offset <= site.length(); offset++) {
                String name = "&" + site.name() + (offset == 0 ? "" : "+" + offset);
                names.putIfAbsent(reading.addresses.of(site, offset), name);
            }
        }
        names.putAll(reading.pointers.names());
    }

    /** All of a file that has been read. */
    static void give(Reading reading, ProtocolBuilder builder) {
        PointerNames pointers = new PointerNames(reading);
        reading.objects.pointers().forEach(variable -> pointers.give(builder, variable));
    }

    private void give(ProtocolBuilder builder, Shared variable) {
        Var var = variable.var();
        if (var.max() - (long) var.min() < MOST) {
            names.subMap(var.min(), var.max() + 1).forEach((value, name) -> builder.nameValue(variable, value, name));
        }
    }
}
