// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.token;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A file cannot be read as a protocol. There is no stack trace, as it is the file that is at fault, and its text is made when it is asked for: most that are thrown are caught.
 */
public final class SourceException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient List<Complaint> complaints;

    /** Because of these, in the order in which they were found; at least one. */
    public SourceException(List<Complaint> complaints) {
        super("", null, false, false);
        this.complaints = List.copyOf(complaints);
    }

    @Override
    public String getMessage() {
        return complaints.stream().map(Complaint::withCaret).collect(Collectors.joining("\n"));
    }

    /** Because of this. */
    public SourceException(Place place, String what, String remedy) {
        this(List.of(new Complaint(place, what, remedy)));
    }

    /** What is wrong. */
    public List<Complaint> complaints() {
        return complaints;
    }
}
