// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

import dev.pokecheck.protocol.Origin.Kind;
import java.util.Optional;
import java.util.function.Supplier;

/** The line of Java that records a statement: the innermost one on the stack outside of this package. */
final class CallerLine {
    private static final StackWalker STACK = StackWalker.getInstance();
    private static final String HERE = CallerLine.class.getPackageName() + ".";

    private CallerLine() {}

    /** That of the statement that is being recorded, which is worked out when it is asked for; empty if its class file tells no lines. */
    static Supplier<Optional<Origin>> of(Stmt statement) {
        Optional<StackWalker.StackFrame> caller = STACK.walk(
                frames -> frames.filter(frame -> !isHere(frame.getClassName())).findFirst());
        return () -> caller.filter(frame -> frame.getFileName() != null && frame.getLineNumber() > 0)
                .map(frame -> new Origin(Kind.JAVA, path(frame), frame.getLineNumber(), 0, statement.text()));
    }

    /** Whether a class is of this package itself; those of packages below it are not. */
    private static boolean isHere(String className) {
        return className.startsWith(HERE) && className.indexOf('.', HERE.length()) < 0;
    }

    private static String path(StackWalker.StackFrame frame) {
        String name = frame.getClassName();
        return name.substring(0, name.lastIndexOf('.') + 1).replace('.', '/') + frame.getFileName();
    }
}
