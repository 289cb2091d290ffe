// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.lincheck;

import static dev.pokecheck.lincheck.Lincheck.call;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.jetbrains.kotlinx.lincheck.strategy.LincheckFailure;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/**
 * The descriptor schemes against a register: a lookup gives the site that is published at one moment of it, or none. Every access to a word is a
 * switch point. One patcher, two handlers; what a handler does with the descriptor besides reading its site is not looked at.
 */
public class DescriptorsTest {
    private static final int RUNS = 3_000;
    private static final int STRESS_RUNS = 500;

    private static final List<List<Lincheck.Call>> PATCHER_AND_HANDLERS = List.of(
            List.of(call("publish", 1), call("unpublish"), call("publish", 2), call("unpublish")),
            List.of(call("lookup"), call("lookup")),
            List.of(call("lookup")));

    /** The form of 2019. */
    public static class OnTheStack {
        private final StackDescriptor descriptor = new StackDescriptor();

        /** See {@link Descriptors}. */
        @Operation
        public void publish(int site) {
            descriptor.publish(site);
        }

        /** See {@link Descriptors}. */
        @Operation
        public void unpublish() {
            descriptor.unpublish();
        }

        /** See {@link Descriptors}. */
        @Operation
        public int lookup() {
            return descriptor.lookup();
        }
    }

    /** The form of 2022. */
    public static class Static {
        private final StaticDescriptor descriptor = new StaticDescriptor();

        /** See {@link Descriptors}. */
        @Operation
        public void publish(int site) {
            descriptor.publish(site);
        }

        /** See {@link Descriptors}. */
        @Operation
        public void unpublish() {
            descriptor.unpublish();
        }

        /** See {@link Descriptors}. */
        @Operation
        public int lookup() {
            return descriptor.lookup();
        }
    }

    /** The sequential specification. */
    public static class Register {
        private int published = Descriptors.NONE;

        /** Writes. */
        public void publish(int site) {
            published = site;
        }

        /** Writes none. */
        public void unpublish() {
            published = Descriptors.NONE;
        }

        /** Reads. */
        public int lookup() {
            return published;
        }
    }

    private static Optional<LincheckFailure> modelCheck(Class<?> scheme) {
        ModelCheckingOptions options = Lincheck.everyAccess(RUNS);
        return Lincheck.run(options, scheme, Register.class, PATCHER_AND_HANDLERS);
    }

    @Test
    void aHandlerUsesADeadDescriptorOnTheStack() {
        LincheckFailure failure = modelCheck(OnTheStack.class).orElseThrow();
        System.out.println(failure);
        assertEquals("IncorrectResultsFailure", failure.getClass().getSimpleName());
        // Other data than any site's number: the handler took a reference on what lies there now, and read it.
        assertTrue(Lincheck.results(failure).contains(Integer.toString(0xdead)), failure::toString);
    }

    @Test
    void theStaticDescriptorIsNeverUsedDead() {
        assertEquals("", Lincheck.text(modelCheck(Static.class)));
    }

    @Test
    void theStaticDescriptorIsNeverUsedDeadUnderStress() {
        StressOptions options = Lincheck.stress(STRESS_RUNS);
        assertEquals("", Lincheck.text(Lincheck.run(options, Static.class, Register.class, PATCHER_AND_HANDLERS)));
    }
}
