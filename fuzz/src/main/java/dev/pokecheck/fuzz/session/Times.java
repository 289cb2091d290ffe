// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.session;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time, as users write them and as a session shows them. */
final class Times {
    /** A second in nanoseconds. */
    static final long SECOND = 1_000_000_000L;

    private static final Pattern PART = Pattern.compile("([0-9]{1,6})([smh])");

    private Times() {}

    private static final long MOST = 366L * 24 * 3600;

    /**
     * A duration in seconds.
     *
     * @param name what is complained about
     * @param text hours, minutes and seconds, as in {@code 1h30m} or {@code 90s}
     * @throws RefusedException if it is none
     */
    static long seconds(String name, String text) {
        if (text.isEmpty()) {
            throw new RefusedException(name + " is missing: it says how long to fuzz; write 90s, 10m or 1h30m");
        }
        long seconds = 0;
        Matcher part = PART.matcher(text);
        int end = 0;
        while (part.find() && part.start() == end) {
            long count = Long.parseLong(part.group(1));
            seconds += switch (part.group(2)) {
                case "h" -> 3600 * count;
                case "m" -> 60 * count;
                default -> count;
            };
            if (seconds > MOST) {
                throw new RefusedException(name + ": " + Printable.quoted(text) + " is longer than a year");
            }
            end = part.end();
        }
        if (end != text.length() || seconds == 0) {
            throw new RefusedException(name + ": \"" + Printable.quoted(text)
                    + "\" is no duration of a second or more; write how long to fuzz as 90s, 10m or 1h30m");
        }
        return seconds;
    }

    /** Seconds as users write them: {@code 1h30m}. */
    static String text(long seconds) {
        long h = seconds / 3600;
        long m = seconds / 60 % 60;
        long s = seconds % 60;
        String text = (h > 0 ? h + "h" : "") + (m > 0 ? m + "m" : "") + (s > 0 ? s + "s" : "");
        return text.isEmpty() ? "0s" : text;
    }

    /** Nanoseconds as a clock shows them: {@code 1:30:00}. */
    static String clock(long nanos) {
        long seconds = nanos / SECOND;
        return String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
}
