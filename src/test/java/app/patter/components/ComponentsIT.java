package app.patter.components;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is in the WAR: a bill of materials is written beside it, and no part of it has a known flaw. Needs no network. */
class ComponentsIT {

    private static final Path WAR = Path.of(System.getProperty("patter.test.war"));

    /** CycloneDX 1.6, in JSON. */
    @Test
    void theBillOfMaterialsNamesAllThatIsInTheWar() throws IOException {
        List<Component> components = Component.in(WAR);
        JsonArrayBuilder all = Json.arrayBuilder();
        for (Component component : components) {
            all.add(Json.builder()
                    .add("type", "library")
                    .add("bom-ref", component.purl())
                    .add("group", component.group())
                    .add("name", component.artifact())
                    .add("version", component.version())
                    .add("purl", component.purl()));
        }
        JsonObject bill = Json.builder()
                .add("$schema", "http://cyclonedx.org/schema/bom-1.6.schema.json")
                .add("bomFormat", "CycloneDX")
                .add("specVersion", "1.6")
                .add("version", 1)
                .add(
                        "metadata",
                        Json.builder()
                                .add(
                                        "component",
                                        Json.builder()
                                                .add("type", "application")
                                                .add("name", "patter")))
                .add("components", all)
                .build();
        Files.writeString(WAR.resolveSibling("patter.cdx.json"), bill.toString());
        List<String> names = components.stream().map(Component::name).toList();
        assertTrue(
                names.containsAll(List.of(
                        "org.thymeleaf:thymeleaf",
                        "com.h2database:h2",
                        "org.webjars.npm:htmx.org",
                        "org.webjars.npm:mermaid",
                        "org.webjars:highlightjs")),
                names::toString);
    }

    @Test
    void noComponentHasAKnownFlawWithoutAReason() throws IOException {
        List<Flaw> flaws = Flaw.known();
        List<String> found = new ArrayList<>();
        for (Component component : Component.in(WAR)) {
            flaws.stream()
                    .filter(flaw -> flaw.isIn(component.name(), component.version())
                            && flaw.borne().isEmpty())
                    .forEach(flaw -> found.add(component.purl() + ": " + flaw.what() + ", fixed in " + flaw.fixed()));
        }
        assertEquals(List.of(), found);
    }
}
