// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz;

import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A fuzz target whose inputs fail by themselves: a check that throws, and a copy of what is checked that is broken on purpose, the canary. A
 * session that does not see the canary fail would not have seen the real one fail either.
 */
final class ByteTarget {
    private final Predicate<byte[]> check;
    private final boolean planted;
    private final Optional<FoundFolder> found;
    private final Heartbeat heartbeat;
    private boolean canaryFound;

    /**
     * A target.
     *
     * @param check throws if an input shows a fault, and says whether it shows the planted one
     */
    ByteTarget(Settings settings, Predicate<byte[]> check) {
        this(settings, check, () -> "findings=0");
    }

    /**
     * A target that has figures of its own.
     *
     * @param check throws if an input shows a fault, and says whether it shows the planted one
     * @param figures {@code name=number} words
     */
    ByteTarget(Settings settings, Predicate<byte[]> check, Supplier<String> figures) {
        this.check = check;
        this.heartbeat = new Heartbeat(figures);
        this.planted = settings.canary();
        this.found = settings.found().map(FoundFolder::new);
    }

    void run(byte[] input) {
        heartbeat.run();
        boolean canary = check.test(input);
        if (planted && canary && !canaryFound && found.isPresent()) {
            canaryFound = true;
            found.orElseThrow().canary(HexFormat.of().formatHex(input));
        }
    }

    void end() {
        heartbeat.last();
    }
}
