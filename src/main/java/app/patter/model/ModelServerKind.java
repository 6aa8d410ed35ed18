package app.patter.model;

import app.patter.admin.SecretField;
import app.patter.admin.ServerKind;
import app.patter.web.Slugs;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What is special about the rows of model servers. Pure. */
final class ModelServerKind implements ServerKind<ModelServer, ModelServerForm> {

    private static final int SLUG = 40;

    @Override
    public int most() {
        return 100;
    }

    @Override
    public String slug(String name, Set<String> taken) {
        Set<String> all = new HashSet<>(taken);
        all.addAll(ModelServerFactory.RESERVED);
        return Slugs.of(name, SLUG - 4, "server", all);
    }

    @Override
    public String secretContext(UUID id, String address) {
        return id + " " + address;
    }

    @Override
    public SecretField secret() {
        return ModelServerFormKind.KEY;
    }

    @Override
    public ModelServer create(List<ModelServer> others) {
        return new ModelServer(
                others.stream().mapToInt(ModelServer::place).max().orElse(0) + 1);
    }

    @Override
    public void change(ModelServer row, ModelServerForm form) {
        row.change(form);
    }
}
