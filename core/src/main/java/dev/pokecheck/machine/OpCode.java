// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

/** What an {@link Op} does. */
enum OpCode {
    ASSIGN,
    STORE,
    RMW,
    COMPARE_EXCHANGE,
    FENCE,
    AWAIT,
    AWAIT_EXCHANGE,
    BRANCH_FALSE,
    JUMP,
    TEXT_POKE,
    SERIALIZE,
    SYNC_SEND,
    SYNC_WAIT,
    SEND_NMI,
    SET_IF,
    SET_PREEMPTION,
    STOP_BEGIN,
    STOP_RUN,
    STOP_DONE,
    STOP_RETURN,
    STOP_WAIT,
    EXECUTE,
    BUG_ON,
    PATCH_MARK,
    UNHANDLED,
    SET_SAVED_ADDRESS,
    EMULATE,
    OBJECT_LIFE,
    PATH_BEGIN,
    REST,
    END
}
