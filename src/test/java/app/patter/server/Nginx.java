package app.patter.server;

import static org.junit.jupiter.api.Assumptions.abort;

import app.patter.provider.SelfSigned;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** nginx as the system's package brings it, in front of a Patter on loopback. */
final class Nginx implements AutoCloseable {

    private static final List<Path> PLACES = List.of(Path.of("/usr/sbin/nginx"), Path.of("/usr/bin/nginx"));

    private final Process process;
    private final URI address;
    private final HttpClient http;
    private final Path log;

    private Nginx(Process process, URI address, HttpClient http, Path log) {
        this.process = process;
        this.address = address;
        this.http = http;
        this.log = log;
    }

    /**
     * Starts one that knows nothing of Patter but its address. Where nginx is not installed the test is skipped, or fails if
     * the variable CI is "true".
     *
     * @param folder  for its configuration and temporary files
     * @param options further lines for the one location, such as a time-out
     */
    static Nginx before(URI patter, Path folder, String options) {
        int port = PatterServer.freePort();
        String server = """
                server {
                  listen 127.0.0.1:%d;
                  location / { proxy_pass http://127.0.0.1:%d; %s }
                }
                """.formatted(port, patter.getPort(), options);
        return start(folder, server, URI.create("http://127.0.0.1:" + port + "/"), HttpClient.newHttpClient());
    }

    /**
     * Starts one with the file that the repository has for it: TLS and HTTP/2, below Patter's context path. Only what an
     * administrator has to change is changed: names, addresses and the certificate.
     */
    static Nginx asShipped(URI patter, Path folder) {
        int port = PatterServer.freePort();
        Path certificate = folder.resolve("patter.pem");
        Path key = folder.resolve("patter.key");
        try {
            HttpClient http = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_2)
                    .sslContext(SelfSigned.pem(folder, certificate, key))
                    .build();
            String server = Files.readString(AppServer.files("nginx").resolve("patter.conf"));
            server = replaced(server, "listen 80;", "listen 127.0.0.1:" + PatterServer.freePort() + ";");
            server = replaced(server, "listen 443 ", "listen 127.0.0.1:" + port + " ");
            server = replaced(server, "server_name chat.example.org;", "server_name localhost;");
            server = replaced(server, "/etc/ssl/patter.pem", certificate.toString());
            server = replaced(server, "/etc/ssl/patter.key", key.toString());
            server = replaced(server, "127.0.0.1:8080", "127.0.0.1:" + patter.getPort());
            server = replaced(server, "location / {", "location " + patter.getPath() + " {");
            return start(folder, server, URI.create("https://localhost:" + port + patter.getPath()), http);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String replaced(String text, String what, String with) {
        if (!text.contains(what)) {
            throw new IllegalStateException("servers/nginx/patter.conf has no \"" + what + "\"");
        }
        return text.replace(what, with);
    }

    private static Nginx start(Path folder, String server, URI address, HttpClient http) {
        Path program = PLACES.stream().filter(Files::isExecutable).findFirst().orElse(null);
        if (program == null) {
            String why = "nginx is not installed; what is tested behind it was not tested.";
            if ("true".equals(System.getenv("CI"))) {
                throw new IllegalStateException(why);
            }
            System.err.println("SKIPPED: " + why);
            return abort(why);
        }
        try {
            Path configuration = Files.writeString(folder.resolve("nginx.conf"), """
                    daemon off;
                    pid %1$s/nginx.pid;
                    error_log stderr;
                    events {}
                    http {
                      access_log off;
                      client_body_temp_path %1$s/body;
                      proxy_temp_path %1$s/proxy;
                      fastcgi_temp_path %1$s/fastcgi;
                      uwsgi_temp_path %1$s/uwsgi;
                      scgi_temp_path %1$s/scgi;
                      %2$s
                    }
                    """.formatted(folder, server));
            Path log = folder.resolve("nginx.log");
            Process process = new ProcessBuilder(
                            program.toString(), "-c", configuration.toString(), "-p", folder.toString(), "-e", "stderr")
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            Nginx nginx = new Nginx(process, address, http, log);
            Until.holds("nginx listens", nginx::listens);
            return nginx;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean listens() {
        if (!process.isAlive()) {
            throw new IllegalStateException("nginx did not start: " + log());
        }
        try (Socket ignored = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Where people reach Patter now, with a slash at its end. */
    URI address() {
        return address;
    }

    /** A client that trusts it. */
    HttpClient http() {
        return http;
    }

    /** What it complained of. */
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try (Stream<ProcessHandle> workers = process.descendants()) {
            List<ProcessHandle> all = workers.toList();
            process.destroy();
            process.onExit().join();
            all.forEach(ProcessHandle::destroy);
        }
    }
}
