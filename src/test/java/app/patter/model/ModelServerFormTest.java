package app.patter.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.admin.ServerFields;
import app.patter.web.FormData;
import app.patter.web.FormException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ModelServerFormTest {

    private final ModelServerKind kind = new ModelServerKind();
    private final ModelServerFormKind forms = new ModelServerFormKind();

    private ModelServerForm read(String posted) {
        FormData form = new FormData();
        form.read(posted.getBytes(StandardCharsets.UTF_8));
        return forms.read(form);
    }

    @Test
    void aFormIsReadWithASlashAtTheEndOfItsAddress() {
        assertEquals(
                new ModelServerForm(new ServerFields("Mine", "http://host/v1/", "k", true, true), "gemini", true),
                read("name=+Mine+&address=http://host/v1&dialect=gemini&key=k&nokey=yes&hidden=yes&offers=chosen"));
    }

    @Test
    void onlyADialectThatThereIsCanBeChosen() {
        FormException e =
                assertThrows(FormException.class, () -> read("name=Mine&address=http://host/v1&dialect=latin"));
        assertTrue(e.message().contains("anthropic"), e.message());
    }

    @Test
    void aServerIsShownAsItWasTyped() {
        ModelServer row = kind.create(List.of());
        kind.change(row, read("name=Mine&address=http://host/v1&dialect=ollama&offers=chosen"));
        assertEquals(Map.of("dialect", "ollama", "offers", "chosen"), forms.of(row));
    }

    @Test
    void aNewServerStandsBehindTheOthers() {
        ModelServer first = kind.create(List.of());
        ModelServer second = kind.create(List.of(first));
        first.move(7);
        assertEquals(2, second.place());
        assertEquals(8, kind.create(List.of(second, first)).place());
    }

    @Test
    void noAddedServerIsMistakenForAnother() {
        assertEquals("ollama-2", kind.slug("Ollama", Set.of()));
        assertEquals("mine-2", kind.slug("Mine", Set.of("mine")));
        assertFalse(kind.slug("/", Set.of()).contains("/"));
    }
}
