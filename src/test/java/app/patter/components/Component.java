package app.patter.components;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/** A library in the WAR, as Maven names it. */
record Component(String group, String artifact, String version) implements Comparable<Component> {

    private static final Pattern JAR = Pattern.compile("WEB-INF/lib/(.+?)-(\\d.*)\\.jar");
    private static final String MAVEN = "META-INF/maven/.+/pom\\.properties";

    /** All libraries in a WAR: its jars, and what was unpacked into its classes. */
    static List<Component> in(Path war) throws IOException {
        Properties groups = new Properties();
        try (InputStream file = Component.class.getResourceAsStream("/components/groups.properties")) {
            groups.load(file);
        }
        TreeSet<Component> found = new TreeSet<>();
        try (ZipFile zip = new ZipFile(war.toFile())) {
            for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
                ZipEntry entry = all.nextElement();
                Matcher jar = JAR.matcher(entry.getName());
                try (InputStream content = zip.getInputStream(entry)) {
                    if (jar.matches()) {
                        String artifact = jar.group(1);
                        found.add(
                                new Component(group(artifact, content.readAllBytes(), groups), artifact, jar.group(2)));
                    } else if (entry.getName().matches("WEB-INF/classes/" + MAVEN)) {
                        found.add(of(content));
                    }
                }
            }
        }
        return List.copyOf(found);
    }

    private static String group(String artifact, byte[] jar, Properties groups) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(jar))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().matches(MAVEN)) {
                    Component named = of(zip);
                    if (named.artifact().equals(artifact)) {
                        return named.group();
                    }
                }
            }
        }
        String known = groups.getProperty(artifact);
        if (known == null) {
            throw new UncheckedIOException(
                    new IOException(artifact + " does not tell its group; add it to groups.properties"));
        }
        return known;
    }

    private static Component of(InputStream properties) throws IOException {
        Properties values = new Properties();
        values.load(new ByteArrayInputStream(properties.readAllBytes()));
        return new Component(
                values.getProperty("groupId"), values.getProperty("artifactId"), values.getProperty("version"));
    }

    String name() {
        return group + ":" + artifact;
    }

    /** Its package URL. */
    String purl() {
        return "pkg:maven/" + group + "/" + artifact + "@" + version;
    }

    @Override
    public int compareTo(Component other) {
        return purl().compareTo(other.purl());
    }
}
