package app.patter.account;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Names the browser of a login, so that people know their own again. Pure; what browsers say of themselves is no proof. */
final class Browsers {

    /** In this order, because most of them name others too. */
    private static final List<String> BROWSERS =
            List.of("Edg", "OPR", "SamsungBrowser", "Vivaldi", "FxiOS", "CriOS", "Firefox", "Chrome", "Safari");

    private static final List<String> SYSTEMS =
            List.of("iPhone", "iPad", "Android", "CrOS", "Windows", "Macintosh", "Linux", "FreeBSD", "OpenBSD");

    private Browsers() {}

    /** Its name and that of its system, as far as they are known; empty if neither is. */
    static String name(@Nullable String agent) {
        if (agent == null) {
            return "";
        }
        String browser = first(BROWSERS, agent);
        String system = first(SYSTEMS, agent);
        return switch (browser) {
                    case "Edg" -> "Edge";
                    case "OPR" -> "Opera";
                    case "FxiOS" -> "Firefox";
                    case "CriOS" -> "Chrome";
                    default -> browser;
                }
                + (browser.isEmpty() || system.isEmpty() ? "" : ", ")
                + (system.equals("Macintosh") ? "macOS" : system);
    }

    private static String first(List<String> names, String agent) {
        String lower = agent.toLowerCase(Locale.ROOT);
        return names.stream()
                .filter(name -> lower.contains(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElse("");
    }
}
