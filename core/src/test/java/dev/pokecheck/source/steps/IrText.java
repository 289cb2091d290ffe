// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.steps;

import dev.pokecheck.insn.Printer;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Setting;
import dev.pokecheck.text.Site;
import dev.pokecheck.text.TextRead;
import dev.pokecheck.text.TextStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * All that a protocol says but for its name, line by line: whatever records it is made of, with all their components. It knows no kind of statement, so that none can be
 * forgotten.
 */
final class IrText {
    private final StringBuilder out = new StringBuilder();

    private IrText() {}

    static String of(Protocol protocol) {
        IrText text = new IrText();
        text.add("", "", protocol);
        return text.out.toString();
    }

    private void add(String indent, String name, Object value) {
        if (value instanceof Setting) {
            return;
        }
        if (value instanceof Optional<?> optional) {
            optional.ifPresentOrElse(it -> add(indent, name, it), () -> line(indent, name, "none"));
        } else if (value instanceof Collection<?> all) {
            line(indent, name, all.size() + " of");
            all.forEach(it -> add(indent + "  ", "-", it));
        } else if (value instanceof Record record) {
            record(indent, name, record);
        } else if (value instanceof Site site) {
            line(indent, name, site.name());
        } else if (value instanceof TextStore store) {
            line(
                    indent,
                    name,
                    store.site().name() + "+" + store.offset() + " " + Printer.hex(store.data()) + " single "
                            + store.isSingle() + " in place " + store.isInPlace());
        } else if (value instanceof TextRead read) {
            line(indent, name, read.site().name() + "+" + read.offset());
            for (int i = 0; i < read.values(); i++) {
                line(indent + "  ", "-", Printer.hex(read.value(i)));
            }
        } else if (value instanceof String
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof Enum
                || value instanceof Map) {
            line(indent, name, value.toString());
        } else {
            throw new IllegalArgumentException("what is compared of " + value.getClass() + "?");
        }
    }

    private void record(String indent, String name, Record record) {
        line(indent, name, record.getClass().getSimpleName());
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            boolean isLayout = record instanceof Protocol
                    && (component.getName().equals("name")
                            || component.getName().equals("origins"));
            if (!isLayout) {
                add(indent + "  ", component.getName(), value(record, component));
            }
        }
    }

    private static Object value(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }

    private void line(String indent, String name, String value) {
        out.append(indent).append(name).append(' ').append(value).append('\n');
    }
}
