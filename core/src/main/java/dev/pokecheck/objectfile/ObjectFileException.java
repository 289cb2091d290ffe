// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.objectfile;

/** A file that is no object file, or is one that is not understood. The message says what is wrong, and where. */
public final class ObjectFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ObjectFileException(String message) {
        super(message);
    }
}
