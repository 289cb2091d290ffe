// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.property;

/** What becomes of a run in which an object is used outside its life. */
public enum DeadObjects {
    /** It ends there: that is what is looked for, and what memory holds where the object was is not known. */
    END("end"),
    /** It continues, and whatever is read where the object was has any value of its range, each time anew. Not looked for. */
    ANY("any");

    private final String text;

    DeadObjects(String text) {
        this.text = text;
    }

    /** Its name in scenarios and on the command line. */
    public String text() {
        return text;
    }

    /** The incidents after which the rest of a run is meaningless. */
    public long fatal() {
        return this == END ? Incidents.FATAL : Incidents.FATAL & ~Incidents.of(Property.DEAD_OBJECT);
    }
}
