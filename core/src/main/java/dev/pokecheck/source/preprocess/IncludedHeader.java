// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.preprocess;

import dev.pokecheck.source.token.SourceText;
import dev.pokecheck.source.token.Token;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a header that comes with pokecheck comes to, for all files that include it before anything but macros, and have given the macros that it asks for the same bodies. */
public final class IncludedHeader {
    private final SourceText header;
    private final List<Token> tokens;
    /** The macros that were defined before, of those that it asks for. */
    private final Map<String, Macro> needed;
    /** What becomes of all macros that it asks for or defines. */
    private final Map<String, Optional<Macro>> left;

    private final Set<String> onlyOnce;
    private final int spent;
    private final int characters;

    /**
     * @param left what becomes of all macros that it asks for or defines
     * @param onlyOnce the files in it that are read once
     * @param spent how many tokens were read or brought by macros
     * @param characters how many characters were read
     */
    IncludedHeader(
            SourceText header,
            List<Token> tokens,
            Map<String, Macro> needed,
            Map<String, Optional<Macro>> left,
            Set<String> onlyOnce,
            int spent,
            int characters) {
        this.header = header;
        this.tokens = List.copyOf(tokens);
        this.needed = new LinkedHashMap<>(needed);
        this.left = new LinkedHashMap<>(left);
        this.onlyOnce = new TreeSet<>(onlyOnce);
        this.spent = spent;
        this.characters = characters;
    }

    /** Its tokens, without directives and macros; the last is its end. */
    public List<Token> tokens() {
        return tokens;
    }

    /** The macros that must be defined before it. */
    Set<String> neededNames() {
        return needed.keySet();
    }

    Map<String, Optional<Macro>> left() {
        return left;
    }

    Set<String> onlyOnce() {
        return onlyOnce;
    }

    int spent() {
        return spent;
    }

    int characters() {
        return characters;
    }

    /** Whether a header comes to this where such macros are defined. */
    boolean isFor(SourceText included, Map<String, Macro> defined) {
        if (included != header) {
            return false;
        }
        int met = 0;
        for (Map.Entry<String, Macro> macro : defined.entrySet()) {
            Macro wanted = needed.get(macro.getKey());
            if (wanted == null ? left.containsKey(macro.getKey()) : !wanted.isSameAs(macro.getValue())) {
                return false;
            }
            met += wanted == null ? 0 : 1;
        }
        return met == needed.size();
    }
}
