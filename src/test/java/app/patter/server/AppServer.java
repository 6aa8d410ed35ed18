package app.patter.server;

import java.nio.file.Path;

/** A kind of application server, started as its documentation says, with the files that the repository has for it. */
interface AppServer {

    /** The one that {@code -Dpatter.server} names: payara, wildfly, liberty or glassfish. */
    static AppServer chosen() {
        String name = System.getProperty("patter.server", "payara");
        return switch (name) {
            case "payara" -> new PayaraMicro();
            case "wildfly" -> new WildFly();
            case "liberty" -> new OpenLiberty();
            case "glassfish" -> new GlassFish();
            default ->
                throw new IllegalArgumentException(
                        "-Dpatter.server=" + name + ": give payara, wildfly, liberty or glassfish");
        };
    }

    /**
     * Prepares a process that runs the WAR until it is ended; its environment can still be added to.
     *
     * @param folder  for whatever the server writes; the same at each start of one Patter
     * @param context {@code /}, or a context path such as {@code /chat}
     */
    ProcessBuilder process(Path folder, int port, String context);

    /** The server's log, where it says more than what the server prints; need not exist. */
    default Path log(Path folder) {
        return folder.resolve("none");
    }

    /** Java as the tests run on it. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** The WAR under test. */
    static Path war() {
        return path("patter.test.war");
    }

    /** Where the build unpacked a server, or put its program. */
    static Path program() {
        return path("patter.test.program");
    }

    /** The files that the repository has for a server. */
    static Path files(String server) {
        return path("patter.test.servers").resolve(server);
    }

    private static Path path(String property) {
        String value = System.getProperty(property);
        if (value == null) {
            throw new IllegalStateException("Run this by ./mvnw verify, which sets " + property);
        }
        return Path.of(value);
    }
}
