// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.token;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/** A file cannot be read as a protocol. */
public final class SourceException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient List<Complaint> complaints;

    /** Because of these, in the order in which they were found; at least one. */
    public SourceException(List<Complaint> complaints) {
        super(complaints.stream().map(Complaint::withCaret).collect(Collectors.joining("\n")));
        this.complaints = List.copyOf(complaints);
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
