// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.option;

/** The value of an option is none of the names that it can have; the message names these, and the nearest. */
public final class UnknownNameException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnknownNameException(IllegalArgumentException complaint) {
        super(complaint.getMessage(), complaint);
    }
}
