// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.sequence;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The versions that a site goes through, each as its instructions.
 *
 * @param name its name in the table
 * @param versions of each version the instructions
 */
record Chain(String name, List<List<byte[]>> versions) {
    private static final String TABLE = "chains.tsv";

    /** The table: NOPs of all lengths, calls, jumps, and what a Debian kernel 6.1 makes of its paravirt sites. */
    static List<Chain> table() {
        try (InputStream in = Chain.class.getResourceAsStream(TABLE)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + TABLE + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(Chain::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the resource " + TABLE + " cannot be read", e);
        }
    }

    private static Chain parse(String line) {
        String[] cells = line.split("\t", -1);
        List<List<byte[]>> versions = new ArrayList<>();
        for (String version : cells[1].split(" -> ", -1)) {
            List<byte[]> instructions = new ArrayList<>();
            for (String instruction : version.split(" ", -1)) {
                instructions.add(HexFormat.of().parseHex(instruction));
            }
            versions.add(instructions);
        }
        return new Chain(cells[0], versions);
    }

    /** The same with its last version written again until there are so many. */
    Chain padded(int count) {
        List<List<byte[]>> more = new ArrayList<>(versions);
        while (more.size() < count) {
            more.add(versions.get(versions.size() - 1));
        }
        return new Chain(name, more);
    }

    /** All bytes of a version. */
    byte[] bytes(int version) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        versions.get(version).forEach(bytes::writeBytes);
        return bytes.toByteArray();
    }

    /** The length of the site. */
    int length() {
        return bytes(0).length;
    }

    /** Whether each version is one instruction. */
    boolean isSingle() {
        return versions.stream().allMatch(instructions -> instructions.size() == 1);
    }
}
