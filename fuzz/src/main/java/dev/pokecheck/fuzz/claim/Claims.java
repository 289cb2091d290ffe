// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.claim;

import dev.pokecheck.catalog.Exhibit;
import dev.pokecheck.catalog.Museum;
import dev.pokecheck.corpus.ScenarioText;
import dev.pokecheck.cpu.NmiModel;
import dev.pokecheck.cpu.Profile;
import dev.pokecheck.insn.Insn;
import dev.pokecheck.insn.Kind;
import dev.pokecheck.insn.NopTable;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.property.Level;
import dev.pokecheck.protocol.Setting;
import dev.pokecheck.protocol.Setting.InterruptWork;
import dev.pokecheck.text.Site;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the shipped protocols promise, and for which scenarios; a violation of a promise is a fault of the protocol, of the machine or of this
 * table. Where nothing is promised a violation is what one fuzzes for. The promises are narrow: the reasons for the exceptions are entries
 * in {@code corpus/fail}.
 */
public final class Claims {
    private static final Set<String> RULED = Set.of(
            "text_poke_bp_batch",
            "smp_text_poke_batch",
            "stop_machine",
            "text_poke_late@repaired",
            "text_poke_late@captured");

    /** What an entry of {@code text_poke_bp_batch} has room for, in bytes: POKE_MAX_OPCODE_SIZE of arch/x86/include/asm/text-patching.h. */
    private static final int LONGEST = 5;

    /** JMP8_INSN_SIZE of the same file. */
    private static final int SHORT_JUMP = 2;

    private Claims() {}

    /** By protocol, the scenarios in which the museum shows that it holds, and at which level. */
    private static final Map<String, Map<String, Level>> SHOWN = shown();

    private static Map<String, Map<String, Level>> shown() {
        Map<String, Map<String, Level>> shown = new TreeMap<>();
        for (Exhibit exhibit : Museum.all()) {
            Level level = Level.of(exhibit.level()).orElseThrow();
            String scenario = ScenarioText.print(ScenarioText.parse(exhibit.fixedScenario()));
            shown.computeIfAbsent(exhibit.fixed(), name -> new TreeMap<>()).put(scenario, level);
        }
        return shown;
    }

    /** Whether a protocol promises anything in any scenario; the others are broken on purpose. */
    public static boolean anyOf(String protocol) {
        return SHOWN.containsKey(protocol) || RULED.contains(protocol);
    }

    /** The level that a protocol promises in a scenario: by a rule, or because the museum shows it. */
    public static Optional<Level> of(String protocol, Scenario scenario) {
        Optional<Level> ruled = byRule(protocol, scenario);
        if (ruled.isPresent() || !SHOWN.containsKey(protocol)) {
            return ruled;
        }
        return Optional.ofNullable(SHOWN.get(protocol).get(ScenarioText.print(scenario)));
    }

    private static Optional<Level> byRule(String protocol, Scenario scenario) {
        if (!sane(scenario)) {
            return Optional.empty();
        }
        boolean holds = switch (protocol) {
            case "text_poke_bp_batch", "smp_text_poke_batch" ->
                scenario.nmiWork() != InterruptWork.LOCK && allNewEmulated(scenario);
            case "stop_machine" -> scenario.nmis() == 0;
            case "text_poke_late@repaired", "text_poke_late@captured" -> scenario.nmiWork() != InterruptWork.LOCK;
            default -> false;
        };
        return holds ? Optional.of(Level.REGULAR) : Optional.empty();
    }

    /**
     * Hardware that works, no machine checks, and one instruction a site, so that nobody can be interrupted inside; none of them a breakpoint, which
     * is for others to claim. No site overlaps another, as these protocols patch each as if its bytes were its own.
     */
    private static boolean sane(Scenario scenario) {
        return !scenario.fetch().isControl()
                && scenario.profile().equals(Profile.ARCHITECTURAL)
                && scenario.nmi() == NmiModel.LATCHED
                && scenario.mcs() == 0
                && scenario.setting().sites().stream().allMatch(Claims::oneInstruction)
                && scenario.setting().sites().stream()
                        .allMatch(
                                site -> scenario.setting().places().region(site).isAlone());
    }

    private static boolean oneInstruction(Site site) {
        for (int v = 0; v < site.versions(); v++) {
            Insn insn = site.instruction(v, 0);
            if (insn.length() != site.length() || insn.kind() == Kind.INT3) {
                return false;
            }
        }
        return true;
    }

    private static boolean allNewEmulated(Scenario scenario) {
        Setting setting = scenario.setting();
        for (Site site : setting.sites()) {
            for (int v = 1; v < site.versions(); v++) {
                if (!emulated(site, v)) {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * Whether {@code text_poke_bp_batch} takes a version, which {@code text_poke_loc_init} asks with BUG_ON(), and its handler does it: one instruction; of the NOPs
     * the two that this kernel would write itself.
     */
    public static boolean emulated(Site site, int version) {
        Insn insn = site.instruction(version, 0);
        if (insn.length() != site.length() || site.length() > LONGEST) {
            return false;
        }
        return switch (insn.kind()) {
            case CALL_REL32, JMP_REL32, JMP_REL8 -> true;
            case NOP ->
                (site.length() == SHORT_JUMP || site.length() == LONGEST)
                        && Arrays.equals(site.bytes(version), NopTable.LINUX_6_1.nop(site.length()));
            default -> false;
        };
    }
}
