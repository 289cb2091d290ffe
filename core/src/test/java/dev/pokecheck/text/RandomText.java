// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text;

import dev.pokecheck.insn.NopTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Random sites, stores and histories from a seed; jqwik draws the seeds. */
final class RandomText {
    static final int[] CHUNKS = {1, 8, 16, 32, 64};
    private static final byte[] ONE_BYTE = {(byte) 0x90, (byte) 0xf4, (byte) 0xc3, (byte) 0xcc};

    final Site site;
    final List<TextStore> stores;
    private final SplittableRandom random;

    RandomText(long seed) {
        this(seed, 0);
    }

    RandomText(long seed, int index) {
        random = new SplittableRandom(seed);
        int length = 1 + random.nextInt(6);
        // Near the end of a cache line, so that chunks of every size are crossed.
        long address = 0x81000000L + 56 + random.nextInt(10);
        List<byte[]> versions = new ArrayList<>();
        for (int v = 0; v < 2 + random.nextInt(2); v++) {
            versions.add(instructions(length));
        }
        site = new Site(index, "site" + index, address, versions);
        stores = new ArrayList<>();
        for (int i = 0; i < 3 + random.nextInt(3); i++) {
            stores.add(store());
        }
    }

    private byte[] instructions(int length) {
        byte[] code = new byte[length];
        int at = 0;
        while (at < length) {
            byte[] insn = instruction(length - at);
            System.arraycopy(insn, 0, code, at, insn.length);
            at += insn.length;
        }
        return code;
    }

    private byte[] instruction(int room) {
        int choice = random.nextInt(4);
        if (choice == 0 && room >= 5) {
            byte[] branch = new byte[5];
            for (int i = 1; i < 5; i++) {
                branch[i] = (byte) random.nextInt(256);
            }
            branch[0] = (byte) (random.nextBoolean() ? 0xe8 : 0xe9);
            return branch;
        }
        if (choice == 1 && room >= 2) {
            // Out of the site: what it jumps to inside would have to be an instruction.
            return new byte[] {(byte) 0xeb, (byte) (64 + random.nextInt(64))};
        }
        if (choice == 2) {
            return NopTable.LINUX_6_1.nop(1 + random.nextInt(Math.min(8, room)));
        }
        return new byte[] {ONE_BYTE[random.nextInt(ONE_BYTE.length)]};
    }

    private TextStore store() {
        int offset = random.nextInt(site.length());
        int end = offset + 1 + random.nextInt(site.length() - offset);
        return switch (random.nextInt(4)) {
            case 0 -> new TextStore(site, 0, (byte) 0xcc);
            case 1 -> new TextStore(site, 0, site.bytes(random.nextInt(site.versions())));
            case 2 -> {
                byte[] data = new byte[end - offset];
                for (int i = 0; i < data.length; i++) {
                    data[i] = (byte) random.nextInt(256);
                }
                yield new TextStore(site, offset, data);
            }
            default ->
                new TextStore(
                        site, offset, Arrays.copyOfRange(site.bytes(random.nextInt(site.versions())), offset, end));
        };
    }

    int number(int bound) {
        return random.nextInt(bound);
    }

    /** Writes all of a store, or one piece of it, into a copy of memory. */
    byte[] write(byte[] memory) {
        TextStore store = stores.get(random.nextInt(stores.size()));
        List<StoreSplit.Piece> pieces = StoreSplit.values()[random.nextInt(StoreSplit.values().length)].pieces(store);
        byte[] after = memory.clone();
        StoreSplit.Piece piece = pieces.get(random.nextInt(pieces.size()));
        for (int i = piece.from(); i < piece.to(); i++) {
            after[i] = store.data()[i - store.offset()];
        }
        return after;
    }
}
