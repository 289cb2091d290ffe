// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.type;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A function.
 *
 * @param result the type of its value
 * @param parameters the types of its parameters
 * @param isVariadic whether more may follow
 */
public record FunctionType(CType result, List<CType> parameters, boolean isVariadic) implements CType {
    /** Copies the list. */
    public FunctionType {
        parameters = List.copyOf(parameters);
    }

    @Override
    public int size() {
        return 1;
    }

    @Override
    public int alignment() {
        return 1;
    }

    @Override
    public String text() {
        return result.text() + " (" + parameters.stream().map(CType::text).collect(Collectors.joining(", "))
                + (isVariadic ? ", ...)" : ")");
    }
}
