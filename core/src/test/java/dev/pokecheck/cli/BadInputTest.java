// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.cli.run.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every complaint names the place and the nearest valid choice; the exit code is 2 and there is no stack trace. */
class BadInputTest {
    @TempDir
    private Path folder;

    private static void complains(Outcome outcome, int code, String complaint) {
        assertAll(
                () -> assertEquals(code, outcome.code(), outcome.err()),
                () -> assertTrue((outcome.out() + outcome.err()).contains(complaint), outcome.out() + outcome.err()),
                () -> assertFalse(outcome.err().contains("\tat "), outcome.err()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "check naiv | there is no protocol \"naiv\"; 'pokecheck list' lists them; did you mean naive?",
                "show text_poke_bp_bach@x | no protocol \"text_poke_bp_bach\"; 'pokecheck list' lists them; did you mean text_poke_bp_batch?",
                "check text_poke_late | protocol \"text_poke_late\" needs a variant: text_poke_late@ and one of rfc15, rfc17",
                "check text_poke_late@repared | has no variant \"repared\"; it has",
                "check text_poke_late@repared | ; did you mean repaired?",
                "check stop_machine@rfc17 | protocol \"stop_machine\" has no variant \"rfc17\"; it has barrier",
                "check text_poke_late@rfc18+clear-frist | has no change \"clear-frist\"; it has clear-first,",
                "check text_poke_late@rfc18+clear-frist | ; did you mean clear-first?",
                "check text_poke_late@rcf18+clear-first | has no variant \"rcf18\"; it has rfc15,",
                "check text_poke_late@rcf18+clear-first | ; did you mean rfc18?",
                "check text_poke_lat+clear-first | there is no protocol \"text_poke_lat\"; 'pokecheck list' lists them; did you mean text_poke_late?",
                "check text_poke_late+clear-first | needs a variant: text_poke_late@ and one of rfc15,",
                "check text_poke_late+clear-first | , before +clear-first",
                "check naive+x | protocol \"naive\" has no change \"x\"; nothing in it can be changed by name",
                "check | Missing required parameter: 'PROTOCOL'",
                "chekc naive | Did you mean: pokecheck check?",
                "check naive --nmi-wrok site | Possible solutions: --nmi, --nmi-work",
                "check naive --fetch stale-chnk | --fetch \"stale-chnk\" is none of coherent, in-order-insn, in-order-tail, in-order-head, split-fetch, fetch-order-insn, fetch-order-tail,"
                        + " fetch-order-head, fetch-order-chunk, stale-insn, stale-tail, stale-head, stale-chunk, incoherent; did you mean stale-chunk?",
                "check naive --data tos | --data \"tos\" is none of sc, tso",
                "check naive --nmi-model hardwar | --nmi-model \"hardwar\" is none of hardware, latched, fred; did you mean hardware?",
                "check naive --split lines | did you mean line?",
                "check naive --workload threads | --workload \"threads\" is none of none, thread, foreign; did you mean thread?",
                "check naive --no-serialize cpuids | did you mean cpuid?",
                "check naive --level saf | --level: level \"saf\" is none of none, safe, regular, atomic, group; did you mean safe?",
                "check naive --property deadlok | did you mean deadlock?",
                "check naive --property vacuous | --property: property \"vacuous\" is none of torn",
                "check naive --order bsf | --order: order \"bsf\" is none of bfs, dfs",
                "check naive --scheduler randm | did you mean random?",
                "check naive --cpus 0 | --cpus=0 is outside 1..8",
                "check naive --cpus two | --cpus \"two\" is not a number",
                "check naive --sites nop1->90->90->90->90->90->90->90->90->90->90->90->90->90->90->90->90->90->90->90->90->90->90->90->90->90->90->90->90->90->90->90 | site0: 32 versions; a site has at most 31, so use a shorter chain",
                "mutate naive --sites 48b8101010101010101048b82020202020202020->48b8111111111111111148b82121212121212121->48b8121212121212121248b82222222222222222->48b8131313131313131348b82323232323232323->48b8141414141414141448b82424242424242424->48b8151515151515151548b82525252525252525->48b8161616161616161648b82626262626262626->48b8171717171717171748b82727272727272727->48b8181818181818181848b82828282828282828->48b8191919191919191948b82929292929292929 --models coherent | naive: site0 can have more contents than 48 bits tell apart; use fewer versions or a shorter site",
                "check naive --chunk 3 | --chunk=3 is none of 1, 8, 16, 32, 64",
                "check naive --buffer 0 | --buffer=0 is outside 1..15",
                "check naive --depth 0 | --depth=0 is outside 1..15",
                "check naive --depth 16 | --depth=16 is outside 1..15",
                "check naive --nmi 8 | --nmi=8 is outside 0..7",
                "check naive --max-states 0 | --max-states: 0 is not a bound; give at least 1, or leave the option out",
                "check naive --max-seconds 0 | --max-seconds: 0 is not a bound; give at least 1",
                "check naive --max-states 3000000000 | --max-states: at most 2147483646 states can be numbered",
                "check naive --max-states many | Invalid value for option '--max-states': 'many' is not a long",
                "check naive --scheduler pct --runs 0 | --runs: 0 is not a bound",
                "check naive --runs 5 | --runs, --seed and --no-minimize need --scheduler random or --scheduler pct",
                "check naive --cpu 3 | Unknown options: '--cpu', '3'; did you mean --cpus?",
                "check naive --nmi-work site | --nmi-work: NMIs are given work, and none comes; add --nmi 1",
                "check naive --nmi 0 --nmi-work lock | --nmi-work: NMIs are given work, and none comes; add --nmi 1",
                "check naive --nmi 0,0 --nmi-work site | --nmi-work: NMIs are given work, and none comes; add --nmi 1",
                "check naive --mc 1 --nmi-work site | --nmi-work: NMIs are given work, and none comes; add --nmi 1",
                "levels naive stop_machine --nmi-work site | --nmi-work: NMIs are given work, and none comes; add --nmi 1",
                "minimal text_poke_late@rfc18 --changes clear-first --nmi-work site | --nmi-work: NMIs are given work, and none comes",
                "check naive --scheduler pct --all | --all, --all-deadlocks, --property and --max-states need --scheduler exhaustive",
                "check naive --all-deadlocks --property torn | --all-deadlocks: deadlocks are not looked for; add deadlock to --property",
                "check naive --dead-objects any --property dead-object | --dead-objects any: runs continue after a dead object is used",
                "minimal text_poke_late@rfc18 --dead-objects any --property dead-object | --dead-objects any: runs continue after a dead object is used",
                "check naive --sites nop5-jmp32 | site \"nop5-jmp32\" has no new version; write old->new, as in nop5->jmp32",
                "check naive --sites nop5->jmp33 | \"jmp33\" is neither hex bytes nor one of nop1..nop11, call, jmp32",
                "check naive --sites nop5->jmp33 | did you mean jmp32?",
                "check naive --sites nop5->jmp32@64 | the offset \"64\" in its cache line is not 0..63",
                "check naive --sites nop2->call | call has 5 bytes and does not fit into the 2 of nop2",
                "check naive --sites 0f1f->jmp8 | has no whole instruction at +0",
                "check naive --json /no/such/folder/x | --json: /no/such/folder/x cannot be written: there is no folder /no/such/folder",
                "check naive --html / | --html: / cannot be written: it is a folder",
                "check naive --save a.json --json ./a.json | --json: ./a.json is what --save writes; give each a file of its own",
                "check naive --json /dev/full | --json: /dev/full cannot be written: No space left on device",
                "check naive --save /no/such/folder/x | --save: /no/such/folder/x cannot be written",
                "replay | Missing required parameter: 'FILE'",
                "replay /no/such.poke | /no/such.poke: there is no such file"
            })
    void usageErrors(String line, String complaint) {
        complains(Outcome.of(line), ExitCode.USAGE.number(), complaint);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tsv: | write tsv:FILE#ROW for one row or tsv:FILE?column=value for all that match",
                "tsv:TABLE | write tsv:FILE#ROW for one row or tsv:FILE?column=value for all that match",
                "tsv:/no/such#1 | --sites: /no/such: there is no such file",
                "tsv:TABLE#0 | row \"0\" is not 1..4",
                "tsv:TABLE#5 | row \"5\" is not 1..4",
                "tsv:TABLE#x | row \"x\" is not 1..4",
                "tsv:TABLE#3 | row 3 has no replacement (column repl)",
                "tsv:TABLE#4 | row 4: site \"zz->90@3\": \"zz\" is neither hex bytes",
                "tsv:TABLE#1->old | version \"old\" is none of orig, repl",
                "tsv:TABLE?kin=para | has no column \"kin\"; it has kind, orig, repl, off64; did you mean kind?",
                "tsv:TABLE?kind=para&off64=9 | no row has off64=9",
                "tsv:TABLE?kind=parra | no row has kind=parra; did you mean para?",
                "tsv:TABLE?para | \"para\" is not of the form column=value"
            })
    void tables(String spec, String complaint) throws IOException {
        Path table = folder.resolve("sites.tsv");
        Files.writeString(table, """
                kind\torig\trepl\toff64
                para\t9090\teb10\t63
                para\t90\tcc\t2
                para\t90\t\t2
                bad\tzz\t90\t3
                """);
        complains(
                Outcome.of("check", "naive", "--sites", spec.replace("TABLE", table.toString())),
                ExitCode.USAGE.number(),
                complaint);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "levels naive --in | cpus=2 site0=nop5->jmp32 nmi-work=site | --in: nmi-work: NMIs are given work, and none comes; add nmi=1",
                "mutate naive --also | cpus=2 site0=nop5->jmp32 nmi-work=site | --also: nmi-work: NMIs are given work, and none comes; add nmi=1",
                "levels naive --in | cpus=2 site0=nop5->jmp32 depth=0 | --in: depth=0 is outside 1..15",
                "minimal text_poke_late@rfc18 --property dead-object --in | cpus=2 site0=nop2->jmp8 dead-objects=any | --in: dead-objects=any: runs continue"
            })
    void scenariosInWords(String line, String scenario, String complaint) {
        String[] words = (line + " SCENARIO").split(" ", -1);
        words[words.length - 1] = scenario;
        complains(Outcome.of(words), ExitCode.USAGE.number(), complaint);
    }

    @Test
    void aTableWithoutTheColumns() throws IOException {
        Path table = Files.writeString(folder.resolve("sites.tsv"), "kind\told\npara\t90\n");
        complains(
                Outcome.of("check", "naive", "--sites", "tsv:" + table + "#1"),
                ExitCode.USAGE.number(),
                "has no column \"orig\"; it has kind, old");
    }

    @Test
    void aMalformedCorpusFile() throws IOException {
        Path file = Files.writeString(folder.resolve("a.poke"), "poke-corpus 1\nprotcol: naive\n");
        complains(
                Outcome.of("replay", file.toString()),
                ExitCode.USAGE.number(),
                file + ":2: key \"protcol\" is none of protocol");
    }

    @Test
    void aCorpusFileOfAnUnknownProtocol() throws IOException {
        Path file = saved("naive");
        Files.writeString(file, Files.readString(file).replace("protocol: naive", "protocol: naivee"));
        complains(
                Outcome.of("replay", file.toString()),
                ExitCode.USAGE.number(),
                file + ": there is no protocol \"naivee\"; 'pokecheck list' lists them; did you mean naive?");
    }

    @Test
    void aTruncatedSchedule() throws IOException {
        Path file = saved("naive");
        String text = Files.readString(file).stripTrailing();
        Files.writeString(file, text.substring(0, text.lastIndexOf('\n')) + "\n");
        complains(
                Outcome.of("replay", file.toString()),
                ExitCode.DIVERGED.number(),
                "NOT REPRODUCED: expected violated torn, but the schedule ends after step 2 and nothing is wrong there");
    }

    @Test
    void anEditedSchedule() throws IOException {
        Path file = saved("naive");
        Files.writeString(file, Files.readString(file).replace("site0+0 [e9]", "site0+0 [e8]"));
        complains(
                Outcome.of("replay", file.toString()),
                ExitCode.DIVERGED.number(),
                "DIVERGED: step 2: expected \"cpu0 memcpy.site0 site0+0 [e8]\"; enabled: \"cpu0 memcpy.site0 site0+0 [e9]\"");
    }

    @Test
    void anotherScenario() throws IOException {
        Path file = saved("naive");
        Files.writeString(file, Files.readString(file).replace("cpus=2", "cpus=1"));
        complains(
                Outcome.of("replay", file.toString()),
                ExitCode.DIVERGED.number(),
                "\"cpu1\" cannot move here: it waits, is done, or does not exist in this scenario");
    }

    private Path saved(String protocol) {
        Path file = folder.resolve("saved.poke");
        assertEquals(
                ExitCode.VIOLATED.number(),
                Outcome.of("check", protocol, "--save", file.toString()).code());
        return file;
    }

    /** It is quoted in part, and does nothing to a terminal. */
    @Test
    void whatIsLongOrNoTextIsQuotedAsFarAsItHelps() {
        for (String[] line : new String[][] {
            {"check", "a".repeat(100_000)},
            {"check", "naive", "--sites", "a".repeat(100_000)},
            {"check", "naive", "--" + "a".repeat(100_000)}
        }) {
            Outcome outcome = Outcome.of(line);
            assertEquals(ExitCode.USAGE.number(), outcome.code());
            assertTrue(outcome.err().length() < 2200, outcome.err().length() + " characters");
        }
        complains(
                Outcome.of("check", "na\u001b[31mive"),
                ExitCode.USAGE.number(),
                "there is no protocol \"na\\u001b[31mive\"");
    }

    @Test
    void theVerdictIsPrintedAlthoughAReportCannotBeWritten() {
        Outcome outcome = Outcome.of("check naive --json /dev/full");
        assertEquals(ExitCode.USAGE.number(), outcome.code());
        assertTrue(outcome.lastLine().startsWith("VIOLATED: torn after 3 steps"), outcome.lastLine());
    }

    @Test
    void theTimelineBesideAnEntryIsText() throws IOException {
        Path file = saved("naive");
        Path timeline = folder.resolve("saved.txt");
        Files.write(timeline, new byte[] {(byte) 0xff, (byte) 0xfe});
        for (String option : new String[] {"--expected", "--promote"}) {
            complains(
                    Outcome.of("replay", option, file.toString()),
                    ExitCode.USAGE.number(),
                    timeline + ": is not UTF-8 text");
        }
        Files.delete(timeline);
        Files.createSymbolicLink(timeline, folder.resolve("no/such"));
        Files.writeString(file, Files.readString(file).replaceFirst("fingerprint: .*", "fingerprint: 00000000"));
        String old = Files.readString(file);
        complains(
                Outcome.of("replay", "--promote", file.toString()),
                ExitCode.USAGE.number(),
                "--promote: " + timeline + " cannot be written: there is no folder ");
        assertEquals(old, Files.readString(file), "nothing is half written");
        Files.delete(timeline);
        Files.createDirectory(timeline);
        String before = Files.readString(file);
        complains(
                Outcome.of("replay", "--promote", file.toString()),
                ExitCode.USAGE.number(),
                "--promote: " + timeline + " cannot be written: it is a folder");
        assertEquals(before, Files.readString(file), "nothing is half written");
    }

    @Test
    void aFileThatNeverEnds() {
        complains(
                Outcome.of("replay", "/dev/zero"),
                ExitCode.USAGE.number(),
                "/dev/zero: has more than 16777216 bytes, which no entry needs");
        complains(
                Outcome.of("check naive --sites tsv:/dev/zero#1"),
                ExitCode.USAGE.number(),
                "--sites: /dev/zero: has more than 67108864 bytes, which no table needs");
    }
}
