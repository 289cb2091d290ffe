// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.junit;

import dev.pokecheck.cli.option.ExpectLine;
import dev.pokecheck.cli.run.CheckOutcome;
import dev.pokecheck.cli.screen.ProgressLine;
import dev.pokecheck.corpus.CFile;
import dev.pokecheck.report.Invocation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;

/**
 * A line {@code expect:} of a C file as a test.
 *
 * @param test the annotation
 * @param file the C file
 * @param line the line
 */
record PokeTestSource(PokeTest test, CFile file, ExpectLine line)
        implements TestTemplateInvocationContext, InvocationInterceptor {
    /** What goes with a source. */
    private static final Set<String> WITH_SOURCE = Set.of("source", "define", "saveTo");

    /** The tests of a method. */
    static List<PokeTestSource> of(Method method, PokeTest test) {
        if (method.getParameterCount() > 0) {
            throw wrong(method, "has a source, which is its protocol; take the parameters out");
        }
        refuseOthers(method, test);
        CFile file = CFile.open(path(method, test.source()), List.of(test.define()), List.of());
        return ExpectLine.of(file).stream()
                .map(line -> new PokeTestSource(test, file, line))
                .toList();
    }

    private static void refuseOthers(Method method, PokeTest test) {
        for (Method attribute : PokeTest.class.getDeclaredMethods()) {
            if (!WITH_SOURCE.contains(attribute.getName()) && !isDefault(attribute, test)) {
                throw wrong(
                        method,
                        "has a source, whose comment says the scenario and what must hold; take " + attribute.getName()
                                + " out");
            }
        }
    }

    private static boolean isDefault(Method attribute, PokeTest test) {
        try {
            return Arrays.deepEquals(new Object[] {attribute.invoke(test)}, new Object[] {attribute.getDefaultValue()});
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("an attribute of an annotation cannot be read", e);
        }
    }

    private static Path path(Method method, String source) {
        Path file = Path.of(source);
        if (Files.isRegularFile(file)) {
            return file;
        }
        URL resource = method.getDeclaringClass().getResource(source);
        if (resource == null) {
            throw wrong(
                    method,
                    "has the source " + source + ", and there is neither such a file in "
                            + Path.of("").toAbsolutePath() + " nor such a resource beside the class");
        }
        if (!resource.getProtocol().equals("file")) {
            throw wrong(
                    method, "has the source " + resource + ", which is no file; the C of tests must be in a folder");
        }
        Path found = Path.of(URI.create(resource.toString()));
        Path here = Path.of("").toAbsolutePath();
        return found.startsWith(here) ? here.relativize(found) : found;
    }

    private static ExtensionConfigurationException wrong(Method method, String what) {
        return new ExtensionConfigurationException("@PokeTest " + method.getName() + " " + what);
    }

    @Override
    public String getDisplayName(int index) {
        return line.text();
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
        return List.of(this);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> call, ExtensionContext context) {
        invocation.skip();
        ExpectLine.Checked shown = line.run(ProgressLine.NONE);
        if (!shown.isMet()) {
            CheckOutcome outcome = shown.outcomes().worst();
            String name = context.getRequiredTestClass().getName() + "#"
                    + call.getExecutable().getName();
            List<String> command = List.of("check      " + line.command());
            throw new AssertionError(new Shown(outcome.machine(), outcome.verdict(), Optional.of(file))
                    .failure(
                            line.place() + ": expected " + line.text(),
                            Path.of(test.saveTo()),
                            saved -> lines(command, Again.lines(saved, "", name, true))));
        }
    }

    private static List<String> lines(List<String> first, List<String> others) {
        List<String> all = new ArrayList<>(first);
        all.addAll(others);
        return all;
    }
}
