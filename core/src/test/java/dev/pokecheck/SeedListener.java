// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck;

import java.lang.reflect.Method;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Property;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * Prints the seed of whatever a build draws at random: of each jqwik property the one in its annotation, of other tests what they publish
 * under {@code seed}. A log then says all that it takes to draw the same again.
 */
public final class SeedListener implements TestExecutionListener {
    private static final String SEED = "seed";

    private final Set<String> printed = new TreeSet<>();

    @Override
    public void executionStarted(TestIdentifier test) {
        if (test.getSource().orElse(null) instanceof MethodSource source) {
            Method method = source.getJavaMethod();
            Property property = method.getAnnotation(Property.class);
            if (property != null) {
                print(property.seed(), source);
            }
        }
    }

    @Override
    public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
        String seed = entry.getKeyValuePairs().get(SEED);
        if (seed != null && test.getSource().orElse(null) instanceof MethodSource source) {
            print(seed, source);
        }
    }

    private void print(String seed, MethodSource source) {
        String name = source.getClassName();
        String line = "seed " + seed + ": " + name.substring(name.lastIndexOf('.') + 1) + "." + source.getMethodName();
        if (printed.add(line)) {
            System.out.println(line);
        }
    }
}
