package app.patter.server;

import java.nio.file.Files;
import java.nio.file.Path;

/** Payara Micro: one file with everything in it. */
final class PayaraMicro implements AppServer {

    @Override
    public ProcessBuilder process(Path folder, int port, String context) {
        Path own = folder.resolve("pre-boot.asadmin"); // for a test that wants Payara as it is shipped
        Path commands =
                Files.exists(own) ? own : AppServer.files("../payara-config").resolve("pre-boot.asadmin");
        return new ProcessBuilder(
                AppServer.java(),
                "-Xmx" + PatterServer.HEAP,
                "-jar",
                AppServer.program().toString(),
                "--deploy",
                AppServer.war().toString(),
                "--contextroot",
                context,
                "--port",
                Integer.toString(port),
                "--prebootcommandfile",
                commands.toString(),
                "--logproperties",
                AppServer.files("../payara-config")
                        .resolve("logging.properties")
                        .toString(),
                "--nohazelcast",
                "--disablephonehome");
    }
}
