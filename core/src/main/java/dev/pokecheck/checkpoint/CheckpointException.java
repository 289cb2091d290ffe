// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.checkpoint;

/** A checkpoint from which a search cannot go on: why, and what can be done. */
public final class CheckpointException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public CheckpointException(String message) {
        super(message);
    }

    public CheckpointException(String message, Throwable cause) {
        super(message, cause);
    }
}
