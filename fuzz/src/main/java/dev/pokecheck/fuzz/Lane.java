// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz;

import dev.pokecheck.fuzz.guide.GuidedWalks;
import dev.pokecheck.fuzz.guide.Novelty;
import dev.pokecheck.fuzz.guide.ThenStop;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.property.Level;
import dev.pokecheck.schedule.PctScheduler;
import dev.pokecheck.schedule.RandomScheduler;
import dev.pokecheck.schedule.Scheduler;
import dev.pokecheck.schedule.Walk;
import java.util.Optional;

/** One machine, and all that runs it. */
final class Lane {
    /** The fewest steps of a burst, about twenty schedules. */
    static final long LEAST_BURST = 3_000;

    /** The most steps of a burst, some milliseconds. */
    static final long MOST_BURST = 60_000;

    private static final int DEPTH = 4;
    private static final int SOON = 200;

    final Machine machine;
    final long key;
    final Account account;
    final Optional<Level> claim;
    final long stopOn;
    final long salt;
    final GuidedWalks walks;

    private final int header;
    private final Scheduler fair;
    private final Scheduler random;
    private final Scheduler priorities;
    private final BytesThen bytes;

    Lane(
            Machine machine,
            long key,
            Account account,
            Optional<Level> claim,
            long stopOn,
            long salt,
            int header,
            Walk.Limits limits,
            long seed,
            int prefixes,
            Novelty novelty) {
        this.machine = machine;
        this.key = key;
        this.account = account;
        this.claim = claim;
        this.stopOn = stopOn;
        this.salt = salt;
        this.header = header;
        fair = new Fair(machine);
        random = new ThenStop(machine, new RandomScheduler(0));
        priorities = new ThenStop(machine, new PctScheduler(machine, 0, DEPTH, SOON));
        bytes = new BytesThen(machine, fair);
        walks = new GuidedWalks(machine, limits, seed, prefixes, bytes, novelty);
    }

    /**
     * Runs the schedule of an input: its bytes, and then what its seed says. Zero brings the run to its end fairly; an even seed is one of
     * priorities, an odd one of equal chances.
     */
    Walk.End run(byte[] input) {
        int seed = at(input, header) << 8 | at(input, header + 1);
        Scheduler tail = seed == 0 ? fair : seed % 2 == 1 ? random : priorities;
        bytes.fill(input, header + Interleavings.SEED, tail);
        return walks.run(seed);
    }

    private static int at(byte[] input, int index) {
        return index < input.length ? Byte.toUnsignedInt(input[index]) : 0;
    }
}
