package app.patter.conversation;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole typed run of text: a segment and the segments that continue it.
 *
 * @param ordinal ordinal of its first row
 * @param began   when its first character was saved
 * @param lasted  time between its first and last character; null while it can still grow
 */
public record Segment(
        int ordinal,
        SegmentKind kind,
        String text,
        OffsetDateTime began,
        @Nullable Duration lasted) {

    /** Joins the rows of one message, given in order. */
    public static List<Segment> of(List<SegmentRow> rows) {
        List<Segment> segments = new ArrayList<>();
        for (int start = 0, end; start < rows.size(); start = end) {
            StringBuilder text = new StringBuilder(rows.get(start).text());
            for (end = start + 1; end < rows.size() && rows.get(end).continues(); end++) {
                text.append(rows.get(end).text());
            }
            SegmentRow first = rows.get(start);
            OffsetDateTime closed = rows.get(end - 1).closed();
            Duration lasted = closed == null ? null : Duration.between(first.created(), closed);
            segments.add(new Segment(first.ordinal(), first.kind(), text.toString(), first.created(), lasted));
        }
        return segments;
    }
}
