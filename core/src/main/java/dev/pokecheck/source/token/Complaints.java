// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.token;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What was found wrong so far, so that several mistakes are said at once. */
public final class Complaints {
    /** After so many the rest would be noise. */
    private static final int MOST = 20;
    /** After so many that were found again, reading on would take long and find little. */
    private static final int MOST_AGAIN = 1000;

    private final List<Complaint> found = new ArrayList<>();
    private int again;
    private boolean isFull;

    /** One more; at the last that is kept reading ends, and at each after it, so that nobody who keeps what others throw goes on. */
    public void add(Complaint complaint) {
        if (!isFull) {
            keep(complaint);
            isFull = found.size() == MOST || again == MOST_AGAIN;
        }
        if (isFull) {
            throw new SourceException(found);
        }
    }

    private void keep(Complaint complaint) {
        for (int i = 0; i < found.size(); i++) {
            if (found.get(i).isSame(complaint)) {
                found.set(i, found.get(i).andAgain(complaint.times()));
                again++;
                return;
            }
        }
        found.add(complaint);
    }

    /** One more. */
    public void add(Place place, String what, String remedy) {
        add(new Complaint(place, what, remedy));
    }

    /** One more, the last that is kept, whatever comes after it. */
    public void end(SourceException last) {
        last.complaints().forEach(this::keep);
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
