package app.patter.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Style sheets, scripts and images. Served by Patter itself because its pages own every path of the application, which
 * leaves nothing to a server's default web.context().
 */
@ApplicationScoped
public class Assets {

    private static final Map<String, String> TYPES = Map.of(
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png");

    private static final Set<String> FOLDERS = Set.of("css", "js", "images", "webjars");
    private static final Pattern SPELLING = Pattern.compile("(/[A-Za-z0-9@_-]([A-Za-z0-9@_.-]*[A-Za-z0-9@_-])?){2,8}");
    private static final int VERSION = 12;

    @Inject
    private ServletContextHolder servletContext;

    private final Map<String, Asset> found = new ConcurrentHashMap<>();

    /** Part of the file's hash. */
    String version(String path) {
        return find(path).map(Asset::version).orElse("missing");
    }

    /** The file at a path that begins with a slash, such as {@code /css/patter.css} or {@code /webjars/…}. */
    public Optional<Asset> find(String path) {
        Asset known = found.get(path);
        if (known == null && allowed(path)) {
            known = read(path);
            if (known != null) {
                found.put(path, known);
            }
        }
        return Optional.ofNullable(known);
    }

    /** Each file has one path only: no other spelling of it may be asked for, and kept, a second time. */
    private static boolean allowed(String path) {
        return SPELLING.matcher(path).matches()
                && FOLDERS.contains(path.substring(1, path.indexOf('/', 1)))
                && TYPES.containsKey(extension(path));
    }

    private static String extension(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    private @Nullable Asset read(String path) {
        try (InputStream in = open(path)) {
            if (in == null) {
                return null;
            }
            byte[] content = in.readAllBytes();
            return new Asset(
                    TYPES.getOrDefault(extension(path), "application/octet-stream"),
                    hash(content),
                    content,
                    zip(content));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }

    private @Nullable InputStream open(String path) {
        return path.startsWith("/webjars/")
                ? Assets.class.getClassLoader().getResourceAsStream("META-INF/resources" + path)
                : servletContext.context().getResourceAsStream(path);
    }

    private static String hash(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(digest).substring(0, VERSION);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static byte[] zip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    /**
     * A file to serve.
     *
     * @param zipped the content compressed with gzip
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody; copied for nobody
    public record Asset(String type, String version, byte[] content, byte[] zipped) {}
}
