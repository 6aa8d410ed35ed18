package app.patter.answer;

import app.patter.concurrent.Executors;
import app.patter.config.Settings;
import app.patter.model.ModelRegistry;
import app.patter.provider.demo.Document;
import app.patter.web.ServletContextHolder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Makes the models of this node, with Patter's documentation as what the demo can answer from. */
@ApplicationScoped
public class ModelsProducer {

    private static final String FOLDER = "/WEB-INF/documentation/";

    @Inject
    private Executors executors;

    @Inject
    private ServletContextHolder servletContext;

    @Produces
    @Singleton
    ModelRegistry models() {
        return new ModelRegistry(Settings.ofProcess(), executors.work(), this::documentation);
    }

    void close(@Disposes ModelRegistry models) {
        models.close();
    }

    private List<Document> documentation() {
        List<Document> documents = new ArrayList<>();
        collect(FOLDER, documents);
        return documents;
    }

    private void collect(String folder, List<Document> documents) {
        Set<String> paths = Objects.requireNonNullElse(servletContext.context().getResourcePaths(folder), Set.of());
        for (String path : new TreeSet<>(paths)) {
            if (path.endsWith("/")) {
                collect(path, documents);
            } else if (path.endsWith(".md")) {
                documents.add(read(path));
            }
        }
    }

    private Document read(String path) {
        try (InputStream in = Objects.requireNonNull(servletContext.context().getResourceAsStream(path), path)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            String first = text.lines().findFirst().orElse("").replaceFirst("^#+\\s*", "");
            return new Document(first.isEmpty() ? path.substring(path.lastIndexOf('/') + 1) : first, text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }
}
