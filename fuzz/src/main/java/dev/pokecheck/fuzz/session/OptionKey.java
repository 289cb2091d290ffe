// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.session;

/** Something that a session can be asked for: an option of the command line, and the system property that stands for it. */
enum OptionKey {
    TIME("--time", "pokecheck.fuzz", "10m", "how long to fuzz: 90s, 10m, 1h30m; shared among the targets"),
    TARGET(
            "--target",
            "pokecheck.target",
            "TARGET",
            "InterleavingFuzz, PatchSequenceFuzz, InsnFuzz, CorpusFuzz or SourceFuzz; all if not given"),
    PROTOCOL(
            "--protocol",
            "pokecheck.protocol",
            "NAME",
            "one protocol, in any scenario; then the only target is InterleavingFuzz"),
    SCENARIO(
            "--scenario",
            "pokecheck.scenario",
            "TEXT",
            "with a protocol: its only scenario, written as in the corpus: \"cpus=2 site0=nop2->jmp8\""),
    SEED("--seed", "pokecheck.seed", "NUMBER", "the seed of the fuzzer, up to nine digits; drawn if not given"),
    FOUND("--found", "pokecheck.found", "DIR", "where findings go; fuzz/scratch/found if not given"),
    SCRATCH(
            "--scratch",
            "pokecheck.scratch",
            "DIR",
            "what a session keeps for the next: the grown corpus, findings that wait, logs; fuzz/scratch if not given"),
    CORPUS(
            "--corpus",
            "pokecheck.corpus",
            "DIR",
            "the corpus of the project: seeds of the targets, and findings that are known; corpus if not given"),
    FEEDBACK(
            "--feedback",
            "pokecheck.feedback",
            "MODE",
            "on (the default) or off: whether the fuzzer is told of abstract states"),
    CANARY(
            "--no-canary",
            "pokecheck.canary",
            "",
            "nothing is broken on purpose; every session then fails, which is what this is for"),
    ENGINES("--engines", "pokecheck.engines", "SEEDS", "no session: makes the table of engines, over so many seeds"),
    TABLE(
            "--table",
            "pokecheck.table",
            "FILE",
            "with --engines: where the table goes; fuzz/docs/engines.md if not given");

    private final String option;
    private final String property;
    private final String parameter;
    private final String help;

    OptionKey(String option, String property, String parameter, String help) {
        this.option = option;
        this.property = property;
        this.parameter = parameter;
        this.help = help;
    }

    String option() {
        return option;
    }

    String property() {
        return property;
    }

    /** What stands for its value in the help; empty if it has none. */
    String parameter() {
        return parameter;
    }

    String help() {
        return help;
    }
}
