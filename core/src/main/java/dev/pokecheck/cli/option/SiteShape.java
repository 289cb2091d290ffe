// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.option;

import dev.pokecheck.insn.Insn;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.text.Site;
import dev.pokecheck.text.StoreSplit.Piece;
import dev.pokecheck.text.TextStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What of a site can matter to a protocol in a scenario. Sites of one shape differ in displacements only.
 *
 * @param versions the instructions of each version, with their lengths
 * @param chunks the offsets at which a fetch chunk begins inside the site
 * @param pieces the offsets at which a store to the whole site falls apart
 * @param equal for each version but the first, the offsets at which it holds the byte of the first
 */
record SiteShape(List<String> versions, List<Integer> chunks, List<Integer> pieces, List<List<Integer>> equal) {

    static SiteShape of(Site site, Scenario scenario) {
        List<String> versions = new ArrayList<>();
        List<List<Integer>> equal = new ArrayList<>();
        for (int v = 0; v < site.versions(); v++) {
            versions.add(instructions(site, v));
            if (v > 0) {
                equal.add(equal(site, v));
            }
        }
        List<Integer> pieces = scenario.split().pieces(new TextStore(site, 0, site.bytes(0))).stream()
                .map(Piece::from)
                .toList();
        return new SiteShape(versions, chunks(site, scenario.chunk()), pieces, equal);
    }

    private static String instructions(Site site, int version) {
        List<String> names = new ArrayList<>();
        for (int at = 0; at < site.length(); ) {
            Insn insn = site.instruction(version, at);
            names.add(insn.kind().name().toLowerCase(Locale.ROOT) + "/" + insn.length());
            at += insn.length();
        }
        return String.join("+", names);
    }

    private static List<Integer> equal(Site site, int version) {
        List<Integer> offsets = new ArrayList<>();
        for (int i = 0; i < site.length(); i++) {
            if (site.at(version, i) == site.at(0, i)) {
                offsets.add(i);
            }
        }
        return offsets;
    }

    private static List<Integer> chunks(Site site, int chunk) {
        List<Integer> offsets = new ArrayList<>();
        for (int i = 1; i < site.length(); i++) {
            if ((site.address() + i) % chunk == 0) {
                offsets.add(i);
            }
        }
        return offsets;
    }

    /** It in words. */
    String text() {
        String text = String.join(" -> ", versions);
        if (!chunks.isEmpty() && !everywhere()) {
            text += ", chunks meet at +" + join(chunks);
        }
        for (int v = 0; v < equal.size(); v++) {
            int version = v + 1;
            text += equal.get(v).isEmpty() ? "" : ", version " + version + " equal at +" + join(equal.get(v));
        }
        return text;
    }

    /** Whether each byte is a chunk of its own. */
    private boolean everywhere() {
        return chunks.size() > 1 && chunks.size() == chunks.get(chunks.size() - 1);
    }

    private static String join(List<Integer> offsets) {
        return offsets.stream().map(String::valueOf).collect(Collectors.joining(" +"));
    }
}
