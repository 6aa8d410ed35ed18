package app.patter;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Duration;
import java.time.temporal.Temporal;

/** The arrows between packages run one way, and what is pure stays pure. */
@AnalyzeClasses(packages = "app.patter", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("app.patter.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule upstreamsKnowNeitherServerNorDatabase = noClasses()
            .that()
            .resideInAPackage("..provider..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "jakarta.persistence..",
                    "jakarta.ws..",
                    "jakarta.enterprise..",
                    "jakarta.ejb..",
                    "jakarta.inject..",
                    "jakarta.servlet..");

    @ArchTest
    static final ArchRule markdownIsPure = noClasses()
            .that()
            .resideInAPackage("..markdown..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta..");

    @ArchTest
    static final ArchRule generationsDoNotTouchTables = noClasses()
            .that()
            .resideInAPackage("..answer..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta.persistence..");

    @ArchTest
    static final ArchRule onlyStreamsKnowServerSentEvents = noClasses()
            .that()
            .resideOutsideOfPackage("app.patter.stream..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta.ws.rs.sse..");

    @ArchTest
    static final ArchRule nothingKnowsAServerOrADriver = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.eclipse.persistence..",
                    "org.hibernate..",
                    "org.glassfish..",
                    "fish.payara..",
                    "org.postgresql..",
                    "org.jboss..");

    /** H2 compacts its file for those only who know its classes; docs/decisions/0013-compaction.md. */
    @ArchTest
    static final ArchRule onlyCompactionKnowsTheEmbeddedDatabase = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("app.patter.database.embedded.Compaction")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.h2..");

    @ArchTest
    static final ArchRule timeIsMeasuredByAClockThatDoesNotJump =
            noClasses().should().callMethod(System.class, "currentTimeMillis");

    /**
     * The time between two times of day is no duration when somebody sets the clock in between. Who has nothing else is
     * named here: what a provider asks for in Retry-After, and rows of the database, where the process may be another one.
     */
    @ArchTest
    static final ArchRule durationsAreNotTakenFromTheClockOnTheWall = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("app.patter.provider.http.RetryAfter")
            .and()
            .doNotHaveFullyQualifiedName("app.patter.conversation.Segment")
            .and()
            .doNotHaveFullyQualifiedName("app.patter.page.ToolCallView")
            .and()
            .doNotHaveFullyQualifiedName("app.patter.journal.MonotonicClock")
            .should()
            .callMethod(Duration.class, "between", Temporal.class, Temporal.class);

    @ArchTest
    static final ArchRule theStreamIsTheEnd = noClasses()
            .that()
            .resideOutsideOfPackage("app.patter.stream..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("app.patter.stream..");

    @ArchTest
    static final ArchRule resourcesStandAtAPath =
            classes().that().haveSimpleNameEndingWith("Resource").should().beAnnotatedWith(jakarta.ws.rs.Path.class);
}
