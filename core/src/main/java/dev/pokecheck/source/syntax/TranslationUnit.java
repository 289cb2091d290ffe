// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.syntax;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A whole file with what it includes.
 *
 * @param variables those outside of functions, by name, in the order of the file
 * @param functions by name, in the order of the file
 */
public record TranslationUnit(Map<String, Variable> variables, Map<String, CFunction> functions) {
    /** Copies the maps. */
    public TranslationUnit {
        variables = new LinkedHashMap<>(variables);
        functions = new LinkedHashMap<>(functions);
    }

    /** The function of that name, if it has a body. */
    public Optional<CFunction> defined(String name) {
        return Optional.ofNullable(functions.get(name))
                .filter(function -> function.body().isPresent());
    }
}
