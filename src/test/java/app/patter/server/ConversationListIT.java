package app.patter.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** However many conversations somebody has, each can be found. */
@ExtendWith(SharedPatter.class)
class ConversationListIT {

    private static final int CONVERSATIONS = 450;

    private static void insert(Person owner, int number, OffsetDateTime used) {
        Database database = SharedPatter.database();
        database.change(
                "insert into conversation (id, owner_id, title, revision, created, updated) values (?, ?, ?, 0, ?, ?)",
                UUID.randomUUID(),
                database.account(owner.name()),
                "Number " + number,
                used,
                used);
    }

    @Test
    void theListBesideAConversationLeadsToAllOfThem() {
        Person person = SharedPatter.person();
        OffsetDateTime newest = OffsetDateTime.of(2026, 1, 2, 3, 4, 5, 0, ZoneOffset.UTC);
        // Seven each were used at the same time, as after an import.
        IntStream.range(0, CONVERSATIONS).forEach(i -> insert(person, i, newest.minusSeconds(i / 7)));
        Document page = person.get("/").expect(200).html();
        assertEquals(200, page.select(".list a").size());
        List<String> found = new ArrayList<>();
        Element next = page.expectFirst(".side .more");
        while (next != null) {
            page = person.get(next.attr("href")).expect(200).html();
            found.addAll(page.select(".list a").eachText());
            next = page.selectFirst("a[rel=next]");
        }
        List<String> all = IntStream.range(0, CONVERSATIONS)
                .mapToObj(i -> "Number " + i)
                .sorted()
                .toList();
        assertEquals(all, found.stream().sorted().toList());
        List<Integer> groups = found.stream()
                .map(title -> Integer.parseInt(title.substring(7)) / 7)
                .toList();
        assertEquals(groups.stream().sorted().toList(), groups, "last used first");
    }

    @Test
    void fewConversationsNeedNoFurtherPage() {
        Person person = SharedPatter.person();
        insert(person, 1, OffsetDateTime.now(ZoneOffset.UTC));
        assertNull(person.get("/").expect(200).html().selectFirst(".side .more"));
        Document page = person.get("/conversations").expect(200).html();
        assertEquals(List.of("Number 1"), page.select(".list a").eachText());
        assertNull(page.selectFirst("a[rel=next]"));
    }

    @Test
    void aPlaceThatIsNoneIsNotFound() {
        Person person = SharedPatter.person();
        person.get("/conversations?behind=nowhere").expect(404);
        assertEquals(303, Person.stranger(person.base()).get("/conversations").status());
    }
}
