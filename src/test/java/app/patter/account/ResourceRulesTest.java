package app.patter.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.web.AdministratorOnly;
import app.patter.web.Public;
import app.patter.web.Takes;
import app.patter.web.Takes.BodyKind;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class ResourceRulesTest {

    private static final class Uploads {

        @Takes(BodyKind.RAW)
        public void upload() {}

        public void rename() {}

        @Public
        public void show() {}
    }

    @AdministratorOnly
    private static final class Settings {
        public void change() {}
    }

    private static ResourceRules rules(Class<?> type, String method) throws NoSuchMethodException {
        return ResourceRules.of(type, type.getMethod(method));
    }

    @Test
    void aMethodThatSaysNothingTakesAFormOfSomebodyKnown() throws NoSuchMethodException {
        assertEquals(new ResourceRules(false, false, false, false, BodyKind.FORM), rules(Uploads.class, "rename"));
    }

    @Test
    void aMethodMayReadItsBodyItself() throws NoSuchMethodException {
        assertEquals(BodyKind.RAW, rules(Uploads.class, "upload").body());
        assertFalse(rules(Uploads.class, "upload").withoutLogin());
    }

    @Test
    void whatAClassOrAMethodSaysOfCallersCounts() throws NoSuchMethodException {
        assertTrue(rules(Uploads.class, "show").withoutLogin());
        assertTrue(rules(Settings.class, "change").administratorOnly());
    }

    /** Whoever adds a resource decides here who may use it. */
    @Test
    void onlyTheseResourcesAreOpenOrForAdministrators() {
        assertEquals(
                Set.of(
                        "/accounts",
                        "/accounts/{account}",
                        "/metrics",
                        "/models",
                        "/models/servers",
                        "/models/settings",
                        "/models/trial",
                        "/operation",
                        "/tools",
                        "/tools/servers"),
                paths(ResourceRules::administratorOnly));
        assertEquals(
                Set.of(
                        "/", // the log-in only
                        "/api/v1/openapi.json",
                        "/assets/{version}/{path: .+}",
                        "/c/{conversation}/events", // answers a stream that was logged out in the stream
                        "/diagram",
                        "/health",
                        "/password/{token}", // the link is the proof
                        "/setup"),
                paths(ResourceRules::withoutLogin));
        assertEquals(
                Set.of(
                        "/api/v1/conversations",
                        "/api/v1/conversations/{conversation}/events",
                        "/api/v1/models",
                        "/metrics"),
                paths(ResourceRules::forProgramsOnly));
    }

    /** The paths of the resources of which a method has a rule. */
    private static Set<String> paths(Predicate<ResourceRules> rule) {
        Set<String> paths = new TreeSet<>();
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("app.patter")) {
            if (type.isAnnotatedWith(Path.class)) {
                for (Method method : type.reflect().getDeclaredMethods()) {
                    if (rule.test(ResourceRules.of(type.reflect(), method))) {
                        paths.add(type.reflect().getAnnotation(Path.class).value());
                    }
                }
            }
        }
        return paths;
    }
}
