package app.patter.tool.builtin;

import app.patter.tool.ToolAnswer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Says what time it is. Pure. */
public final class Clock {

    public static final String SCHEMA = """
            {"type":"object","properties":{"zone":{"type":"string",\
            "description":"Time zone such as Europe/Berlin or UTC+02:00; UTC if it is left out"}}}""";

    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("EEEE, yyyy-MM-dd HH:mm:ss xxx", Locale.ENGLISH);

    private Clock() {}

    public static ToolAnswer at(Instant now, String zone) {
        try {
            ZoneId id = zone.isBlank() ? ZoneOffset.UTC : ZoneId.of(zone.strip());
            ZonedDateTime time = now.atZone(id);
            return ToolAnswer.text(FORMAT.format(time) + " (" + id + ")");
        } catch (DateTimeException e) {
            return ToolAnswer.failed("There is no time zone of this name. Names are those of the IANA database, such as"
                    + " Europe/Berlin.");
        }
    }
}
