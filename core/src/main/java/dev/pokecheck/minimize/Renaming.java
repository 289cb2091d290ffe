// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.minimize;

import dev.pokecheck.text.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of steps where a CPU or a site is gone and those behind it have moved up. Bytes of a site are those of the same version in its
 * new place, where displacements differ.
 */
final class Renaming {
    private static final Pattern CPU = Pattern.compile("^cpu([0-9])");
    private static final Pattern SITE = Pattern.compile("\\bsite([0-9])\\b");
    private static final Pattern BYTES = Pattern.compile("site([0-9])(?:\\+([0-9]+))? \\[([0-9a-f ]+)\\]");

    private final int cpu;
    private final int site;
    private final List<Site> from;
    private final List<Site> to;

    private Renaming(int cpu, int site, List<Site> from, List<Site> to) {
        this.cpu = cpu;
        this.site = site;
        this.from = from;
        this.to = to;
    }

    /** Nothing is renamed. */
    static Renaming none() {
        return new Renaming(-1, -1, List.of(), List.of());
    }

    /** Without a CPU. */
    static Renaming withoutCpu(int cpu) {
        return new Renaming(cpu, -1, List.of(), List.of());
    }

    /** Without a site: the sites before, and the rest of them as they are then. */
    static Renaming withoutSite(int site, List<Site> from, List<Site> to) {
        return new Renaming(-1, site, from, to);
    }

    /** The steps that are left, by their new names. */
    List<String> steps(List<String> names) {
        List<String> renamed = new ArrayList<>();
        for (String name : names) {
            if (!isGone(name)) {
                renamed.add(site < 0 ? cpus(name) : text(bytes(name)));
            }
        }
        return renamed;
    }

    private boolean isGone(String name) {
        Matcher number = CPU.matcher(name);
        return number.find() && Integer.parseInt(number.group(1)) == cpu;
    }

    private String cpus(String name) {
        Matcher number = CPU.matcher(name);
        if (cpu < 0 || !number.find()) {
            return name;
        }
        return "cpu" + lower(Integer.parseInt(number.group(1)), cpu) + name.substring(number.end());
    }

    private static int lower(int number, int gone) {
        return number > gone ? number - 1 : number;
    }

    /** Any text with names of sites in it. */
    String text(String text) {
        if (site < 0) {
            return text;
        }
        return SITE.matcher(text).replaceAll(found -> "site" + lower(Integer.parseInt(found.group(1)), site));
    }

    private String bytes(String name) {
        Matcher found = BYTES.matcher(name);
        if (!found.find()) {
            return name;
        }
        int number = Integer.parseInt(found.group(1));
        if (number == site) {
            return name;
        }
        int offset = found.group(2) == null ? 0 : Integer.parseInt(found.group(2));
        List<String> bytes = new ArrayList<>();
        for (String digits : found.group(3).split(" ", -1)) {
            bytes.add(moved(from.get(number), to.get(lower(number, site)), offset + bytes.size(), digits));
        }
        return name.substring(0, found.start(3)) + String.join(" ", bytes) + name.substring(found.end(3));
    }

    private static String moved(Site old, Site now, int offset, String digits) {
        byte value = (byte) Integer.parseInt(digits, 16);
        for (int v = 0; v < old.versions() && offset < old.length(); v++) {
            if (old.at(v, offset) == value) {
                return String.format(Locale.ROOT, "%02x", now.at(v, offset));
            }
        }
        return digits;
    }
}
