// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.property;

/** What a trace shows after its last step to explain an incident. */
public enum Evidence {
    /** The bytes that the last step fetched, and where they come from. */
    CODE,
    /** What was executed before, and when executions of newer code were complete. */
    EARLIER_EXECUTIONS,
    /** When patch calls returned. */
    RETURNS,
    /** The breakpoint that the handler was called for: whether it was still in memory, and why it was seen if not. */
    BREAKPOINT,
    /** Where the handler sent the context, and what it pushed for it. */
    PLACES,
    /** The text in memory. */
    MEMORY,
    /** The text in memory, and which step changed it last. */
    LAST_STORES,
    /** The values of all variables, and who wrote them. */
    VARIABLES,
    /** The statement, the text in memory, and how the variables that it names came to their values. */
    STATEMENT,
    /** The same of an assertion, which may have been executed in one step with the statement before it. */
    ASSERTION
}
