// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

/**
 * Every rule of the package documentation has a test that says so by {@link Pins}. Rules are the numbered items, and those parts of them that
 * have an {@code id} of their own because a test of the rest would not notice their loss.
 */
class RulesTest {
    private static final Path MAIN =
            Path.of(System.getProperty("basedir", "."), "src", "main", "java", "dev", "pokecheck");

    /** What is numbered there is the order of parts in a file, which tests of that file pin. */
    private static final Set<String> NO_RULES = Set.of("checkpoint.file");

    private static final Pattern LIST = Pattern.compile("<ol>(.*?)</ol>", Pattern.DOTALL);
    private static final Pattern ITEM = Pattern.compile("<li[^>]*>");
    private static final Pattern ID = Pattern.compile(" id=\"([a-z0-9-]+)\"");

    private static final Set<String> TESTS = Set.of(
            "org.junit.jupiter.api.Test", "org.junit.jupiter.params.ParameterizedTest", "net.jqwik.api.Property");

    /** The tests that pin something. */
    private static final List<JavaMethod> PINNING = find();

    private record Documented(String name, String text) {
        List<String> found(Pattern pattern, int group) {
            return pattern.matcher(text)
                    .results()
                    .map((MatchResult result) -> result.group(group))
                    .toList();
        }
    }

    private static List<Documented> packages() throws IOException {
        try (Stream<Path> files = Files.walk(MAIN)) {
            return files.filter(file -> file.endsWith("package-info.java"))
                    .map(RulesTest::read)
                    .sorted((a, b) -> a.name.compareTo(b.name))
                    .filter(documented -> !NO_RULES.contains(documented.name))
                    .toList();
        }
    }

    private static Documented read(Path file) {
        try {
            String name = MAIN.relativize(file.getParent())
                    .toString()
                    .replace('\\', '.')
                    .replace('/', '.');
            return new Documented(name, Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> rules() throws IOException {
        List<String> rules = new ArrayList<>();
        for (Documented documented : packages()) {
            documented.found(ID, 1).forEach(id -> rules.add(documented.name + "." + id));
        }
        return rules;
    }

    private static List<JavaMethod> find() {
        Collection<JavaClass> classes = new ClassFileImporter()
                .withImportOption(new ImportOption.OnlyIncludeTests())
                .importPackages("dev.pokecheck");
        return classes.stream()
                .flatMap(found -> found.getMethods().stream())
                .filter(method -> method.isAnnotatedWith(Pins.class) || method.isAnnotatedWith(Pins.All.class))
                .toList();
    }

    private static Stream<String> pins(JavaMethod method) {
        Stream<Pins> all = method.isAnnotatedWith(Pins.All.class)
                ? Arrays.stream(method.getAnnotationOfType(Pins.All.class).value())
                : Stream.of(method.getAnnotationOfType(Pins.class));
        return all.map(Pins::value);
    }

    @Test
    void everyRuleIsPinnedAndEveryPinIsOfARule() throws IOException {
        Set<String> pinned = PINNING.stream().flatMap(RulesTest::pins).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(String.join("\n", new TreeSet<>(rules())), String.join("\n", pinned));
    }

    @Test
    void everyNumberedItemHasANameOfItsOwn() throws IOException {
        for (Documented documented : packages()) {
            for (String list : documented.found(LIST, 1)) {
                for (String item : new Documented(documented.name, list).found(ITEM, 0)) {
                    assertTrue(ID.matcher(item).find(), documented.name + ": " + item + " in" + list);
                }
            }
        }
        List<String> rules = rules();
        assertEquals(rules.size(), new TreeSet<>(rules).size(), "a name is given twice in " + rules);
    }

    @Test
    void onlyTestsThatRunPin() {
        for (JavaMethod method : PINNING) {
            assertTrue(TESTS.stream().anyMatch(method::isAnnotatedWith), method.getFullName());
            assertTrue(
                    !method.isAnnotatedWith(Disabled.class)
                            && !method.getOwner().isAnnotatedWith(Disabled.class),
                    method.getFullName());
        }
    }
}
