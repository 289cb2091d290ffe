// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.steps;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of a protocol as identifiers of C, and back. Most names are identifiers, and stay as they are. What is none has {@code __x2e_} in the place of a character (its
 * number, in hexadecimal), and what is taken has {@code __2} behind it: neither can be part of a name that stays as it is.
 */
final class Identifiers {
    private static final Pattern ORDINAL = Pattern.compile("__[0-9]+$");
    private static final Pattern CHARACTER = Pattern.compile("__x([0-9a-f]{1,4})_");

    private final Set<String> taken;

    /** A scope in which some identifiers mean something else. */
    Identifiers(Collection<String> taken) {
        this.taken = new TreeSet<>(taken);
    }

    /** A scope inside this one: what is taken here is taken there. */
    Identifiers inner() {
        return new Identifiers(taken);
    }

    /** An identifier for a name, which is taken from now on. */
    String of(String name) {
        String plain = encoded(name);
        String identifier = plain;
        for (int ordinal = 2; !taken.add(identifier); ordinal++) {
            identifier = plain + "__" + ordinal;
        }
        return identifier;
    }

    private static String encoded(String name) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean digit = c >= '0' && c <= '9' && i > 0;
            boolean inside = !out.isEmpty() && out.charAt(out.length() - 1) != '_' && i + 1 < name.length();
            if (letter || digit || (c == '_' && inside)) {
                out.append(c);
            } else {
                out.append("__x").append(Integer.toHexString(c)).append('_');
            }
        }
        return out.isEmpty() ? "__x_" : out.toString();
    }

    /** The name that an identifier stands for. */
    static String name(String identifier) {
        String plain = ORDINAL.matcher(identifier).replaceFirst("");
        return plain.equals("__x_")
                ? ""
                : CHARACTER
                        .matcher(plain)
                        .replaceAll(found -> Matcher.quoteReplacement(
                                Character.toString((char) Integer.parseInt(found.group(1), 16))));
    }
}
