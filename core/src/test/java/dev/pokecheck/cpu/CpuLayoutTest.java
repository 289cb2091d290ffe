// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.Pins;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The stack of contexts of one CPU in packed words. */
class CpuLayoutTest {
    private static final int BASE = 3;

    private final CpuLayout cpu = new CpuLayout(new CpuLayout.Widths(
            2,
            List.of(0, 1),
            List.of(16, 20),
            false,
            List.of(12, 0),
            List.of(true, false),
            4,
            2,
            true,
            true,
            true,
            true,
            true,
            true,
            true,
            3,
            10,
            8,
            3,
            true,
            true,
            true,
            true,
            5,
            4,
            6,
            8,
            List.of(3, 40, 40, 1)));
    private final long[] state = new long[BASE + cpu.words() + 1];

    @Pins("cpu.interrupt-flag")
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void deliveryClearsTheInterruptFlagAndReturnRestoresIt(int flag) {
        cpu.interruptFlag.set(state, BASE, flag);
        cpu.push(state, BASE, ContextKind.IRQ, 7);
        assertEquals(0, cpu.interruptFlag.get(state, BASE));
        cpu.interruptFlag.set(state, BASE, 1);
        cpu.push(state, BASE, ContextKind.NMI, 8);
        assertEquals(0, cpu.interruptFlag.get(state, BASE));
        cpu.pop(state, BASE);
        assertEquals(1, cpu.interruptFlag.get(state, BASE));
        cpu.pop(state, BASE);
        assertEquals(flag, cpu.interruptFlag.get(state, BASE));
    }

    @Pins("cpu.contexts")
    @Test
    void aNewContextIsEmptyAndOnTop() {
        int frame = cpu.push(state, BASE, ContextKind.BP, 9);
        assertEquals(frame, cpu.topFrame(state, BASE));
        assertEquals(1, cpu.top.getInt(state, BASE));
        assertEquals(ContextKind.BP, ContextKind.of(cpu.kind.getInt(state, frame)));
        assertEquals(9, cpu.pc.getInt(state, frame));
        assertFalse(cpu.place.isSet(state, frame));
        for (var local : cpu.locals) {
            assertFalse(local.isSet(state, frame));
        }
    }

    @Test
    void aContextThatIsGoneLeavesNothingBehind() {
        cpu.interruptFlag.set(state, BASE, 1);
        cpu.place.set(state, cpu.frame(BASE, 0), 5);
        long[] before = state.clone();
        int frame = cpu.push(state, BASE, ContextKind.MC, 9);
        cpu.locals[1].set(state, frame, cpu.locals[1].max());
        cpu.versions.set(state, frame, 7);
        cpu.trapped.set(state, frame, 3);
        cpu.pop(state, BASE);
        assertArrayEquals(before, state);
    }

    @Test
    void aCpuStaysInItsWords() {
        for (int level = 0; level + 1 < cpu.depth(); level++) {
            int frame = cpu.push(state, BASE, ContextKind.NMI, 1023);
            for (var local : cpu.locals) {
                local.set(state, frame, local.max());
            }
        }
        assertEquals(0, state[0] | state[1] | state[2]);
        assertEquals(0, state[state.length - 1]);
        assertEquals(cpu.words(), cpu.frame(0, cpu.depth() - 1) + cpu.frameWords());
    }

    @Test
    void handlersReturnByIretThreadsDoNot() {
        for (ContextKind kind : ContextKind.values()) {
            boolean handler = kind == ContextKind.IRQ
                    || kind == ContextKind.BP
                    || kind == ContextKind.NMI
                    || kind == ContextKind.MC
                    || kind == ContextKind.IPI;
            assertEquals(handler, kind.returnsByIret());
            assertEquals(kind, ContextKind.of(kind.ordinal()));
        }
        assertTrue(ContextKind.THREAD.text().isEmpty());
    }
}
