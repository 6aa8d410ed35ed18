package app.patter.model;

import app.patter.admin.SecretField;
import app.patter.admin.ServerFormKind;
import app.patter.web.FormData;
import java.util.Map;

/** What is special about the form of model servers. Pure. */
final class ModelServerFormKind implements ServerFormKind<ModelServer, ModelServerForm> {

    static final SecretField KEY = new SecretField("key", ModelText.KEY_LOST.with(), ModelText.KEY_AGAIN);

    private static final String CHOSEN = "chosen";

    @Override
    public String path() {
        return "/models";
    }

    @Override
    public String template() {
        return "server";
    }

    @Override
    public SecretField secret() {
        return KEY;
    }

    @Override
    public Map<String, String> empty() {
        return Map.of("dialect", "openai", "offers", "all");
    }

    @Override
    public Map<String, String> of(ModelServer row) {
        return Map.of("dialect", row.dialect(), "offers", row.chosenOnly() ? CHOSEN : "all");
    }

    /** Without the slash at its end. */
    @Override
    public String address(ModelServer row) {
        return row.address().substring(0, row.address().length() - 1);
    }

    @Override
    public Map<String, ?> choices() {
        return Map.of("dialects", DialectLabels.all());
    }

    @Override
    public ModelServerForm read(FormData form) {
        return ModelServerForm.of(form);
    }
}
