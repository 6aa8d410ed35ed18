package app.patter.upstream;

import app.patter.system.Settings;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** The models that can be asked now. Thread-safe. */
public final class Models {

    private static final Model DEMO = new Model("demo/demo", "Demo (no AI)", true);

    public Models(Settings settings, Executor executor, Supplier<List<Document>> documentation) {}

    public List<Model> all() {
        return List.of(DEMO);
    }

    public Model preferred() {
        return DEMO;
    }

    public Optional<Model> find(String id) {
        return id.equals(DEMO.id()) ? Optional.of(DEMO) : Optional.empty();
    }

    public Upstream.Call ask(String modelId, List<Turn> turns, Deltas deltas) {
        deltas.accept(new Delta.Finished("stop"));
        return () -> {};
    }

    public void close() {}
}
