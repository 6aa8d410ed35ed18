package app.patter.server;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * GlassFish, with a domain of its own for each Patter: a copy of one that was made, configured and given the WAR by its
 * command-line tool once for all tests. That tool also tells how it would start the domain, which is done here directly so
 * that a test can end that very process.
 */
final class GlassFish implements AppServer {

    private static final String DOMAIN = "patter";

    private static Path pattern;
    private static int patternPort;
    private static int patternAdminPort;
    private static List<String> command;

    @Override
    public ProcessBuilder process(Path folder, int port, String context) {
        prepare();
        Path domain = folder.resolve("glassfish").resolve(DOMAIN);
        Folders.copy(pattern, domain);
        Path configuration = domain.resolve("config").resolve("domain.xml");
        try {
            Folders.write(
                    configuration,
                    Files.readString(configuration)
                            .replace("port=\"" + patternPort + "\"", "port=\"" + port + "\"")
                            .replace("port=\"" + patternAdminPort + "\"", "port=\"" + PatterServer.freePort() + "\"")
                            .replace("context-root=\"/pattern\"", "context-root=\"" + context + "\""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ProcessBuilder(command.stream()
                .map(part -> part.replace(pattern.toString(), domain.toString()))
                .map(part -> part.startsWith("-Xmx") ? "-Xmx" + PatterServer.HEAP : part)
                .toList());
    }

    @Override
    public Path log(Path folder) {
        return folder.resolve("glassfish").resolve(DOMAIN).resolve("logs").resolve("server.log");
    }

    private static synchronized void prepare() {
        if (command != null) {
            return;
        }
        // Tests run in two processes, and a new domain has ports that every new domain has.
        try (FileChannel lock = FileChannel.open(AppServer.program().resolveSibling("lock"), CREATE, WRITE);
                FileLock ignored = lock.lock()) {
            Path domains = Files.createTempDirectory(AppServer.program().getParent(), "domains");
            Path made = domains.resolve(DOMAIN);
            int port = PatterServer.freePort();
            int admin = PatterServer.freePort();
            asadmin(
                    domains,
                    "create-domain",
                    "--nopassword=true",
                    "--checkports=false",
                    "--domaindir",
                    domains.toString(),
                    "--instanceport",
                    Integer.toString(port),
                    "--adminport",
                    Integer.toString(admin),
                    DOMAIN);
            asadmin(domains, "start-domain", "--domaindir", domains.toString(), DOMAIN);
            try {
                String remote = Integer.toString(admin);
                String script =
                        AppServer.files("glassfish").resolve("patter.asadmin").toString();
                asadmin(domains, "--port", remote, "multimode", "--file", script);
                String war = AppServer.war().toString();
                asadmin(domains, "--port", remote, "deploy", "--contextroot", "/pattern", war);
            } finally {
                asadmin(domains, "stop-domain", "--domaindir", domains.toString(), DOMAIN);
            }
            List<String> dump =
                    asadmin(domains, "start-domain", "--dry-run", "--domaindir", domains.toString(), DOMAIN);
            SharedPatter.delete(made.resolve("logs"));
            pattern = made;
            patternPort = port;
            patternAdminPort = admin;
            command = dump.subList(1, dump.size() - 1).stream()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> asadmin(Path folder, String... arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                AppServer.java(),
                "-jar",
                AppServer.program()
                        .resolve("glassfish/lib/client/appserver-cli.jar")
                        .toString()));
        Collections.addAll(line, arguments);
        Path output = Files.createTempFile("patter-asadmin", ".log");
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PATTER_"));
        builder.environment().put("PATTER_DATA", folder.resolve("data").toString());
        builder.environment().put("PATTER_DISCOVERY", "off");
        Process process = builder.start();
        try {
            boolean ended = process.waitFor(3, TimeUnit.MINUTES);
            List<String> said = Files.readAllLines(output);
            Files.delete(output);
            if (!ended || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException(line + " failed:\n" + String.join("\n", said));
            }
            return said;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
