package app.patter.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import app.patter.chat.TokenUsage;
import app.patter.conversation.GenerationTicket;
import app.patter.conversation.Message;
import app.patter.conversation.MessageState;
import app.patter.conversation.SegmentKind;
import app.patter.conversation.SegmentRow;
import jakarta.persistence.Column;
import jakarta.persistence.NamedQuery;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The normal save and the one at shutdown write the same columns. */
class SaveColumnsTest {

    private static final Pattern ASSIGNED = Pattern.compile("\\bm?s?\\.([\\w.]+) = :(\\w+)");

    private final Snapshot change = change();
    private final SegmentWrite write = change.segments().get(0);

    private static Snapshot change() {
        AnswerBuffer buffer = new AnswerBuffer(
                new GenerationTicket(
                        UUID.randomUUID(),
                        UUID.randomUUID(),
                        2,
                        1,
                        "m",
                        0,
                        null,
                        -1,
                        0,
                        new TokenUsage(1, 2, 3, 4, null)),
                100,
                MonotonicClock.fromNow(),
                changed -> {},
                urgent -> {});
        buffer.append(SegmentKind.TEXT, "text");
        buffer.end(Completion.plain(MessageState.DONE));
        return buffer.take();
    }

    @Test
    void anEndWritesTheColumnsThatJpaSets() throws Exception {
        Map<String, Object> columns = new LinkedHashMap<>();
        SaveColumns.ofEnd(change, change.end(), 7, columns::put);
        assertEquals(List.copyOf(columns.keySet()), assigned(Message.class, Message.END));
    }

    @Test
    void aRowThatGrowsWritesTheColumnsThatJpaSets() throws Exception {
        Map<String, Object> columns = new LinkedHashMap<>();
        SaveColumns.ofGrown(write, 7, columns::put);
        assertEquals(List.copyOf(columns.keySet()), assigned(SegmentRow.class, SegmentRow.GROW));
    }

    @Test
    void aNewRowHasTheColumnsAndValuesOfItsEntity() throws Exception {
        Map<String, Object> columns = new TreeMap<>();
        SaveColumns.ofNew(change.message(), write, 7, columns::put);
        SegmentRow row = SaveTransaction.row(change.message(), write, 7);
        Map<String, Object> entity = new TreeMap<>();
        for (Field field : SegmentRow.class.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers())) {
                field.setAccessible(true);
                entity.put(column(field), field.get(row));
            }
        }
        assertEquals(entity, columns);
    }

    /** A field of an entity, perhaps of what is embedded in it. */
    private static Field field(Class<?> entity, String path) throws NoSuchFieldException {
        int dot = path.indexOf('.');
        return dot < 0
                ? declared(entity, path)
                : field(declared(entity, path.substring(0, dot)).getType(), path.substring(dot + 1));
    }

    /** The columns that a named query assigns; each must come from the parameter of the same name. */
    private static List<String> assigned(Class<?> entity, String name) throws NoSuchFieldException {
        String query = Stream.of(entity.getAnnotationsByType(NamedQuery.class))
                .filter(named -> named.name().equals(name))
                .findFirst()
                .orElseThrow()
                .query();
        Matcher assignment = ASSIGNED.matcher(query.substring(0, query.indexOf(" where ")));
        List<String> columns = new ArrayList<>();
        while (assignment.find()) {
            String column = column(field(entity, assignment.group(1)));
            assertEquals(column, assignment.group(2), "the parameter for " + column);
            columns.add(column);
        }
        return columns;
    }

    /** A field of its own, or of a superclass that is mapped with it. */
    private static Field declared(Class<?> entity, String name) throws NoSuchFieldException {
        for (Class<?> type = entity; type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    return field;
                }
            }
        }
        throw new NoSuchFieldException(name);
    }

    private static String column(Field field) {
        Column column = field.getAnnotation(Column.class);
        String name = column == null ? "" : column.name();
        return name.isEmpty() ? field.getName() : name;
    }
}
