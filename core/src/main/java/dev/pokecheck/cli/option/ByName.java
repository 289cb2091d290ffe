// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.option;

import dev.pokecheck.cli.run.SchedulerKind;
import dev.pokecheck.corpus.Choice;
import dev.pokecheck.explore.search.Order;
import dev.pokecheck.property.Level;
import dev.pokecheck.property.Property;
import dev.pokecheck.text.FetchModel;
import java.util.Iterator;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;

/**
 * Values of options that are one of several names; it also lists these for the help.
 *
 * @param <T> what they name
 */
abstract class ByName<T> implements ITypeConverter<T>, Iterable<String> {
    private final String what;
    private final T[] values;
    private final Function<T, String> text;

    private ByName(String what, T[] values, Function<T, String> text) {
        this.what = what;
        this.values = values;
        this.text = text;
    }

    @Override
    public T convert(String name) {
        try {
            return Choice.of(what, name, values, text);
        } catch (IllegalArgumentException e) {
            throw new UnknownNameException(e);
        }
    }

    @Override
    public Iterator<String> iterator() {
        return Stream.of(values).map(text).iterator();
    }

    static final class OfLevel extends ByName<Level> {
        OfLevel() {
            super("level", Level.values(), Level::text);
        }
    }

    /** A property that a search can look for. */
    static final class OfProperty extends ByName<Property> {
        OfProperty() {
            super("property", Property.searched().toArray(Property[]::new), Property::text);
        }
    }

    static final class OfOrder extends ByName<Order> {
        OfOrder() {
            super("order", Order.values(), order -> order == Order.BREADTH_FIRST ? "bfs" : "dfs");
        }
    }

    static final class OfScheduler extends ByName<SchedulerKind> {
        OfScheduler() {
            super("scheduler", SchedulerKind.values(), SchedulerKind::text);
        }
    }

    static final class OfFetchModel extends ByName<FetchModel> {
        OfFetchModel() {
            super("fetch model", FetchModel.values(), FetchModel::text);
        }
    }
}
