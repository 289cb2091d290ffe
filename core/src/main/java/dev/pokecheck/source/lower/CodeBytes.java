// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.protocol.Setting;
import dev.pokecheck.text.Site;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which bytes code has been seen to have at each place: those of the first versions, and what the file stores there. Over several readings of a file. */
final class CodeBytes {
    /** So many values of some bytes together are told apart. */
    private static final int MOST = 256;

    private final Map<Integer, SortedSet<Integer>> seen = new TreeMap<>();
    private final Setting setting;
    private final Ranges ranges;

    CodeBytes(Setting setting, Ranges ranges) {
        this.setting = setting;
        this.ranges = ranges;
        for (Site site : setting.sites()) {
            stored(site, 0, site.bytes(0));
        }
    }

    /** Bytes are stored to a site. */
    void stored(Site site, int offset, byte... data) {
        for (int i = 0; i < data.length; i++) {
            int place = setting.places().of(site, offset + i);
            if (seen.computeIfAbsent(place, p -> new TreeSet<>()).add(data[i] & 0xff)) {
                ranges.readAgain();
            }
        }
    }

    /** All values that some bytes of a site may have together; none if they are too many. */
    List<byte[]> values(Site site, int offset, int length) {
        List<byte[]> values = new ArrayList<>(List.of(new byte[length]));
        for (int i = 0; i < length; i++) {
            SortedSet<Integer> bytes = seen.getOrDefault(setting.places().of(site, offset + i), new TreeSet<>());
            List<byte[]> longer = new ArrayList<>();
            for (byte[] value : values) {
                for (int next : bytes) {
                    byte[] with = Arrays.copyOf(value, length);
                    with[i] = (byte) next;
                    longer.add(with);
                }
            }
            if (longer.size() > MOST) {
                return List.of();
            }
            values = longer;
        }
        return values;
    }
}
