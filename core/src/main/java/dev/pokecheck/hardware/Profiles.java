// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.hardware;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The shipped profiles. */
public final class Profiles {
    private static final List<HardwareProfile> SHIPPED = List.of(
            shipped("coherent"),
            shipped("observed-zen4"),
            shipped("observed-intel-6-207"),
            shipped("amd-apm-async"),
            shipped("architecture"));

    /** The one that is assumed unless another is asked for: what no manual promises is not assumed. */
    public static final HardwareProfile USUAL = find("architecture").orElseThrow();

    private Profiles() {}

    /** All of them, from the one that allows least. */
    public static List<HardwareProfile> shipped() {
        return SHIPPED;
    }

    /** Their names. */
    public static List<String> names() {
        return SHIPPED.stream().map(HardwareProfile::name).toList();
    }

    /** The shipped profile with a name. */
    public static Optional<HardwareProfile> find(String name) {
        return SHIPPED.stream().filter(profile -> profile.name().equals(name)).findFirst();
    }

    private static HardwareProfile shipped(String name) {
        String file = name + ".profile";
        return ProfileText.parse(file, resource(file), List.of());
    }

    static String resource(String file) {
        try (InputStream in = Profiles.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
