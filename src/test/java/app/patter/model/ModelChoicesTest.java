package app.patter.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import app.patter.provider.Origin;
import app.patter.provider.Parameters;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelChoicesTest {

    private static ServerModels server(Origin origin, String... names) {
        return new ServerModels("a", "The a", origin, false, false, List.of(names));
    }

    private static ModelConfig config(String model, String label, boolean hidden, boolean pinned) {
        return new ModelConfig(model, label, hidden, pinned, "", Parameters.NONE, null, List.of());
    }

    private static List<String> offered(ModelChoices choices, ServerModels server) {
        return choices.offered(List.of(server)).stream().map(Model::id).toList();
    }

    private final ModelChoices silent = new ModelChoices(null, List.of());

    @Test
    void withoutAnythingElseThereIsTheDemo() {
        assertEquals(List.of(ModelChoices.DEMO), silent.offered(List.of()));
        assertEquals(List.of(ModelChoices.DEMO), silent.offered(List.of(server(Origin.ADDED))));
    }

    @Test
    void modelsStandAsListedButThoseForEmbeddingLast() {
        assertEquals(
                List.of("a/z", "a/b", "a/nomic-Embed"), offered(silent, server(Origin.FOUND, "nomic-Embed", "z", "b")));
    }

    @Test
    void theWantedModelIsFirstThenThePinnedOnes() {
        ModelChoices choices =
                new ModelChoices("w", List.of(config("a/p", "", false, true), config("a/w", "", true, false)));
        assertEquals(List.of("a/w", "a/p", "a/m"), offered(choices, server(Origin.SETTINGS, "m", "p", "w")));
    }

    @Test
    void onlyTheServerOfTheSettingsHasAWantedModel() {
        assertEquals(List.of("a/m"), offered(new ModelChoices("w", List.of()), server(Origin.ADDED, "m")));
    }

    @Test
    void whatIsHiddenIsNotOfferedButShownToAdministrators() {
        ModelChoices choices = new ModelChoices(null, List.of(config("a/m", "", true, false)));
        ServerModels server = server(Origin.ADDED, "m", "n");
        assertEquals(List.of("a/n"), offered(choices, server));
        assertEquals(
                List.of(
                        new ServerStatus.Choice("a/m", "m", "m (The a)", false, true, false, true),
                        new ServerStatus.Choice("a/n", "n", "n (The a)", true, true, false, false)),
                choices.of(server));
    }

    @Test
    void aServerMayOfferOnlyWhatWasChosen() {
        ServerModels server = new ServerModels("a", "The a", Origin.ADDED, false, true, List.of("m", "n"));
        ModelChoices choices = new ModelChoices(null, List.of(config("a/n", "", false, false)));
        assertEquals(List.of("a/n"), offered(choices, server));
    }

    @Test
    void aModelIsCalledAsItsAdministratorSays() {
        ModelChoices choices = new ModelChoices(null, List.of(config("a/m", "Mine", false, false)));
        assertEquals("Mine", choices.label(server(Origin.ADDED), "m"));
        assertEquals("n (The a)", choices.label(server(Origin.ADDED), "n"));
        assertEquals("n", choices.label(server(Origin.SETTINGS), "n"));
    }

    @Test
    void namesThatTheDatabaseCannotKeepAreLeftOut() {
        String longest = "x".repeat(ModelId.LONGEST - "a/".length());
        assertEquals(List.of("a/" + longest), offered(silent, server(Origin.ADDED, longest + "x", longest)));
    }

    @Test
    void anIdIsSplitAtItsFirstSlash() {
        assertEquals(new ModelId("a", "b/c"), ModelId.of("a/b/c"));
        assertEquals(new ModelId("a", ""), ModelId.of("a"));
        assertEquals("a/b/c", ModelId.of("a/b/c").toString());
    }
}
