// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says of a test that it fails without a certain rule of the package documentation. {@link RulesTest} wants one for each rule. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Repeatable(Pins.All.class)
public @interface Pins {
    /** The rule: its package, below {@code dev.pokecheck}, a dot, and the {@code id} of its element there. */
    String value();

    /** Several of them. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @interface All {
        /** They. */
        Pins[] value();
    }
}
