// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.option;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says what the options of a mixin are about, or, if that is something else, one of them. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.FIELD})
@interface About {
    Subject value();
}
