package app.patter.server;

import java.nio.file.Path;

/**
 * WildFly, with a base folder of its own for each Patter. Its start script runs Java as a child; here Java is started as
 * the script does it, so that a test can end that very process.
 */
final class WildFly implements AppServer {

    @Override
    public ProcessBuilder process(Path folder, int port, String context) {
        Path home = AppServer.program();
        Path base = folder.resolve("wildfly");
        Folders.copy(home.resolve("standalone"), base);
        String name = context.equals("/") ? "ROOT" : context.substring(1);
        Folders.put(AppServer.war(), base.resolve("deployments").resolve(name + ".war"));
        return new ProcessBuilder(
                AppServer.java(),
                "-Xmx" + PatterServer.HEAP,
                "-Djava.net.preferIPv4Stack=true",
                "-Djboss.modules.system.pkgs=org.jboss.byteman",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
                "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                "-Djboss.home.dir=" + home,
                "-Djboss.server.base.dir=" + base,
                "-Djboss.http.port=" + port,
                "-Djboss.https.port=" + PatterServer.freePort(),
                "-Djboss.management.http.port=" + PatterServer.freePort(),
                "-jar",
                home.resolve("jboss-modules.jar").toString(),
                "-mp",
                home.resolve("modules").toString(),
                "org.jboss.as.standalone",
                "-y=" + AppServer.files("wildfly").resolve("patter.yml"));
    }
}
