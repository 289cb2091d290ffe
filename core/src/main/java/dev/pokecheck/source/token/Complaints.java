// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.token;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What was found wrong so far, so that several mistakes are said at once. */
public final class Complaints {
    /** After so many the rest would be noise. */
    private static final int MOST = 20;

    private final List<Complaint> found = new ArrayList<>();

    /** One more; at the last that is kept reading ends. */
    public void add(Complaint complaint) {
        found.add(complaint);
        if (found.size() == MOST) {
            throw new SourceException(found);
        }
    }

    /** One more. */
    public void add(Place place, String what, String remedy) {
        add(new Complaint(place, what, remedy));
    }

    /** Takes over what an exception says. */
    public void addAll(SourceException exception) {
        exception.complaints().forEach(this::add);
    }

    /** Reading ends here if anything was found. */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new SourceException(found);
        }
    }

    /** What a part makes of the file; a mistake in it is kept, and {@code instead} goes on for it. */
    public <T> T keep(Supplier<T> part, Supplier<T> instead) {
        try {
            return part.get();
        } catch (SourceException e) {
            addAll(e);
            return instead.get();
        }
    }
}
