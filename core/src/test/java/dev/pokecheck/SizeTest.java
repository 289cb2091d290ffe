// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** No file of the program is over 400 lines, and no method over 40 but with a comment that begins with {@code // Long:} and says why. */
class SizeTest {
    private static final int LINES_OF_FILE = 400;
    private static final int LINES_OF_METHOD = 40;
    private static final String REASON = "// Long: ";

    private static final Path ROOT = Path.of(System.getProperty("basedir", "."), "..");

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String module : List.of("core", "fuzz", "lincheck")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
                files.filter(file -> file.toString().endsWith(".java")).sorted().forEach(sources::add);
            }
        }
        assertFalse(sources.isEmpty());
        return sources;
    }

    @Test
    void noFileIsLong() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path file : sources()) {
            long lines = Files.readString(file).lines().count();
            if (lines > LINES_OF_FILE) {
                tooLong.add(ROOT.relativize(file) + ": " + lines);
            }
        }
        assertEquals(List.of(), tooLong, "files of more than " + LINES_OF_FILE + " lines");
    }

    @Test
    void noMethodIsLongWithoutAReason() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> found = new ArrayList<>();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(sources()));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                unit.accept(new Methods(unit, positions, found), null);
            }
        }
        assertEquals(List.of(), found, "methods of more than " + LINES_OF_METHOD + " lines without a reason");
    }

    private static final class Methods extends TreeScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final List<String> found;

        Methods(CompilationUnitTree unit, SourcePositions positions, List<String> found) {
            this.unit = unit;
            this.positions = positions;
            this.found = found;
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            if (method.getBody() != null) {
                LineMap map = unit.getLineMap();
                long start = positions.getStartPosition(unit, method.getBody());
                long end = positions.getEndPosition(unit, method.getBody());
                long lines = map.getLineNumber(end) - map.getLineNumber(start) + 1;
                if (start >= 0 && lines > LINES_OF_METHOD && !hasReason(start, end)) {
                    found.add(ROOT.relativize(Path.of(unit.getSourceFile().getName())) + ": " + method.getName() + ", "
                            + lines + " lines");
                }
            }
            return super.visitMethod(method, null);
        }

        private boolean hasReason(long start, long end) {
            try {
                return unit.getSourceFile()
                        .getCharContent(true)
                        .subSequence((int) start, (int) end)
                        .toString()
                        .contains(REASON);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
