package app.patter.container;

import app.patter.fixture.Seed;
import app.patter.htmx.Swaps;
import app.patter.journal.ShortOfMemory;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jsoup.Jsoup;

/**
 * The WAR that the build made, with all tests that run inside the server and what they need; {@link OneDeployment} deploys it
 * once.
 */
public final class InContainer {

    private InContainer() {}

    /** The same for each class of tests, whichever is the first. */
    public static WebArchive war() {
        WebArchive war = ShrinkWrap.create(ZipImporter.class, "patter-test.war")
                .importFrom(new File(System.getProperty("patter.test.war")))
                .as(WebArchive.class)
                .addClasses(
                        InContainer.class,
                        OneContainer.class,
                        People.class,
                        Watcher.class,
                        TimerThief.class,
                        Seed.class,
                        ShortOfMemory.class,
                        Swaps.class)
                .addPackages(true, Jsoup.class.getPackage());
        tests().forEach(war::addClass);
        return war;
    }

    /** All that {@link OneContainer} is for, for whichever comes first deploys for all. */
    private static List<Class<?>> tests() {
        return new ClassFileImporter()
                .importPath(Path.of(System.getProperty("patter.test.war")).resolveSibling("test-classes")).stream()
                        .filter(type -> type.isTopLevelClass() && type.getName().endsWith("IT"))
                        .filter(type -> type.getDirectDependenciesFromSelf().stream()
                                .anyMatch(on -> on.getTargetClass().isEquivalentTo(OneContainer.class)))
                        .<Class<?>>map(JavaClass::reflect)
                        .toList();
    }
}
