// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.parse;

import dev.pokecheck.source.syntax.TranslationUnit;

/** What a header means to any file that begins with it. */
public final class ParsedHeader {
    private final Scope scope;
    private final TranslationUnit unit;

    /** A header with what it declares, none of which changes any more. */
    ParsedHeader(Scope scope, TranslationUnit unit) {
        this.scope = scope;
        this.unit = unit;
    }

    Scope scope() {
        return scope;
    }

    TranslationUnit unit() {
        return unit;
    }
}
