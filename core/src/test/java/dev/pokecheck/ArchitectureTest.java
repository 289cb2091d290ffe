// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The house plan: which package may use which, and what the model and the search may not touch. */
@AnalyzeClasses(packages = "dev.pokecheck", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    private static final String ROOT = "dev.pokecheck";

    private static final String[] MODEL = {
        "insn", "text", "data", "property", "protocol", "cpu", "hardware", "step", "machine"
    };

    /** Where a run must depend on its input alone. */
    private static final String[] MODEL_AND_SEARCH =
            plus(MODEL, "view", "judge", "schedule", "checkpoint", "explore", "source");

    private static final String[] BELOW_CLI =
            plus(MODEL_AND_SEARCH, "trace", "minimize", "corpus", "report", "catalog", "objectfile", "audit");

    private static final String[] ALL = plus(BELOW_CLI, "junit", "cli");

    private static final Set<String> HASH_COLLECTIONS = Set.of(
            "java.util.HashMap",
            "java.util.HashSet",
            "java.util.Hashtable",
            "java.util.IdentityHashMap",
            "java.util.WeakHashMap",
            "java.util.concurrent.ConcurrentHashMap");

    private static final Set<String> CLOCKS =
            Set.of("java.time.Clock", "java.time.InstantSource", "java.util.Date", "java.util.Calendar");

    private static final Set<String> RANDOM_SOURCES = Set.of(
            "java.util.Random",
            "java.util.UUID",
            "java.util.concurrent.ThreadLocalRandom",
            "java.util.random.RandomGeneratorFactory",
            "java.security.SecureRandom");

    /** Static methods whose answer differs from run to run, by the class that has them. */
    private static final Map<String, Set<String>> UNREPEATABLE = Map.of(
            "java.lang.System", Set.of("currentTimeMillis", "nanoTime", "identityHashCode"),
            "java.lang.Math", Set.of("random"),
            "java.lang.StrictMath", Set.of("random"),
            "java.util.random.RandomGenerator", Set.of("getDefault", "of"));

    /** Static factories of sets and maps whose order is drawn anew in every JVM. */
    private static final Map<String, Set<String>> UNORDERED_FACTORIES = Map.of(
            "java.util.Set", Set.of("of", "copyOf"),
            "java.util.Map", Set.of("of", "copyOf", "ofEntries"));

    @ArchTest
    static final ArchRule insn = mayUse("insn");

    @ArchTest
    static final ArchRule text = mayUse("text", "insn");

    /** A fetch rule knows contents and times, and neither site nor table. */
    @ArchTest
    static final ArchRule textFetch = mayUse("text.fetch");

    @ArchTest
    static final ArchRule data = mayUse("data");

    @ArchTest
    static final ArchRule cpu = mayUse("cpu", "insn", "text", "data", "protocol");

    @ArchTest
    static final ArchRule protocol = mayUse("protocol", "insn", "text", "data");

    @ArchTest
    static final ArchRule protocolKnowsNoMutation = noClasses()
            .that(resideInAPackage(ROOT + ".protocol"))
            .should()
            .dependOnClassesThat(resideInAPackage(packageOf("protocol.mutation")))
            .because("what is done to a protocol is no part of it");

    /** Only the rules of CPUs speak of what protocols do. */
    @ArchTest
    static final ArchRule layoutsKnowNoProtocol = noClasses()
            .that(resideInAPackage(ROOT + ".cpu"))
            .should()
            .dependOnClassesThat(resideInAnyPackage(packageOf("protocol"), packageOf("cpu.rules")));

    /** The rooms of the C reader, each of which may use those before it. */
    @ArchTest
    static final ArchRule sourceToken = mayUse("source.token");

    @ArchTest
    static final ArchRule sourcePreprocess = mayUse("source.preprocess", "source.token");

    @ArchTest
    static final ArchRule sourceType = mayUse("source.type");

    @ArchTest
    static final ArchRule sourceSyntax = mayUse("source.syntax", "source.token", "source.type");

    @ArchTest
    static final ArchRule sourceParse = mayUse("source.parse", "source.token", "source.type", "source.syntax");

    /** It reads as little as it prints: nothing of what the lowering makes of C is in a file of steps. */
    @ArchTest
    static final ArchRule sourceSteps = mayUse(
            "source.steps",
            "source.token",
            "source.type",
            "source.syntax",
            "source.parse",
            "protocol",
            "insn",
            "text",
            "data");

    /** It knows no machine: what C means is what it records. */
    @ArchTest
    static final ArchRule source = mayUse("source", "protocol", "insn", "text", "data");

    @ArchTest
    static final ArchRule noCyclesInSource =
            slices().matching(ROOT + ".source.(*)..").should().beFreeOfCycles();

    /** What a step is does not depend on what it runs on. */
    @ArchTest
    static final ArchRule step = mayUse("step", "insn", "text", "data", "protocol");

    /** What is assumed of CPUs is data. */
    @ArchTest
    static final ArchRule hardware = mayUse("hardware", "insn", "text", "cpu");

    @ArchTest
    static final ArchRule machine =
            mayUse("machine", "insn", "text", "data", "property", "protocol", "cpu", "hardware", "step");

    @ArchTest
    static final ArchRule view = mayUse("view", MODEL);

    @ArchTest
    static final ArchRule property = mayUse("property");

    @ArchTest
    static final ArchRule judge = mayUse("judge", plus(MODEL, "view"));

    @ArchTest
    static final ArchRule schedule = mayUse("schedule", MODEL);

    @ArchTest
    static final ArchRule checkpoint = mayUse("checkpoint");

    /** How values lie in a file is nothing that a search knows. */
    @ArchTest
    static final ArchRule checkpointFilesAreForTheCommandLine = noClasses()
            .that(resideOutsideOfPackages(packages("checkpoint.file", "cli")))
            .should()
            .dependOnClassesThat(resideInAPackage(packageOf("checkpoint.file")));

    @ArchTest
    static final ArchRule explore = mayUse("explore", plus(MODEL, "view", "judge", "schedule", "checkpoint"));

    /** The rooms of the search: a store knows no search, a search no verdict, a verdict no comparison. */
    @ArchTest
    static final ArchRule exploreStore = mayUse("explore.store", "machine", "checkpoint");

    @ArchTest
    static final ArchRule exploreSearch =
            mayUse("explore.search", plus(MODEL, "view", "judge", "schedule", "checkpoint", "explore.store"));

    @ArchTest
    static final ArchRule exploreVerdict = mayUse(
            "explore.verdict",
            plus(MODEL, "view", "judge", "schedule", "checkpoint", "explore.store", "explore.search"));

    @ArchTest
    static final ArchRule noCycles = slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule noCyclesInExplore =
            slices().matching(ROOT + ".explore.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule trace = mayUse("trace", plus(MODEL, "view", "judge", "schedule"));

    @ArchTest
    static final ArchRule minimize = mayUse("minimize", plus(MODEL, "view", "judge", "schedule", "trace"));

    @ArchTest
    static final ArchRule corpus = mayUse("corpus", plus(MODEL, "view", "judge", "schedule", "trace", "source"));

    @ArchTest
    static final ArchRule report = mayUse("report", plus(MODEL, "view", "judge", "trace", "explore"));

    /** What a compiler has made is bytes; only the comparison knows protocols. */
    @ArchTest
    static final ArchRule objectfile = mayUse("objectfile");

    @ArchTest
    static final ArchRule audit = mayUse("audit", "objectfile", "insn", "data", "protocol");

    @ArchTest
    static final ArchRule catalog = mayUse("catalog", "protocol", "insn", "text", "source");

    @ArchTest
    static final ArchRule junit = mayUse("junit", plus(BELOW_CLI, "cli.run", "cli.option", "cli.screen"));

    /** The rooms of the command line, each of which may use those before it; the program itself is used by none. */
    @ArchTest
    static final ArchRule cliScreen = mayUse("cli.screen", "explore");

    @ArchTest
    static final ArchRule cliRun = mayUse("cli.run", plus(BELOW_CLI, "cli.screen"));

    @ArchTest
    static final ArchRule cliPrint = mayUse("cli.print", plus(BELOW_CLI, "cli.screen", "cli.run"));

    @ArchTest
    static final ArchRule cliOption = mayUse("cli.option", plus(BELOW_CLI, "cli.screen", "cli.run", "cli.print"));

    @ArchTest
    static final ArchRule cliCommand =
            mayUse("cli.command", plus(BELOW_CLI, "cli.screen", "cli.run", "cli.print", "cli.option"));

    @ArchTest
    static final ArchRule noCyclesInCli =
            slices().matching(ROOT + ".cli.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule optionsAreOfOptionsAndCommands = noClasses()
            .that(resideInAnyPackage(packages("cli.run", "cli.print")))
            .should()
            .dependOnClassesThat(resideInAPackage("picocli.."))
            .because("what a command runs, and what is printed of it, is there without a command line, too");

    @ArchTest
    static final ArchRule nobodyUsesTheFrontOfJunit = noClasses()
            .that(resideOutsideOfPackage(packageOf("junit")))
            .should()
            .dependOnClassesThat(resideInAnyPackage(packageOf("junit"), "org.junit..", "org.opentest4j.."))
            .because("the program must run where there is no JUnit")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule assertionsNeedNoJunit = noClasses()
            .that(resideInAPackage(packageOf("junit")))
            .and(describe("are not of PokeTest", type -> !type.getName().contains(".PokeTest")))
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.junit..", "org.opentest4j.."))
            .because("they are for any test framework");

    @ArchTest
    static final ArchRule everyClassHasARoom = classes()
            .should()
            .resideInAnyPackage(packages(ALL))
            .because("a package outside the table would escape the rules")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule noUtil = noClasses()
            .should()
            .resideInAnyPackage("..util..", "..utils..")
            .because("a class belongs to the room whose words it speaks")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule filesOnlyAtTheEdge = noClasses()
            .that(resideOutsideOfPackages(packages("checkpoint.file", "corpus", "report", "junit", "cli")))
            .should()
            .dependOnClassesThat(resideInAPackage("java.nio.file..")
                    .or(describe("are files of java.io", ArchitectureTest::isFileOfJavaIo)))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule noClock = inModelAndSearch()
            .should()
            .dependOnClassesThat(named(CLOCKS))
            .orShould()
            .accessTargetWhere(describe(
                    "asks java.time for the present time",
                    access -> access.getTargetOwner().getPackageName().startsWith("java.time")
                            && access.getTarget().getName().equals("now")))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule nothingUnrepeatable = inModelAndSearch()
            .should()
            .dependOnClassesThat(named(RANDOM_SOURCES))
            .orShould()
            .accessTargetWhere(oneOf(UNREPEATABLE))
            .orShould()
            .callConstructor("java.util.SplittableRandom")
            .because("the one source of randomness is a SplittableRandom with a seed")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule noHashOrder = inModelAndSearch()
            .should()
            .accessTargetWhere(describe(
                    "makes a hash collection",
                    access -> access.getTarget().getName().equals(JavaConstructor.CONSTRUCTOR_NAME)
                            && HASH_COLLECTIONS.contains(access.getTargetOwner().getName())))
            .orShould()
            .accessTargetWhere(oneOf(UNORDERED_FACTORIES))
            .because("the order of a hash collection must not reach a search: use LinkedHashMap, TreeMap or an array")
            .allowEmptyShould(true);

    /** A package may use itself, the packages named, and whatever is not ours. */
    private static ArchRule mayUse(String name, String... others) {
        return classes()
                .that(resideInAPackage(packageOf(name)))
                .should()
                .onlyDependOnClassesThat(
                        resideOutsideOfPackage(ROOT + "..").or(resideInAnyPackage(packages(plus(others, name)))))
                .as(name + " uses of ours only " + (others.length == 0 ? "itself" : String.join(", ", others)))
                .allowEmptyShould(true);
    }

    private static GivenClassesConjunction inModelAndSearch() {
        return noClasses().that(resideInAnyPackage(packages(MODEL_AND_SEARCH)));
    }

    private static boolean isFileOfJavaIo(JavaClass type) {
        return type.getPackageName().equals("java.io")
                && (type.getSimpleName().startsWith("File")
                        || type.getSimpleName().equals("RandomAccessFile"));
    }

    private static DescribedPredicate<JavaClass> named(Set<String> names) {
        return describe("are one of " + new TreeSet<>(names), type -> names.contains(type.getName()));
    }

    private static DescribedPredicate<JavaAccess<?>> oneOf(Map<String, Set<String>> members) {
        return describe(
                "is one of " + new TreeMap<>(members),
                access -> members.getOrDefault(access.getTargetOwner().getName(), Set.of())
                        .contains(access.getTarget().getName()));
    }

    private static String[] packages(String... names) {
        return Arrays.stream(names).map(ArchitectureTest::packageOf).toArray(String[]::new);
    }

    private static String packageOf(String name) {
        return ROOT + "." + name + "..";
    }

    private static String[] plus(String[] names, String... more) {
        return Stream.concat(Arrays.stream(names), Arrays.stream(more)).toArray(String[]::new);
    }
}
