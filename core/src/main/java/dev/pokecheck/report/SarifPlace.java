// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.report;

import dev.pokecheck.machine.ActionKind;
import dev.pokecheck.trace.TraceStep;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Where a step stands: its line in the file of the interleaving, if there is one, and protocol/routine/label. */
final class SarifPlace {
    /** The name of the folder that relative paths start from. */
    static final String ROOT = "%SRCROOT%";

    private final Result result;

    SarifPlace(Result result) {
        this.result = result;
    }

    /** The place of the last step; without an interleaving, the protocol and the first line of the file. */
    Map<String, @Nullable Object> last() {
        List<TraceStep> steps = result.trace().map(trace -> trace.steps()).orElse(List.of());
        if (!steps.isEmpty()) {
            return of(steps.get(steps.size() - 1));
        }
        return location(OptionalInt.of(1), List.of());
    }

    /** The place of a step. */
    Map<String, @Nullable Object> of(TraceStep step) {
        OptionalInt line = result.source().map(file -> file.line(step.number())).orElse(OptionalInt.empty());
        return location(line, names(step));
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
        Map<String, @Nullable Object> artifact = new LinkedHashMap<>();
        artifact.put("uri", uri(path));
        if (!isAbsolute(path)) {
            artifact.put("uriBaseId", ROOT);
        }
        Map<String, @Nullable Object> physical = new LinkedHashMap<>();
        physical.put("artifactLocation", artifact);
        if (line.isPresent()) {
            physical.put("region", Sarif.map("startLine", line.getAsInt()));
        }
        return physical;
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
