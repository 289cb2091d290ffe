// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck;

import dev.pokecheck.insn.LengthDecoder;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The length decoder over valid instructions, one behind the other. They are drawn with all opcodes and prefixes alike, which is
 * harder on branch prediction than code that a compiler wrote. The score is the time for one instruction.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecodeBench {
    /** So many that the branch predictor does not learn them by heart. */
    private static final int INSTRUCTIONS = 1 << 16;

    private static final long SEED = 1;

    private byte[] code;

    /** Draws the instructions. */
    @Setup
    public void draw() {
        SplittableRandom random = new SplittableRandom(SEED);
        byte[] drawn = new byte[INSTRUCTIONS * LengthDecoder.MAX_LENGTH];
        byte[] candidate = new byte[LengthDecoder.MAX_LENGTH];
        int end = 0;
        for (int count = 0; count < INSTRUCTIONS; ) {
            random.nextBytes(candidate);
            int length = LengthDecoder.length(candidate, 0, candidate.length);
            if (length > 0) {
                System.arraycopy(candidate, 0, drawn, end, length);
                end += length;
                count++;
            }
        }
        code = Arrays.copyOf(drawn, end);
    }

    /** All instructions. */
    @Benchmark
    @OperationsPerInvocation(INSTRUCTIONS)
    public int length() {
        int count = 0;
        for (int at = 0; at < code.length; count++) {
            int length = LengthDecoder.length(code, at, code.length);
            if (length <= 0) {
                throw new IllegalStateException("no instruction at " + at);
            }
            at += length;
        }
        return count;
    }
}
