package dev.slipway.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.slipway.architecture.cycle.one.One;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Dependencies point one way, as ARCHITECTURE.md has it. */
final class ArchitectureTest {

    private static final String ROOT = "dev.slipway.";

    private static final List<String> CAPABILITIES =
            List.of("source", "build", "schedule", "proxy", "route", "cert", "logs");

    /** What each package may use of ours; a package that is not here is a mistake. */
    private static final Map<String, List<String>> MAY_USE = Map.ofEntries(
            Map.entry("model", List.of()),
            Map.entry("exec", List.of("model")),
            Map.entry("console", List.of("model")),
            Map.entry("store", List.of("model")),
            Map.entry("sandbox", List.of("exec", "console", "model")),
            Map.entry("source", List.of("sandbox", "exec", "console", "model")),
            Map.entry("build", List.of("sandbox", "exec", "console", "model")),
            Map.entry("schedule", List.of("sandbox", "exec", "console", "model")),
            Map.entry("proxy", List.of("sigil", "sandbox", "exec", "console", "model", "route")),
            Map.entry("route", List.of("model")),
            Map.entry("cert", List.of("exec", "console", "model")),
            Map.entry("logs", List.of("sandbox", "exec", "console", "model")),
            Map.entry("deploy", with(CAPABILITIES, "store", "sandbox", "exec", "console", "model")),
            Map.entry("app", with(CAPABILITIES, "deploy", "store", "exec", "console", "model")),
            Map.entry("command", with(CAPABILITIES, "app", "deploy", "store", "exec", "console", "model")),
            Map.entry("ssh", List.of("command", "exec", "console", "model")),
            Map.entry("door", List.of("command", "exec", "console", "model")),
            Map.entry(
                    "server",
                    with(
                            CAPABILITIES,
                            "ssh",
                            "door",
                            "command",
                            "app",
                            "deploy",
                            "store",
                            "sandbox",
                            "exec",
                            "console",
                            "model")));

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.slipway");

    private static List<String> with(List<String> some, String... more) {
        List<String> all = new ArrayList<>(some);
        all.addAll(List.of(more));
        return all;
    }

    @Test
    void eachPackageUsesOnlyWhatIsBelowIt() {
        MAY_USE.forEach((name, uses) -> {
            List<String> allowed = new ArrayList<>(List.of(below(name)));
            uses.forEach(used -> allowed.add(below(used)));
            DescribedPredicate<JavaClass> ours = resideInAnyPackage("dev.slipway..");
            DescribedPredicate<JavaClass> mayUse = resideInAnyPackage(allowed.toArray(String[]::new));
            noClasses()
                    .that()
                    .resideInAPackage(below(name))
                    .should()
                    .dependOnClassesThat(ours.and(DescribedPredicate.not(mayUse)))
                    .check(OURS);
        });
    }

    private static String below(String name) {
        return ROOT + name + "..";
    }

    @Test
    void everyPackageHasItsPlace() {
        List<String> placed =
                MAY_USE.keySet().stream().map(ArchitectureTest::below).toList();
        List<String> all = with(placed, "dev.slipway.sigil..", "dev.slipway");
        classes().should().resideInAnyPackage(all.toArray(String[]::new)).check(OURS);
    }

    @Test
    void schedulersDoNotKnowOneAnother() {
        slices().matching("dev.slipway.schedule.(*)..")
                .should()
                .notDependOnEachOther()
                .allowEmptyShould(true)
                .check(OURS);
    }

    @Test
    void thereAreNoCycles() {
        noCycles("dev.slipway.(*)..").check(OURS);
        noCycles("dev.slipway.(**)").check(OURS);
    }

    @Test
    void aPlantedCycleIsSeen() {
        JavaClasses planted =
                new ClassFileImporter().importPackagesOf(One.class, dev.slipway.architecture.cycle.two.Two.class);
        assertThat(planted).isNotEmpty();
        assertThatThrownBy(
                        () -> noCycles("dev.slipway.architecture.cycle.(*)..").check(planted))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Cycle detected");
    }

    private static ArchRule noCycles(String pattern) {
        return slices().matching(pattern).should().beFreeOfCycles();
    }

    @Test
    void onlyExecStartsPrograms() {
        DescribedPredicate<JavaMethodCall> startsProgram = DescribedPredicate.describe(
                "start a program",
                call -> call.getTargetOwner().isEquivalentTo(Runtime.class)
                        && call.getName().equals("exec"));
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.slipway.exec..", "dev.slipway.sigil..")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ProcessBuilder.class)
                .orShould()
                .callMethodWhere(startsProgram)
                .check(OURS);
    }

    @Test
    void onlyTheProgramsEdgesTouchTheProcessTheyRunIn() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.slipway.server..", "dev.slipway.sigil..")
                .should()
                .accessField(System.class, "in")
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(System.class, "getProperty", String.class)
                .check(OURS);
    }
}
