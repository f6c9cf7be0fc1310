package dev.pptpd.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The bench looks at the server; the server does not know of it. */
@AnalyzeClasses(packages = "dev.pptpd", importOptions = ImportOption.DoNotIncludeTests.class)
final class BenchArchitectureTest {
    private static final String BENCH = "dev.pptpd.bench..";

    @ArchTest
    static final ArchRule nobodyKnowsTheBench =
            noClasses()
                    .that()
                    .resideOutsideOfPackage(BENCH)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(BENCH);

    /** Goals and statistics are the same whatever is measured. */
    @ArchTest
    static final ArchRule measureKnowsNobody =
            noClasses()
                    .that()
                    .resideInAPackage("dev.pptpd.bench.measure..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("dev.pptpd.bench.mppe..", "dev.pptpd.bench.report..")
                    .orShould()
                    .dependOnClassesThat()
                    .resideInAPackage("java.nio.file..");

    @ArchTest
    static final ArchRule foreignFunctionsAreForPackagesNamedLinux =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("..linux..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("java.lang.foreign..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.pptpd.bench.(**)").should().beFreeOfCycles();
}
