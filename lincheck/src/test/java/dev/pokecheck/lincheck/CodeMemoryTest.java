// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.lincheck;

import static dev.pokecheck.lincheck.Lincheck.call;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.jetbrains.kotlinx.lincheck.strategy.LincheckFailure;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/** A read of {@link CodeMemory} is of one moment, which the coherent fetch model rests on. Every access to a byte or a stamp is a switch point. */
public class CodeMemoryTest {
    private static final int RUNS = 3_000;

    private static final List<List<Lincheck.Call>> TWO_WRITERS_AND_A_READER = List.of(
            List.of(call("store", 0, 1), call("store", 1, 2)),
            List.of(call("store", 0, 3)),
            List.of(call("read"), call("read")));

    /** The memory. */
    public static class Stamped {
        private final CodeMemory memory = new CodeMemory((byte) 0, (byte) 0);

        /** See {@link CodeMemory#store}. */
        @Operation
        public void store(int offset, int value) {
            memory.store(offset, (byte) value);
        }

        /** See {@link CodeMemory#read}. */
        @Operation
        public List<Byte> read() {
            byte[] bytes = memory.read();
            return List.of(bytes[0], bytes[1]);
        }
    }

    /** The same without a stamp: two words that are read one after the other. */
    public static class Unstamped {
        private final SharedWords memory = new SharedWords(0, 0);

        /** Stores one. */
        @Operation
        public void store(int offset, int value) {
            memory.store(offset, value);
        }

        /** Reads both. */
        @Operation
        public List<Byte> read() {
            return List.of((byte) memory.load(0), (byte) memory.load(1));
        }
    }

    /** The sequential specification. */
    public static class Bytes {
        private final byte[] bytes = new byte[2];

        /** Stores one. */
        public void store(int offset, int value) {
            bytes[offset] = (byte) value;
        }

        /** Reads both. */
        public List<Byte> read() {
            byte[] copy = Arrays.copyOf(bytes, bytes.length);
            return List.of(copy[0], copy[1]);
        }
    }

    @Test
    void aReadIsOfOneMoment() {
        assertEquals(
                "",
                Lincheck.text(Lincheck.run(
                        Lincheck.everyAccess(RUNS), Stamped.class, Bytes.class, TWO_WRITERS_AND_A_READER)));
    }

    @Test
    void withoutAStampItIsNot() {
        LincheckFailure failure = Lincheck.run(
                        Lincheck.everyAccess(RUNS), Unstamped.class, Bytes.class, TWO_WRITERS_AND_A_READER)
                .orElseThrow();
        assertEquals("IncorrectResultsFailure", failure.getClass().getSimpleName());
    }
}
