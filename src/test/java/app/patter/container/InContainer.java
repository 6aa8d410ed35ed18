package app.patter.container;

import app.patter.fixture.Seed;
import app.patter.htmx.Swaps;
import app.patter.journal.ShortOfMemory;
import java.io.File;
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

    /** By name, because each is known to its own package only. */
    private static final List<String> TESTS = List.of(
            "app.patter.conversation.LongConversationIT",
            "app.patter.answer.GenerationsIT",
            "app.patter.journal.JournalIT",
            "app.patter.stream.PageFramesIT",
            "app.patter.stream.SubscribersIT");

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
        TESTS.forEach(war::addClass);
        return war;
    }
}
