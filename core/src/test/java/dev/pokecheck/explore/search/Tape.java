// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.search;

import dev.pokecheck.checkpoint.CheckpointException;
import dev.pokecheck.checkpoint.CheckpointInput;
import dev.pokecheck.checkpoint.CheckpointOutput;
import dev.pokecheck.checkpoint.Checkpoints;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A checkpoint in memory. */
final class Tape implements CheckpointOutput {
    private long[] numbers = new long[1024];
    private int size;

    /** Thrown where a search is killed. */
    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    int size() {
        return size;
    }

    @Override
    public void number(long value) {
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * size);
        }
        numbers[size++] = value;
    }

    @Override
    public void longs(long[] values, int from, int length) {
        for (int i = 0; i < length; i++) {
            number(values[from + i]);
        }
    }

    @Override
    public void ints(int[] values, int from, int length) {
        for (int i = 0; i < length; i++) {
            number(values[from + i]);
        }
    }

    /** Reads from the start. */
    Reader reader() {
        return new Reader();
    }

    /** The reading head. */
    final class Reader implements CheckpointInput {
        private int at;

        @Override
        public long number() {
            if (at == size) {
                throw new CheckpointException("read behind the end");
            }
            return numbers[at++];
        }

        @Override
        public void longs(long[] values, int from, int length) {
            for (int i = 0; i < length; i++) {
                values[from + i] = number();
            }
        }

        @Override
        public void ints(int[] values, int from, int length) {
            for (int i = 0; i < length; i++) {
                values[from + i] = (int) number();
            }
        }

        @Override
        public void end() {
            if (at != size) {
                throw new CheckpointException("not read to the end");
            }
        }

        boolean atEnd() {
            return at == size;
        }
    }

    /** Saves whenever asked, and kills the search behind one of the checkpoints. */
    static final class Recorder implements Checkpoints {
        private final @Nullable Reader former;
        private final int killAt;
        private int saved;
        private boolean atBound;
        private Tape last = new Tape();

        /** Goes on from a checkpoint, if there is one, and kills behind the n-th new one, counted from 1; 0 never kills. */
        Recorder(@Nullable Tape former, int killAt) {
            this.former = former == null ? null : former.reader();
            this.killAt = killAt;
        }

        int saved() {
            return saved;
        }

        Tape last() {
            return last;
        }

        @Override
        public boolean due() {
            return true;
        }

        @Override
        public void save(Snapshot snapshot) {
            Tape tape = new Tape();
            snapshot.writeTo(tape);
            last = tape;
            saved++;
            if (saved == killAt) {
                throw new Killed();
            }
        }

        @Override
        public void ended(boolean atBound) {
            this.atBound = atBound;
        }

        boolean isAtBound() {
            return atBound;
        }

        @Override
        public @Nullable CheckpointInput former() {
            return former;
        }

        /** Whether all of the former checkpoint was read. */
        boolean isFormerRead() {
            return former == null || former.atEnd();
        }
    }
}
