package app.patter.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DomIdsTest {

    @Test
    void noTwoElementsOfAPageHaveTheSameId() {
        List<String> all = List.of(
                DomIds.message(1),
                DomIds.head(1),
                DomIds.body(1),
                DomIds.foot(1),
                DomIds.text(1, 11),
                DomIds.text(11, 1),
                DomIds.title(1, 11),
                DomIds.fold(1, 11),
                DomIds.call(1, 11),
                DomIds.message(11));
        assertEquals(all.size(), new HashSet<>(all).size());
    }

    @Test
    void aPageFindsItsElementsByTheIdsOfItsView() {
        MessageView.SegmentView run = new MessageView.SegmentView(7, 2, "text", false, "", "<p>hello</p>", null);
        assertEquals(
                Set.of(DomIds.text(7, 2), DomIds.title(7, 2), DomIds.fold(7, 2)),
                Set.of(run.id(), run.titleId(), run.foldId()));
    }
}
