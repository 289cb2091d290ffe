// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import dev.pokecheck.source.CSource;
import dev.pokecheck.source.CommentItems;
import dev.pokecheck.source.CommentItems.Item;
import dev.pokecheck.source.FileComment;
import dev.pokecheck.source.token.SourceText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A shipped protocol in C: the resource {@code NAME.c}. The comment at its beginning says what there is of it ({@link CommentItems}):
 *
 * <pre>
 * catalog: NAME
 * sites:   OLD-&gt;NEW, if it is for sites of its own
 * source:  where it comes from
 * summary: what it is; without one there are only variants
 *
 * variant: VARIANT -D MACRO…     what sets it apart
 * sites:   if they are others
 * source:  if it is another
 * summary: what it is
 *
 * change:  CHANGE -D MACRO…      can be made to each variant
 * summary: what it changes
 * idle in: the variants in which that is nothing
 * </pre>
 *
 * Only that comment is read before a protocol is recorded. What the source does and the file does not is said as in every file ({@link FileComment}).
 */
final class CatalogFile implements Family {
    private static final String MACRO = "-D\\s*([A-Za-z_]\\w*(?:=\\S+)?)";
    private static final Pattern NAMED = Pattern.compile("(\\S+)((?:\\s+" + MACRO + ")*)");
    private static final Pattern DEFINITION = Pattern.compile(MACRO);
    private static final List<String> KEYS = Stream.concat(
                    Stream.of("catalog", "sites", "source", "summary", "variant", "change", "idle in"),
                    FileComment.KEYS.stream())
            .toList();

    private final SourceText text;
    private final String name;
    private final List<Form> variants = new ArrayList<>();
    private final List<Form> changes = new ArrayList<>();

    /** What is defined for a variant, or by a change. */
    private static final class Form {
        final String name;
        final Set<String> definitions = new TreeSet<>();
        String source;
        String sites;
        String summary = "";
        List<String> idleIn = List.of();

        Form(Item item, String source, String sites) {
            Matcher matcher = NAMED.matcher(item.value());
            if (!matcher.matches()) {
                throw item.wrong("expected a name, and macros to define", "NAME -D MACRO -D MACRO=VALUE");
            }
            this.source = source;
            this.sites = sites;
            name = matcher.group(1);
            DEFINITION.matcher(matcher.group(2)).results().forEach(found -> definitions.add(found.group(1)));
        }
    }

    private CatalogFile(SourceText text, String name) {
        this.text = text;
        this.name = name;
        List<Item> items = CommentItems.of(text, KEYS);
        if (items.isEmpty()
                || !items.get(0).key().equals("catalog")
                || !items.get(0).value().equals(name)) {
            throw new IllegalStateException(
                    text.name() + " does not begin with a comment whose first item is \"catalog: " + name + "\"");
        }
        Form base = new Form(items.get(0), "", CatalogEntry.COMMON_SITES);
        Form form = base;
        for (Item item : items.subList(1, items.size())) {
            form = read(item, form, base);
        }
        if (!base.summary.isEmpty()) {
            variants.add(0, base);
        }
    }

    /** Reads an item; returns the form that the next ones are of. */
    private Form read(Item item, Form form, Form base) {
        switch (item.key()) {
            case "variant" -> variants.add(new Form(item, base.source, base.sites));
            case "change" -> changes.add(new Form(item, base.source, base.sites));
            case "sites" -> form.sites = item.value();
            case "source" -> form.source = item.value();
            case "summary" -> form.summary = item.value();
            case "idle in" -> form.idleIn = List.of(item.value().split("\\s+"));
            default -> {
                if (!KEYS.contains(item.key())
                        && Character.isLowerCase(item.key().charAt(0))) {
                    throw item.wrong("\"" + item.key() + ":\" means nothing here", "begin prose with a capital letter");
                }
            }
        }
        return switch (item.key()) {
            case "variant" -> variants.get(variants.size() - 1);
            case "change" -> changes.get(changes.size() - 1);
            default -> form;
        };
    }

    /** The protocol in a file beside this class. */
    static CatalogFile read(String name) {
        return new CatalogFile(
                resource(name + ".c")
                        .orElseThrow(() -> new IllegalStateException("the resource " + name + ".c is missing")),
                name);
    }

    private static Optional<SourceText> resource(String file) {
        try (InputStream in = CatalogFile.class.getResourceAsStream(file)) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(SourceText.catalog(file, new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException("the resource " + file + " cannot be read", e);
        }
    }

    @Override
    public List<CatalogEntry> entries() {
        return variants.stream().map(form -> entry(form, List.of())).toList();
    }

    @Override
    public Optional<List<String>> file() {
        return Optional.of(FileComment.of(text).expect().stream()
                .map(FileComment.Said::words)
                .toList());
    }

    @Override
    public List<CatalogChange> changes() {
        return changes.stream()
                .map(change -> new CatalogChange(change.name, change.summary))
                .toList();
    }

    @Override
    public Optional<CatalogEntry> changed(String variant, Collection<String> names) {
        List<Form> more =
                changes.stream().filter(change -> names.contains(change.name)).toList();
        if (more.size() < names.stream().distinct().count()) {
            return Optional.empty();
        }
        return variants.stream()
                .filter(form -> form.name.equals(variant))
                .findFirst()
                .map(form -> entry(
                        form,
                        more.stream()
                                .filter(change -> !form.definitions.containsAll(change.definitions))
                                .toList()));
    }

    private CatalogEntry entry(Form form, List<Form> more) {
        List<String> definitions = Stream.concat(Stream.of(form), more.stream())
                .flatMap(each -> each.definitions.stream())
                .distinct()
                .toList();
        CSource definition =
                new CSource(text, (header, quoted, from) -> quoted ? resource(header) : Optional.empty(), definitions);
        String variant = form.name.equals(name) ? "" : form.name;
        if (more.isEmpty()) {
            return new CatalogEntry(name, variant, form.source, form.summary, form.sites, new Recorded(definition));
        }
        List<String> names = more.stream().map(change -> change.name).toList();
        String idle = more.stream()
                .filter(change -> change.idleIn.contains(form.name))
                .map(change -> change.name)
                .collect(Collectors.joining(", "));
        return new CatalogEntry(
                name,
                variant + Catalog.CHANGED_BY + String.join(Character.toString(Catalog.CHANGED_BY), names),
                form.source + "; changed",
                variant + " with " + String.join(", ", names)
                        + (idle.isEmpty() ? "" : "; there is nothing in it that would change by " + idle),
                form.sites,
                new Recorded(definition));
    }
}
