// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pokecheck.insn.Sync;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SiteSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScenarioTextTest {
    private static final Scenario PLAIN = Scenario.of(List.of(SiteSpec.parse("nop5->jmp32")));

    @Test
    void defaultsAreLeftOut() {
        assertEquals("cpus=2 site0=nop5->jmp32", ScenarioText.print(PLAIN));
    }

    @Test
    void defaultsMayBeWritten() {
        assertEquals(
                PLAIN,
                ScenarioText.parse("nmi=0 data=sc   cpus=2 site0=nop5->jmp32 no-serialize=cpuid")
                        .with(b -> b.profile(PLAIN.profile())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cpus=3 site0=nop5->call site1=call->nop5@62",
                "cpus=1 site0=nop2->jmp8 thread=none nmi=1 nmi-work=lock irq=2 mc=3",
                "cpus=2 site0=ff15cbf89f01->e8ecc99c0090@63 fetch=stale-head chunk=64 fetch-coherent=yes",
                "cpus=3 site0=nop5->jmp32 nmi=0,2,0 irq=1,1,0 mc=7",
                "cpus=2 site0=nop5->jmp32 data=tso buffer=2 split=word nmi-model=hardware depth=5",
                "cpus=2 site0=nop5->jmp32 no-serialize=cpuid,mov_cr dead-objects=any merge-local=no"
            })
    void canonicalTextIsKept(String text) {
        assertEquals(text, ScenarioText.print(ScenarioText.parse(text)));
    }

    @Test
    void noSerializeTakesInstructionsFromTheProfile() {
        Scenario scenario = ScenarioText.parse("cpus=2 site0=nop5->jmp32 no-serialize=iret");
        assertEquals(false, scenario.profile().serializes(Sync.IRET));
        assertEquals(true, scenario.profile().serializes(Sync.CPUID));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cpus=2 | there is no site0; sites are numbered from 0: site0=old->new",
                "cpus=2 site1=nop5->jmp32 | there is no site0; sites are numbered from 0: site0=old->new",
                "cpus 2 | \"cpus\" is not of the form key=value",
                "cpus=2 cpus=3 | \"cpus\" is given twice",
                "site0=nop5->jmp32 site0=nop5->jmp32 | \"site0\" is given twice",
                "site0=nop5->jmp32 cpus=0 | cpus=0 is outside 1..8",
                "site0=nop5->jmp32 cpus=two | cpus \"two\" is not a number",
                "site0=nop5->jmp32 chunk=3 | chunk=3 is none of 1, 8, 16, 32, 64",
                "site0=nop5->jmp32 nmi=x | nmi \"x\" is not a number",
                "site0=nop5->jmp32 nmi=0,x | nmi \"0,x\" is no list of numbers, one for each CPU, as in 0,2,0",
                "site0=nop5->jmp32 irq=8 | irq=8 is outside 0..7",
                "site0=nop5->jmp32 mc=0,8 | mc=0,8 is outside 0..7",
                "site0=nop5->jmp32 nmi=0,2,0 | nmi=0,2,0 is for 3 CPUs, and there are 2; give one number for all, or one for each",
                "site0=nop5->jmp32 depth=16 | depth=16 is outside 1..15",
                "site0=nop5->jmp32 data=tos | data \"tos\" is none of sc, tso; did you mean tso?",
                "site0=nop5->jmp32 nmi-work=locks | nmi-work \"locks\" is none of none, site, lock, pair, ticket; did you mean lock?",
                "site0=nop5->jmp32 fetch-coherent=true | fetch-coherent \"true\" is none of yes, no",
                "site0=nop5->jmp32 no-serialize=cpid"
                        + " | no-serialize \"cpid\" is none of cpuid, iret, serialize, mov_cr; did you mean cpuid?",
                "site0=nop5 | site \"nop5\" has no new version; write old->new, as in nop5->jmp32"
            })
    void complaintsSayWhatWouldBeRight(String text, String complaint) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> ScenarioText.parse(text));
        assertEquals(complaint, e.getMessage());
    }

    @Test
    void anUnknownKeyIsNamedWithTheNearest() {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> ScenarioText.parse("site0=nop5->jmp32 nmi-wrok=site"));
        assertEquals(
                "there is no key \"nmi-wrok\"; the keys are " + String.join(", ", ScenarioKey.texts())
                        + ", site0 .. site7; did you mean nmi-work?",
                e.getMessage());
    }
}
