// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.trace;

import dev.pokecheck.text.Site;
import java.util.List;

/** What the versions of a site are called: old and new if there are two, v0, v1, v2 if there are more. */
public final class VersionNames {
    private VersionNames() {}

    /** What a version is called. */
    public static String of(Site site, int version) {
        if (site.versions() > 2) {
            return "v" + version;
        }
        return version == 0 ? "old" : "new";
    }

    static String of(Site site, List<Integer> versions) {
        return String.join("/", versions.stream().map(v -> of(site, v)).toList());
    }
}
