package app.patter.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.web.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A third kind of server has a form by saying only which fields are its own. */
class ServerFormPageTest {

    private static final String ADDRESS = "https://example.com/a";

    private final Webhooks hooks = new Webhooks();
    private int refreshed;

    private ServerFormPage<Webhook, WebhookForm> page(String... fields) {
        return new ServerFormPage<>(new WebhookKind(), hooks.servers, () -> refreshed++, Webhooks.form(fields));
    }

    private static Map<?, ?> fields(FormView view) {
        return (Map<?, ?>) view.values().get("fields");
    }

    private Webhook added() {
        page("name", "Hook", "address", ADDRESS, "event", "failed", "token", "t0ken")
                .add();
        return hooks.all().get(0);
    }

    @Test
    void theEmptyFormShowsWhatANewServerHas() {
        FormView view = page().empty();
        assertEquals(200, view.status());
        assertEquals("hook", view.template());
        assertEquals(Map.of("name", "", "address", "", "hidden", "", "notoken", "", "event", "done"), fields(view));
        assertEquals(List.of("done", "failed"), view.values().get("events"));
        assertEquals("", view.values().get("problem"));
        assertEquals("", view.values().get("id"));
    }

    @Test
    void whatIsAddedIsInUseAtOnceAndTheListFollows() {
        FormView view =
                page("name", " Hook ", "address", ADDRESS, "event", "done").add();
        assertEquals("/hooks", view.next());
        assertEquals(1, refreshed);
        assertEquals("Hook", hooks.all().get(0).name());
    }

    @Test
    void whatIsWrongIsSaidAboveTheFormAsItWasFilledIn() {
        FormView view = page("name", "Hook", "address", "ftp://x", "event", "failed", "hidden", "yes")
                .add();
        assertEquals(422, view.status());
        assertEquals(
                "The address has to begin with http:// or https:// and a host, like https://example.com/hook.",
                view.values().get("problem"));
        assertEquals(
                Map.of("name", "Hook", "address", "ftp://x", "hidden", "yes", "notoken", "", "event", "failed"),
                fields(view));
        assertEquals(0, refreshed);
        assertEquals(List.of(), hooks.all());
    }

    @Test
    void aSecretIsNeverShownAgain() {
        FormView view = page("name", "", "address", ADDRESS, "event", "done", "token", "t0ken")
                .add();
        assertEquals(
                "Give the server a name of 1 to 100 characters. Type the token again.",
                view.values().get("problem"));
        assertFalse(view.toString().contains("t0ken"), view.toString());
        FormView stored = page().get(added().id().toString());
        assertEquals(true, stored.values().get("hasSecret"));
        assertFalse(stored.toString().contains("t0ken"), stored.toString());
    }

    @Test
    void aServerIsShownAsItIs() {
        Webhook row = added();
        FormView view = page().get(row.id().toString());
        assertEquals(
                Map.of("name", "Hook", "address", ADDRESS, "hidden", "", "notoken", "", "event", "failed"),
                fields(view));
        assertEquals(row.id().toString(), view.values().get("id"));
    }

    @Test
    void aChangeThatIsRefusedShowsTheFormOfThatServer() {
        Webhook row = added();
        String id = row.id().toString();
        FormView view =
                page("name", "Hook", "address", ADDRESS + "b", "event", "done").change(id);
        assertEquals(422, view.status());
        assertEquals(id, view.values().get("id"));
        assertEquals(true, view.values().get("hasSecret"));
        FormView changed = page("name", "Hook", "address", ADDRESS + "b", "event", "done", "notoken", "yes")
                .change(id);
        assertEquals("/hooks", changed.next());
        assertFalse(row.hasSecret());
        assertEquals("done", row.event());
    }

    @Test
    void aServerIsRemovedAndWhatIsGoneIsNotFound() {
        String id = added().id().toString();
        assertEquals("/hooks", page().remove(id).next());
        assertTrue(hooks.all().isEmpty());
        for (String gone : List.of(id, UUID.randomUUID().toString(), "no-id")) {
            assertEquals(
                    404,
                    assertThrows(ProblemException.class, () -> page().get(gone)).status());
            assertEquals(
                    404,
                    assertThrows(ProblemException.class, () -> page().change(gone))
                            .status());
        }
    }
}
