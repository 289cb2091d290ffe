// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.junit;

import dev.pokecheck.data.DataModel;
import dev.pokecheck.property.Property;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.report.Invocation;
import dev.pokecheck.text.FetchModel;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.ReflectionSupport;

/** Runs the methods that {@link PokeTest} marks. */
final class PokeTestExtension implements TestTemplateInvocationContextProvider {

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return context.getRequiredTestMethod().isAnnotationPresent(PokeTest.class);
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        Method method = context.getRequiredTestMethod();
        PokeTest test = method.getAnnotation(PokeTest.class);
        if (!test.source().isEmpty()) {
            return PokeTestSource.of(method, test).stream().map(line -> line);
        }
        if (test.define().length > 0) {
            throw new ExtensionConfigurationException(
                    "@PokeTest " + method.getName() + " has define, and no source for which it would be");
        }
        long builders = Arrays.stream(method.getParameterTypes())
                .filter(ProtocolBuilder.class::equals)
                .count();
        if (builders != 1) {
            throw new ExtensionConfigurationException("@PokeTest " + method.getName()
                    + " must have one parameter of type ProtocolBuilder, with which it records the protocol");
        }
        if (test.fetch().length == 0 || test.data().length == 0) {
            throw new ExtensionConfigurationException(
                    "@PokeTest " + method.getName() + " has no fetch model, or no data model: it would test nothing");
        }
        return Arrays.stream(test.fetch())
                .flatMap(fetch -> Arrays.stream(test.data()).map(data -> new Model(test, fetch, data)));
    }

    /**
     * One run of the method.
     *
     * @param test the annotation
     * @param fetch the fetch model
     * @param data the data model
     */
    private record Model(PokeTest test, FetchModel fetch, DataModel data)
            implements TestTemplateInvocationContext, ParameterResolver, InvocationInterceptor {
        @Override
        public String getDisplayName(int index) {
            return fetch.text() + ", " + data.text();
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(this);
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == ProtocolBuilder.class;
        }

        /** Nothing yet: each recording has a builder of its own, which takes the place of this. */
        @Override
        public @Nullable Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return null;
        }

        @Override
        public void interceptTestTemplateMethod(
                Invocation<Void> invocation, ReflectiveInvocationContext<Method> call, ExtensionContext context) {
            invocation.skip();
            Method method = call.getExecutable();
            Object instance = context.getRequiredTestInstance();
            Class<?> type = context.getRequiredTestClass();
            ProtocolCheck check = check(type, method, b -> {
                Object[] arguments = call.getArguments().toArray();
                arguments[Arrays.asList(method.getParameterTypes()).indexOf(ProtocolBuilder.class)] = b;
                ReflectionSupport.invokeMethod(method, instance, arguments);
            });
            if (test.violates().length == 0) {
                check.holds();
            }
            for (Property property : test.violates()) {
                check.violates(property);
            }
        }

        private ProtocolCheck check(Class<?> type, Method method, Protocol.Definition definition) {
            return Pokecheck.check(definition)
                    .named(test.name().isEmpty() ? method.getName() : test.name())
                    .sites(test.sites())
                    .scenario(b -> b.cpus(test.cpus())
                            .thread(test.threads())
                            .nmis(test.nmis())
                            .nmiWork(test.nmiWork())
                            .nmi(test.nmiModel())
                            .irqs(test.irqs())
                            .mcs(test.mcs())
                            .fetch(fetch, test.chunk())
                            .data(data)
                            .split(test.split()))
                    .level(test.level())
                    .maxStates(test.maxStates())
                    .saveTo(Path.of(test.saveTo()))
                    .from(Again.origin(type, method), type.getName() + "#" + method.getName());
        }
    }
}
