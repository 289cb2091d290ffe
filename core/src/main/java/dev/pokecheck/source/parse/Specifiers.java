// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.parse;

import dev.pokecheck.source.syntax.Variable.Range;
import dev.pokecheck.source.syntax.Variable.Storage;
import dev.pokecheck.source.type.CType;
import java.util.Optional;

/**
 * What stands before the names of a declaration.
 *
 * @param type the type
 * @param isTypedef whether names of types are declared
 * @param storage how long variables live, if it says so
 * @param range which values they have, if it says so
 * @param isConst whether {@code const} is among them
 */
record Specifiers(CType type, boolean isTypedef, Optional<Storage> storage, Optional<Range> range, boolean isConst) {}
