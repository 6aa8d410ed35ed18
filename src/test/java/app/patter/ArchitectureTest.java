package app.patter;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.conversation.Conversation;
import app.patter.model.ModelRegistry;
import app.patter.model.Payer;
import app.patter.provider.Provider;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.Temporal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The arrows between packages run one way, and what is pure stays pure. */
@AnalyzeClasses(packages = "app.patter", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    /** A row of the table in {@code docs/architecture.md}: a package, what it does, the packages that it uses. */
    private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\|.*\\|([^|]*)\\|");

    @ArchTest
    static void packagesUseWhatTheDocumentationSays(JavaClasses classes) throws IOException {
        assertEquals(lines(documentedArrows()), lines(arrows(classes)), "the table in docs/architecture.md");
    }

    @ArchTest
    static void eachPackageUsesOnlyThoseAboveItInTheTable(JavaClasses classes) throws IOException {
        Set<String> above = new HashSet<>();
        documentedArrows().forEach((name, used) -> {
            assertTrue(above.containsAll(used), () -> name + " uses packages below it: " + used);
            above.add(name);
        });
    }

    private static String lines(Map<String, Set<String>> arrows) {
        return new TreeMap<>(arrows).entrySet().stream().map(Object::toString).collect(Collectors.joining("\n"));
    }

    private static Map<String, Set<String>> documentedArrows() throws IOException {
        Map<String, Set<String>> arrows = new LinkedHashMap<>();
        for (String line : Files.readAllLines(Path.of("docs/architecture.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                Set<String> used = Stream.of(row.group(2).split(","))
                        .map(name -> name.replace("`", "").strip())
                        .filter(name -> !name.isEmpty())
                        .collect(Collectors.toCollection(TreeSet::new));
                arrows.put(row.group(1), used);
            }
        }
        return arrows;
    }

    private static Map<String, Set<String>> arrows(JavaClasses classes) {
        Map<String, Set<String>> arrows = new HashMap<>();
        for (JavaClass user : classes) {
            room(user).ifPresent(from -> {
                Set<String> used = arrows.computeIfAbsent(from, name -> new TreeSet<>());
                user.getDirectDependenciesFromSelf().forEach(arrow -> room(arrow.getTargetClass())
                        .filter(to -> !to.equals(from))
                        .ifPresent(used::add));
            });
        }
        return arrows;
    }

    /** The package below {@code app.patter} that a class is in; empty for classes of others. */
    private static Optional<String> room(JavaClass javaClass) {
        String[] names = javaClass.getPackageName().split("\\.");
        boolean ours = names.length > 2 && names[0].equals("app") && names[1].equals("patter");
        return ours ? Optional.of(names[2]) : Optional.empty();
    }

    @ArchTest
    static final ArchRule providersKnowNeitherServerNorDatabase = noClasses()
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
    static final ArchRule answersDoNotTouchTables = noClasses()
            .that()
            .resideInAPackage("..answer..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta.persistence..");

    /** Who can be asked for an answer: providers, and the client that knows one. */
    private static final Set<String> PROVIDERS = Set.of(
            "app.patter.provider.Provider",
            "app.patter.provider.http.HttpProvider",
            "app.patter.provider.demo.Demo",
            "app.patter.model.ModelServerClient");

    /** Whoever asks a model says who pays: the registry is the only way to one, and each of its doors takes a payer. */
    @ArchTest
    static final ArchRule onlyTheRegistryAsksProviders = noClasses()
            .that()
            .resideOutsideOfPackage("..provider..")
            .and()
            .doNotHaveFullyQualifiedName("app.patter.model.ModelRegistry")
            .and()
            .doNotHaveFullyQualifiedName("app.patter.model.ModelServerClient")
            .should()
            .callMethodWhere(describe(
                    "asks a provider",
                    call -> call.getName().equals("ask")
                            && PROVIDERS.contains(call.getTargetOwner().getName())));

    @ArchTest
    static final ArchRule nobodyAsksAModelWithoutAPayer = methods()
            .that()
            .areDeclaredIn(ModelRegistry.class)
            .and()
            .arePublic()
            .and()
            .haveRawReturnType(Provider.Call.class)
            .should()
            .haveRawParameterTypes(describe(
                    "a payer first", types -> !types.isEmpty() && types.get(0).isEquivalentTo(Payer.class)));

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

    /** Everybody else takes an access, which the rules have given. */
    @ArchTest
    static final ArchRule onlyTheRulesOfAccessAskWhoseAConversationIs = noClasses()
            .that()
            .doNotHaveFullyQualifiedName("app.patter.conversation.OwnerRule")
            .and()
            .doNotHaveFullyQualifiedName("app.patter.conversation.Access")
            .should()
            .callMethod(Conversation.class, "owner");

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
