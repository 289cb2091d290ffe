// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol.mutation;

import dev.pokecheck.protocol.Origin;
import dev.pokecheck.protocol.Protocol;
import java.util.Optional;

/**
 * A protocol with one statement changed.
 *
 * @param place where the changed statement stands in the definition, and what was done to it: equal for the mutations of one statement in
 *     several settings, and for no others of a setting
 * @param routine the routine that the statement stands in
 * @param step the label of the statement, or its text if it has none
 * @param operator what was done to it
 * @param change the same in words, a participle
 * @param mutant the changed protocol
 * @param trap the unchanged protocol with a BUG() in front of the statement: a run that meets no {@code bug} has not come there
 * @param origin where the statement comes from, if that is known
 * @param equivalence why the change can make no difference whatever the scenario, if that is known by construction
 */
public record Mutation(
        String place,
        String routine,
        String step,
        Operator operator,
        String change,
        Protocol mutant,
        Protocol trap,
        Optional<Origin> origin,
        Optional<String> equivalence) {

    /** What is done to a statement. */
    public enum Operator {
        /** It is left out, with all statements inside it. */
        DROP("drop"),
        /** It changes places with the one behind it. */
        SWAP("swap"),
        /** A release store comes before the plain stores that it publishes, not after them. */
        HOIST("hoist"),
        /** It promises less. */
        WEAKEN("weaken");

        private final String text;

        Operator(String text) {
            this.text = text;
        }

        /** Its name in the names of mutations. */
        public String text() {
            return text;
        }
    }

    /** The name of the mutation: {@code routine/step:operator}, with {@code #2} behind the second of the same. */
    public String name() {
        return routine + "/" + step + ":" + operator.text();
    }
}
