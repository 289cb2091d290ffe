// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.Pins;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.property.Incident;
import dev.pokecheck.protocol.Setting.InterruptWork;
import dev.pokecheck.text.FetchModel;
import dev.pokecheck.text.Site;
import dev.pokecheck.text.StoreSplit;
import dev.pokecheck.text.TextRead;
import dev.pokecheck.text.TextStore;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that nobody can tell apart keep together, and nothing that can be seen is lost by it ({@link Litmus#run} compares with all orders). */
class PieceGroupsTest {
    private static String groups(String spec, int chunk, String... stores) {
        Site site = SiteSpec.parse(spec).place(0);
        List<TextStore> all = Stream.of(stores).map(store -> store(site, store)).toList();
        StoreSplit.Piece[] pieces = StoreSplit.BYTE.pieces(all.get(0)).toArray(StoreSplit.Piece[]::new);
        PieceGroups groups = new PieceGroups(site, pieces, new PieceKeys(all, List.of(), chunk, Set.of()));
        StringBuilder text = new StringBuilder();
        long known = 0;
        for (int piece = 0; piece < pieces.length; piece++) {
            long group = groups.groupOf(piece);
            if ((known & group) == 0) {
                known |= group;
                text.append(text.isEmpty() ? "" : " ").append(new StringBuilder(Long.toBinaryString(group)).reverse());
            }
        }
        return text.toString();
    }

    /** {@code 1} is all of version 1 from there on; {@code cc} a breakpoint. */
    private static TextStore store(Site site, String text) {
        String[] words = text.split(" ", -1);
        int offset = Integer.parseInt(words[0]);
        return words[1].equals("cc")
                ? new TextStore(site, offset, (byte) 0xcc)
                : new TextStore(site, offset, Arrays.copyOfRange(site.bytes(1), offset, site.length()));
    }

    @Test
    void bytesOfOneInstructionInEveryVersionKeepTogether() {
        assertEquals("11111", groups("nop5->jmp32", 1, "0 1"));
        assertEquals("1111", groups("nop5->jmp32", 1, "1 1"));
        assertEquals("11 001", groups("nop3->eb1090", 1, "0 1"));
    }

    /** Who fetches one of two instructions sees no mixture; either may be seen to be new first. */
    @Test
    void bytesOfDifferentInstructionsAreToldApart() {
        String spec = "eb10eb10->eb20eb20+2";
        assertEquals("111 0001", groups(spec, 1, "0 1"));
        for (String order : List.of("exec; exec-at 2", "exec-at 2; exec")) {
            Set<String> finals = Litmus.sites(spec)
                    .with(b -> b.fetch(FetchModel.COHERENT))
                    .fetches()
                    .run("poke", order)
                    .finals();
            assertTrue(finals.contains("cpu1=new,old"), order + ": " + finals);
        }
    }

    @Test
    void aByteThatNeverChangesKeepsToOneThatDoes() {
        assertEquals("11001 0011", groups("nop5->jmp8", 1, "0 1"));
        assertEquals("11", groups("nop2->nop2", 1, "0 1"));
    }

    @Test
    void aByteThatIsOnceABreakpointIsAlone() {
        assertEquals("1 01111", groups("nop5->jmp32", 1, "0 1", "0 cc"));
        assertEquals("1 01 001 0001", groups("eb000f1f00->ebcccccccc", 1, "1 1"));
    }

    @Test
    void bytesThatAreLoadedAsDataAreEachAlone() {
        Site site = SiteSpec.parse("nop5->jmp32").place(0);
        TextStore whole = store(site, "0 1");
        StoreSplit.Piece[] pieces = StoreSplit.BYTE.pieces(whole).toArray(StoreSplit.Piece[]::new);
        TextRead read = new TextRead(site, 1, List.of(new byte[] {0x1f, 0x44}));
        PieceGroups groups = new PieceGroups(site, pieces, new PieceKeys(List.of(whole), List.of(read), 1, Set.of()));
        assertArrayEquals(
                new long[] {0b11001, 0b10, 0b100, 0b11001, 0b11001},
                IntStream.range(0, pieces.length).mapToLong(groups::groupOf).toArray());
    }

    @Test
    void bytesOfTwoChunksDoNotKeepTogether() {
        assertEquals("11 00111", groups("nop5->jmp32@62", 64, "0 1"));
        assertEquals("11111", groups("nop5->jmp32@62", 1, "0 1"));
    }

    private static final List<String> SITES = List.of(
            "0f1f00->eb1090",
            "660f1f00->0f1f0090",
            "0f1f4000->eb129090",
            "9090->eb10",
            "eb109090->0f1f4000",
            "e811220044->e855667744");

    private static final List<List<String>> PROGRAMS = List.of(
            List.of("poke", "exec"),
            List.of("poke; sync iret", "exec; cpuid; exec"),
            List.of("poke; x=1", "wait x 1; exec"),
            List.of("poke; poke", "exec; exec"),
            List.of("poke", "cpuid; exec", "exec"));

    /** Of all pairs of a site and a program every other one, as on a chessboard: so each site and each program is there. */
    private static Stream<Arguments> pairs(int colour) {
        return IntStream.range(0, SITES.size() * PROGRAMS.size())
                .filter(n -> (n / PROGRAMS.size() + n % PROGRAMS.size()) % 2 == colour)
                .mapToObj(n -> Arguments.of(SITES.get(n / PROGRAMS.size()), PROGRAMS.get(n % PROGRAMS.size())));
    }

    static Stream<Arguments> programs() {
        return pairs(0);
    }

    static Stream<Arguments> otherPrograms() {
        return pairs(1);
    }

    @Pins("machine.pieces-together")
    @ParameterizedTest
    @MethodSource("programs")
    void nothingThatCanBeSeenIsLost(String site, List<String> program) {
        nothingIsLost(site, program, 0);
    }

    /** Fetch models and sizes of chunks on a chessboard, too. */
    private static void nothingIsLost(String site, List<String> program, int colour) {
        for (FetchModel model : FetchModel.values()) {
            for (int chunk : new int[] {1, 8}) {
                if ((model.ordinal() + chunk / 8) % 2 != colour) {
                    continue;
                }
                String placed = chunk == 1 ? site : site + "@6";
                Outcomes outcomes = Litmus.sites(placed)
                        .with(b -> b.fetch(model).chunk(chunk))
                        .fetches()
                        .run(program.toArray(String[]::new));
                assertTrue(
                        outcomes.incidents().contains(Incident.TORN)
                                || program.get(0).contains("x=1"),
                        placed);
            }
        }
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("programs")
    void norInOtherModels(String site, List<String> program) {
        nothingIsLost(site, program, 1);
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("otherPrograms")
    void norInAllOthers(String site, List<String> program) {
        nothingIsLost(site, program, 0);
        nothingIsLost(site, program, 1);
        norThroughAStoreBuffer(site, program);
    }

    static Stream<Arguments> breakpoints() {
        return Stream.of("eb000f1f00->ebcccccccc", "ebccb8->83c001", "0f1f00->eb1090", "9090cc->66cc90")
                .flatMap(site -> Stream.of(
                                "poke",
                                "poke 0 cccccc",
                                "poke 0 cceb66; poke",
                                "poke 0 90cccc; poke",
                                "poke 0 ccccc3; sync iret; poke")
                        .map(poke -> Arguments.of(site, poke)));
    }

    /** What stands behind a breakpoint may be torn: whoever sees the breakpoint goes on. */
    @ParameterizedTest
    @MethodSource("breakpoints")
    void aByteThatIsOnceABreakpointHidesNothing(String site, String poke) {
        for (FetchModel model : FetchModel.values()) {
            Litmus.sites(site).with(b -> b.fetch(model).chunk(1)).run(poke, "exec");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void norInRandomPrograms(long seed) {
        Random random = new Random(seed);
        String[] sites = {
            "eb000f1f00->ebcccccccc", "ebccb8->83c001", "0f1f00->eb1090", "9090->eb10", "ebccc3->0f1f00->cc9090"
        };
        for (int n = 0; n < 60; n++) {
            String site = sites[random.nextInt(sites.length)];
            String[] stores = Stream.generate(() -> randomStore(random))
                    .limit(1 + random.nextInt(2))
                    .toArray(String[]::new);
            String[] bystanders = {"exec", "exec; exec", "cpuid; exec"};
            FetchModel model = FetchModel.values()[random.nextInt(FetchModel.values().length)];
            Litmus.sites(site)
                    .with(b -> b.fetch(model).chunk(random.nextBoolean() ? 1 : 8))
                    .run(String.join("; ", stores), bystanders[random.nextInt(bystanders.length)]);
        }
    }

    /** One that fits any of the sites, with many a breakpoint. */
    private static String randomStore(Random random) {
        String[] bytes = {"cc", "90", "eb", "66", "c3", "00"};
        int offset = random.nextInt(2);
        int length = 1 + random.nextInt(2 - offset);
        return random.nextInt(3) == 0
                ? "poke"
                : "poke " + offset + " "
                        + Stream.generate(() -> bytes[random.nextInt(2) == 0 ? 0 : random.nextInt(bytes.length)])
                                .limit(length)
                                .collect(Collectors.joining());
    }

    @ParameterizedTest
    @MethodSource("programs")
    void norThroughAStoreBuffer(String site, List<String> program) {
        for (FetchModel model : EnumSet.of(FetchModel.COHERENT, FetchModel.SPLIT_FETCH, FetchModel.STALE_INSN)) {
            Litmus.sites(site)
                    .with(b -> b.fetch(model).data(DataModel.TSO).bufferDepth(2))
                    .fetches()
                    .run(program.toArray(String[]::new));
        }
    }

    /** Whoever stops in the middle of the store can be seen to. */
    @Test
    void anInterruptCanComeBetween() {
        Outcomes outcomes = Litmus.sites("nop5->jmp32")
                .with(b -> b.cpus(1).nmis(1).nmiWork(InterruptWork.SITE).reduce(true))
                .run("poke");
        assertEquals(Set.of(Incident.TORN), outcomes.incidents());
    }
}
