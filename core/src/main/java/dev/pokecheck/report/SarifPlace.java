// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.report;

import dev.pokecheck.machine.ActionKind;
import dev.pokecheck.protocol.Origin;
import dev.pokecheck.trace.TraceStep;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Where a step stands: protocol/routine/label, and a line of a file. Of a protocol that was read from a file that is the line of that file, and the one in the file of the
 * interleaving is related to it; of one that Java records it is the line in the file of the interleaving if there is one, and else that of Java.
 */
final class SarifPlace {
    /** The name of the folder that relative paths start from. */
    static final String ROOT = "%SRCROOT%";

    /** The name of the folder that the shipped protocols in C lie in. */
    static final String CATALOG_ROOT = "%CATALOG%";

    /** The name of the folder that the packages of Java sources lie in. */
    static final String JAVA_ROOT = "%JAVAROOT%";

    private final Result result;

    SarifPlace(Result result) {
        this.result = result;
    }

    /**
     * The place of the last step; without an interleaving, the protocol and the first line of the file. If the last step is none of the author's, the execution of a
     * site by a bystander, say, the file and line are those of the author's statement that was executed last.
     */
    Map<String, @Nullable Object> last() {
        if (steps().isEmpty()) {
            return location(OptionalInt.of(1), List.of());
        }
        Map<String, @Nullable Object> location = of(steps().get(steps().size() - 1));
        steps().stream()
                .flatMap(step -> step.origin().stream())
                .filter(this::counts)
                .reduce((earlier, later) -> later)
                .ifPresent(origin -> location.put("physicalLocation", physical(origin)));
        return location;
    }

    private List<TraceStep> steps() {
        return result.trace().map(trace -> trace.steps()).orElse(List.of());
    }

    /** Whether it is the place of a step, and not the file of the interleaving. */
    private boolean counts(Origin origin) {
        return origin.isForReaders() || result.source().isEmpty();
    }

    /** The place of a step. */
    Map<String, @Nullable Object> of(TraceStep step) {
        OptionalInt line = result.source().map(file -> file.line(step.number())).orElse(OptionalInt.empty());
        Map<String, @Nullable Object> location = location(line, names(step));
        step.origin().filter(this::counts).ifPresent(origin -> location.put("physicalLocation", physical(origin)));
        return location;
    }

    /** The line of the last step in the file of the interleaving, if that is not where the step stands. */
    Optional<Map<String, @Nullable Object>> related() {
        boolean ofFile =
                steps().stream().flatMap(step -> step.origin().stream()).anyMatch(Origin::isForReaders);
        return result.source().filter(file -> ofFile).map(file -> {
            Map<String, @Nullable Object> location = new LinkedHashMap<>();
            location.put("physicalLocation", physical(file.path(), file.line(steps().size())));
            location.put("message", Sarif.text("The last step in the interleaving."));
            return location;
        });
    }

    private static Map<String, @Nullable Object> physical(Origin origin) {
        Map<String, @Nullable Object> region = new LinkedHashMap<>();
        region.put("startLine", origin.line());
        if (origin.column() > 0) {
            region.put("startColumn", origin.column());
        }
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("startLine", origin.line());
        line.put("snippet", Sarif.text(origin.text()));
        Map<String, @Nullable Object> physical = new LinkedHashMap<>();
        physical.put("artifactLocation", artifact(origin.file(), root(origin.kind())));
        physical.put("region", region);
        physical.put("contextRegion", line);
        return physical;
    }

    private static String root(Origin.Kind kind) {
        return switch (kind) {
            case C -> ROOT;
            case CATALOG -> CATALOG_ROOT;
            case JAVA -> JAVA_ROOT;
        };
    }

    private Map<String, @Nullable Object> location(OptionalInt line, List<String> names) {
        Map<String, @Nullable Object> location = new LinkedHashMap<>();
        result.source().ifPresent(file -> location.put("physicalLocation", physical(file.path(), line)));
        List<String> full = new ArrayList<>(names);
        full.add(0, result.protocol());
        Map<String, @Nullable Object> logical = new LinkedHashMap<>();
        logical.put("name", full.get(full.size() - 1));
        logical.put("fullyQualifiedName", String.join("/", full));
        logical.put("kind", full.size() == 1 ? "protocol" : "step");
        location.put("logicalLocations", List.of(logical));
        return location;
    }

    private static Map<String, @Nullable Object> physical(String path, OptionalInt line) {
        Map<String, @Nullable Object> physical = new LinkedHashMap<>();
        physical.put("artifactLocation", artifact(path, ROOT));
        if (line.isPresent()) {
            physical.put("region", Sarif.map("startLine", line.getAsInt()));
        }
        return physical;
    }

    private static Map<String, @Nullable Object> artifact(String path, String root) {
        Map<String, @Nullable Object> artifact = new LinkedHashMap<>();
        artifact.put("uri", uri(path));
        if (!isAbsolute(path)) {
            artifact.put("uriBaseId", root);
        }
        return artifact;
    }

    private static boolean isAbsolute(String path) {
        return path.startsWith("/");
    }

    /** A path as a reference, with what references may not hold escaped. */
    private static String uri(String path) {
        boolean absolute = isAbsolute(path);
        String reference = absolute || path.indexOf(':') < 0 ? path : "./" + path;
        try {
            return new URI(absolute ? "file" : null, absolute ? "" : null, reference, null, null).toASCIIString();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("no reference to " + path, e);
        }
    }

    /** Routine and label of a statement; for what hardware does, its name. */
    private static List<String> names(TraceStep step) {
        ActionKind kind = step.kind();
        return switch (kind) {
            case STEP, FETCH, CALLEE, RETURN -> {
                String routine = step.context().routine();
                String label = step.context().label();
                yield label.isEmpty() ? List.of(routine) : List.of(routine, label);
            }
            case IRET, DRAIN, NMI, NMI_SENT, IRQ, MC, IPI, CALL, STOP, SUSPEND, LEAVE ->
                List.of(kind.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        };
    }
}
