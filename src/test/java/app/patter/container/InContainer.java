package app.patter.container;

import java.io.File;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The WAR that the build made, with test classes added, for tests that run inside the server. */
public final class InContainer {

    private InContainer() {}

    /** The WAR and the given classes, deployed under their own name so that classes can share a data folder. */
    public static WebArchive war(Class<?>... tests) {
        return ShrinkWrap.create(ZipImporter.class, "patter-test.war")
                .importFrom(new File(System.getProperty("patter.test.war")))
                .as(WebArchive.class)
                .addClasses(tests);
    }
}
