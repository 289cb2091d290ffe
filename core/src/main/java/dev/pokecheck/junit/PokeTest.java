// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.junit;

import dev.pokecheck.cpu.NmiModel;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.explore.search.SearchOptions;
import dev.pokecheck.property.Level;
import dev.pokecheck.property.Property;
import dev.pokecheck.protocol.Setting.InterruptWork;
import dev.pokecheck.protocol.Setting.ThreadWork;
import dev.pokecheck.text.FetchModel;
import dev.pokecheck.text.StoreSplit;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that checks a protocol once for each fetch model and data model named. The method records the protocol with its parameter of type
 * {@link dev.pokecheck.protocol.ProtocolBuilder}, and asserts nothing itself; it may be called several times, and must record the same each time.
 *
 * <pre>{@code
 * @PokeTest(cpus = 3, nmis = 1, fetch = {COHERENT, STALE_CHUNK}, level = Level.REGULAR)
 * void myPatcher(ProtocolBuilder b) {
 *     b.patcher(r -> ...);
 * }
 * }</pre>
 *
 * <p>Or the protocol stands in a C file, and what it must show in the file's lines {@code expect:}; then each of these is a test, and the method has no body.
 *
 * <pre>{@code
 * @PokeTest(source = "my_poke.c", define = "SECOND_SYNC")
 * void myPoke() {}
 * }</pre>
 *
 * <p>All states are searched. The test passes if the level holds, or, if {@link #violates} names properties, if each of them is violated by some
 * interleaving. It fails if a bound ends the search, and if the run is vacuous. For anything that stands not here, {@link Pokecheck#check} in
 * a plain test has it.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(PokeTestExtension.class)
public @interface PokeTest {
    /** The name of the protocol in reports and saved files; that of the method if empty. */
    String name() default "";

    /**
     * A C file whose lines {@code expect:} are the tests: a file as seen from the folder that the tests run in, which is the project's for Maven and Gradle, or else a resource on the
     * class path, as seen from the package of the test, and with a slash in front from the root. The scenario stands in the file, so that no other attribute but {@link #define} and
     * {@link #saveTo} goes with it.
     */
    String source() default "";

    /** Macros that are defined for {@link #source}, each {@code NAME} or {@code NAME=VALUE}. */
    String[] define() default {};

    /** The number of CPUs, 1..8; CPU 0 patches. */
    int cpus() default 2;

    /** What is patched. */
    String[] sites() default "nop5->jmp32";

    /** What the threads of the other CPUs do. */
    ThreadWork threads() default ThreadWork.LOOP;

    /** How many NMIs may come to each CPU, 0..7. */
    int nmis() default 0;

    /** What NMI handlers do besides the protocol's part. */
    InterruptWork nmiWork() default InterruptWork.NONE;

    /** When a nested NMI can be delivered. */
    NmiModel nmiModel() default NmiModel.LATCHED;

    /** How many IRQs may come to each CPU, 0..7; their handler executes all sites. */
    int irqs() default 0;

    /** How many machine checks may come to each CPU, 0..7; their handler executes all sites. */
    int mcs() default 0;

    /** The fetch models; the test runs once for each. */
    FetchModel[] fetch() default FetchModel.STALE_CHUNK;

    /** The size of a fetch chunk in bytes: 1, 8, 16, 32, 64. */
    int chunk() default 1;

    /** The data memory models; the test runs once for each. */
    DataModel[] data() default DataModel.SC;

    /** In which pieces a text store reaches memory. */
    StoreSplit split() default StoreSplit.BYTE;

    /** The level that must hold. */
    Level level() default Level.SAFE;

    /** The properties that must be violated, each by some interleaving; then no level need hold. */
    Property[] violates() default {};

    /** How many states to keep at most. A search that ends there without a violation fails the test. */
    int maxStates() default SearchOptions.UNBOUNDED;

    /** Where violations that fail the test are saved. */
    String saveTo() default "target/pokecheck";
}
