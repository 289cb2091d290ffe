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
    private boolean isFull;

    /** One more; at the last that is kept reading ends, and at each after it, so that nobody who keeps what others throw goes on. */
    public void add(Complaint complaint) {
        if (!isFull) {
            found.add(complaint);
            isFull = found.size() == MOST;
        }
        if (isFull) {
            throw new SourceException(found);
        }
    }

    /** One more. */
    public void add(Place place, String what, String remedy) {
        add(new Complaint(place, what, remedy));
    }

    /** One more, the last that is kept, whatever comes after it. */
    public void end(SourceException last) {
        last.complaints().forEach(found::add);
        isFull = true;
        throw new SourceException(found);
    }

    /** Takes over what an exception says. */
    public void addAll(SourceException exception) {
        exception.complaints().forEach(this::add);
    }

    /** Whether nothing was found. */
    public boolean isEmpty() {
        return found.isEmpty();
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
