// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.pokecheck.step.Step;
import java.util.List;

/** All kinds of steps that there are, found as class files, so that none can be left out. */
final class StepClasses {
    private static final String ROOM = "dev.pokecheck.step.op";

    private static final List<Class<? extends Step>> ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages(ROOM).stream()
                    .filter(type -> type.isAssignableTo(Step.class))
                    .map(StepClasses::loaded)
                    .toList();

    private StepClasses() {}

    static List<Class<? extends Step>> all() {
        return ALL;
    }

    /** The kind with a simple name. */
    static Class<? extends Step> of(String name) {
        return ALL.stream()
                .filter(type -> type.getSimpleName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Class<? extends Step> loaded(JavaClass type) {
        return type.reflect().asSubclass(Step.class);
    }
}
