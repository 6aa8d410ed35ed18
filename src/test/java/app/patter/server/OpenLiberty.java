package app.patter.server;

import java.nio.file.Path;

/** Open Liberty, with a user folder of its own for each Patter. Its script becomes Java's process. */
final class OpenLiberty implements AppServer {

    @Override
    public ProcessBuilder process(Path folder, int port, String context) {
        Path user = folder.resolve("liberty");
        Path server = user.resolve("servers").resolve("patter");
        Folders.put(AppServer.files("liberty").resolve("server.xml"), server.resolve("server.xml"));
        Folders.put(AppServer.war(), server.resolve("apps").resolve("patter.war"));
        Folders.write(server.resolve("jvm.options"), "-Xmx" + PatterServer.HEAP + "\n");
        Folders.write(server.resolve("bootstrap.properties"), "http.port=" + port + "\ncontext.root=" + context + "\n");
        ProcessBuilder builder = new ProcessBuilder(
                "sh", AppServer.program().resolve("bin").resolve("server").toString(), "run", "patter");
        builder.environment().put("WLP_USER_DIR", user.toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder;
    }

    /** What Liberty prints has warnings and errors only. */
    @Override
    public Path log(Path folder) {
        return folder.resolve("liberty")
                .resolve("servers")
                .resolve("patter")
                .resolve("logs")
                .resolve("messages.log");
    }
}
