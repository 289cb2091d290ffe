// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.property;

/** How bad a violation is, in the words of SARIF. */
public enum Severity {
    /** Something is wrong. */
    ERROR("error"),
    /** Nothing is known to be wrong. */
    WARNING("warning");

    private final String text;

    Severity(String text) {
        this.text = text;
    }

    /** Its name in reports. */
    public String text() {
        return text;
    }
}
