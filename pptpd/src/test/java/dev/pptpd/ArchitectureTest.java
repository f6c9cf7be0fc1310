package dev.pptpd;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.pptpd.ppp.auth.PeerName;
import java.util.Arrays;

/** The arrows of docs/architecture.md, over all modules. */
@AnalyzeClasses(packages = "dev.pptpd", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    private static final String MPPE = "dev.pptpd.mppe..";
    private static final String PPP = "dev.pptpd.ppp..";
    private static final String GRE = "dev.pptpd.gre..";
    private static final String LINUX = "..linux..";

    /** The pure cores: bytes and time in, actions out. */
    private static final DescribedPredicate<JavaClass> CORE =
            resideInAnyPackage(
                            MPPE,
                            PPP,
                            GRE,
                            "dev.pptpd.control..",
                            "dev.pptpd.call..",
                            "dev.pptpd.relay..",
                            "dev.pptpd.inner..",
                            "dev.pptpd.offload..",
                            "dev.pptpd.dhcp..",
                            "dev.pptpd.broadcast..",
                            "dev.pptpd.limit..",
                            "dev.pptpd.discovery..")
                    .and(resideOutsideOfPackage(LINUX))
                    .as("the pure cores");

    private static final DescribedPredicate<JavaClass> OURS = resideInAPackage("dev.pptpd..");

    @ArchTest
    static final ArchRule mppeKnowsNobody =
            noClasses()
                    .that()
                    .resideInAPackage(MPPE)
                    .should()
                    .dependOnClassesThat(OURS.and(resideOutsideOfPackage(MPPE)));

    @ArchTest
    static final ArchRule pppKnowsOnlyMppe =
            noClasses()
                    .that()
                    .resideInAPackage(PPP)
                    .should()
                    .dependOnClassesThat(
                            OURS.and(resideOutsideOfPackage(PPP))
                                    .and(resideOutsideOfPackage(MPPE)));

    @ArchTest
    static final ArchRule greKnowsNobody =
            noClasses()
                    .that()
                    .resideInAPackage(GRE)
                    .should()
                    .dependOnClassesThat(OURS.and(resideOutsideOfPackage(GRE)));

    /**
     * A core is bytes in and actions out, so that a test with a clock of its own sees all of what
     * it does. {@code java.io} is out as a whole, also where nothing leaves the memory: octets
     * travel in buffers that somebody owns, and a stream grows and copies, has a lock, and throws
     * an exception where a core counts.
     */
    @ArchTest
    static final ArchRule coresTouchNothing =
            noClasses()
                    .that(CORE)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "java.io..",
                            "java.net..",
                            "java.nio.channels..",
                            "java.nio.file..",
                            "java.util.concurrent.locks..",
                            "org.slf4j..",
                            "io.netty..")
                    .orShould()
                    .dependOnClassesThat()
                    .belongToAnyOf(
                            Thread.class, java.security.SecureRandom.class, java.util.Random.class);

    @ArchTest
    static final ArchRule coresHaveNoClock =
            noClasses()
                    .that(CORE)
                    .should()
                    .callMethod(System.class, "nanoTime")
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .dependOnClassesThat()
                    .belongToAnyOf(java.time.Clock.class, java.time.Instant.class);

    /** Timers live on the monotonic clock, so that a step of the wall clock ends no session. */
    @ArchTest
    static final ArchRule nobodyTrustsTheWallClock =
            noClasses().should().callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule foreignFunctionsAreForPackagesNamedLinux =
            noClasses()
                    .that()
                    .resideOutsideOfPackage(LINUX)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("java.lang.foreign..");

    /** One class opens the door to native code, so that one module needs the permission. */
    @ArchTest
    static final ArchRule onlyLibcLinksNativeCode =
            noClasses()
                    .that()
                    .doNotHaveFullyQualifiedName("dev.pptpd.gre.linux.Libc")
                    .should()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName("java.lang.foreign.Linker");

    @ArchTest
    static final ArchRule nettyIsForNet =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.pptpd.net..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.netty..");

    /** Secrets are compared in constant time; a peer's name is no secret. */
    @ArchTest
    static final ArchRule secretsAreComparedInConstantTime =
            noClasses()
                    .that()
                    .resideInAnyPackage("dev.pptpd.ppp.auth..", "dev.pptpd.auth..")
                    .and()
                    .doNotBelongToAnyOf(PeerName.class)
                    .should()
                    .callMethod(Arrays.class, "equals", byte[].class, byte[].class);

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.pptpd.(**)").should().beFreeOfCycles();
}
