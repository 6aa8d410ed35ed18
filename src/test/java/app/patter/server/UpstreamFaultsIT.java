package app.patter.server;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.provider.LoopbackModel;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever a model server does: one end, the text that came is kept, and the page says what to do. */
@ExtendWith(SharedPatter.class)
class UpstreamFaultsIT {

    private static Person person;

    @BeforeAll
    static void logIn() {
        person = SharedPatter.person();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    error-401    | ''              | key
                    error-429    | ''              | 7 s
                    error-500    | ''              | Try again
                    cut          | It was cut_     | Continue
                    reset        | It was reset_   | Continue
                    stall        | It stalls_      | PATTER_PROVIDER_IDLE
                    never-answer | ''              | PATTER_PROVIDER_IDLE
                    error-inside | It goes_        | upstream exploded
                    unknown      | ''              | model
                    """)
    void aFaultHasOneEndKeepsTheTextAndSaysWhatToDo(String fault, String text, String advice) {
        String kept = text.replace('_', ' ');
        Talk talk = person.begin("Show me [" + fault + "]", SharedPatter.AS_ASKED);
        try (EventReader reader = talk.follow().connect()) {
            reader.awaitEnd(2);
            Database.Row answer = SharedPatter.database().last(talk.id());
            assertAll(
                    fault,
                    () -> assertEquals("FAILED", answer.state()),
                    () -> assertTrue(answer.ended(), "has a time of its end"),
                    () -> assertEquals(kept, SharedPatter.database().text(talk.id(), 2)),
                    () -> assertEquals(SharedPatter.database().shown(talk.id()), talk.shown()),
                    () -> assertEquals(SharedPatter.database().shown(talk.id()), reader.shown()),
                    () -> assertTrue(answer.problem().contains(advice), answer.problem()),
                    () -> assertEquals(
                            answer.problem(), talk.page().select("#f2 .problem").text()),
                    () -> assertEquals(
                            answer.problem(), reader.text("f2").replaceFirst(" ?(Continue )?Try again$", "")),
                    () -> assertEquals(0, changesAfterEnd(reader, 2), "ends once"));
        }
    }

    /** How often the state changed after the message had ended, as the reader saw it. */
    private static long changesAfterEnd(EventReader reader, long sequence) {
        List<String> states = reader.frames().stream()
                .map(frame -> frame.shown().states().get(sequence))
                .dropWhile(state -> state == null || Shown.active(state))
                .toList();
        return states.stream()
                .skip(1)
                .filter(state -> !state.equals(states.get(0)))
                .count();
    }

    @Test
    void oneBadLineDoesNotEndAnAnswerAndIsTold() {
        Talk talk = person.begin("Show me [garbage]", SharedPatter.AS_ASKED);
        try (EventReader reader = talk.follow().connect()) {
            reader.awaitEnd(2);
            Database.Row answer = SharedPatter.database().last(talk.id());
            assertEquals("DONE", answer.state());
            assertEquals("It never shown", SharedPatter.database().text(talk.id(), 2));
            assertTrue(answer.problem().contains("a piece of it may be missing"), answer.problem());
            assertEquals(answer.problem(), talk.page().select("#f2 .problem").text());
            assertTrue(reader.text("f2").contains(answer.problem()), reader.text("f2"));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    no-finish    | 'No finish'
                    no-done      | 'No done'
                    split-utf8   | 'Grüße, 世界 🌍!'
                    surrogates   | 'globe 🌍 and half \uFFFD!'
                    blank-tokens | 'a \\n\\n  b\\t\\r\\nc'
                    empty-tokens | 'ab'
                    """)
    void oddTokensAreKeptAsTheyAre(String script, String escaped) {
        String text = escaped.replace("\\n", "\n").replace("\\t", "\t").replace("\\r", "\r");
        Talk talk = person.begin("Show me [" + script + "]", SharedPatter.AS_ASKED);
        try (EventReader reader = talk.follow().connect()) {
            reader.awaitEnd(2);
            Database.Row answer = SharedPatter.database().last(talk.id());
            assertEquals("DONE", answer.state());
            assertNull(answer.problem());
            assertEquals(text, SharedPatter.database().text(talk.id(), 2));
            assertEquals(SharedPatter.database().shown(talk.id()), talk.shown());
            assertEquals(SharedPatter.database().shown(talk.id()), reader.shown());
        }
    }

    @Test
    void reasoningIsARunOfItsOwnBeforeTheAnswer() {
        Talk talk = person.begin("Show me [reasoning]", SharedPatter.AS_ASKED);
        try (EventReader reader = talk.follow().connect()) {
            reader.awaitEnd(2);
            Shown saved = SharedPatter.database().shown(talk.id());
            assertEquals("First I think.\nThen I answer.", saved.text("r2-0"));
            assertEquals("The answer.", saved.text("r2-1"));
            assertEquals("done", saved.states().get(2L));
            assertEquals(saved, reader.shown());
            assertEquals(saved, talk.shown());
            assertTrue(
                    talk.page().select("#t2-0").text().matches("Thought for \\d+(\\.\\d)? s"),
                    talk.page().select("#t2-0").text());
            assertEquals(talk.page().select("#t2-0").text(), reader.text("t2-0"));
        }
    }

    @Test
    void anEmptyAnswerIsAFailureThatSaysSo() {
        SharedPatter.model()
                .script("wordless", answer -> answer.stream().finish("stop").done());
        Talk talk = person.begin("Show me [wordless]", SharedPatter.AS_ASKED);
        try (EventReader reader = talk.follow().connect()) {
            reader.awaitEnd(2);
            Database.Row answer = SharedPatter.database().last(talk.id());
            assertEquals("FAILED", answer.state());
            assertTrue(answer.problem().contains("without writing anything"), answer.problem());
        }
    }

    @Test
    void tryAgainAsksForAnotherAnswerAndKeepsTheFailedOne() {
        SharedPatter.model().script("second-time", firstThen("cut", "words-3-at-100"));
        Talk talk = person.begin("Show me [second-time]", SharedPatter.AS_ASKED);
        try (EventReader reader = talk.follow().connect()) {
            reader.awaitEnd(2);
            UUID failed = talk.last();
            assertTrue(buttons(talk).contains("Try again"));
            talk.press(failed, "retry").expect(204);
            reader.awaitEnd(3);

            List<Database.Row> rows = SharedPatter.database().messages(talk.id());
            assertEquals(
                    List.of("DONE", "FAILED", "DONE"),
                    rows.stream().map(Database.Row::state).toList());
            assertEquals("word1 word2 word3", talk.shown().text(3));
            assertFalse(talk.shown().states().containsKey(2L), "the failed answer is on another branch");
            assertEquals(talk.shown(), reader.shown());
            Shown branch = Shown.of(
                    talk.person().get(talk.path() + "?m=" + failed).expect(200).html());
            assertEquals("It was cut", branch.text(2));
        }
    }

    @Test
    void continueGoesOnFromTheSavedText() {
        SharedPatter.model().script("cut-once", firstThen("cut", "words-3-at-100"));
        Talk talk = person.begin("Show me [cut-once]", SharedPatter.AS_ASKED);
        try (EventReader reader = talk.follow().connect()) {
            reader.awaitEnd(2);
            assertTrue(buttons(talk).contains("Continue"));
            long failed = reader.position();
            talk.press(talk.last(), "continuation").expect(204);
            Until.holds(
                    "continues and ends",
                    () -> reader.position() > failed && !reader.shown().active());

            Shown saved = SharedPatter.database().shown(talk.id());
            assertEquals("done", saved.states().get(2L));
            assertEquals(
                    "It was cut word1 word2 word3 ", SharedPatter.database().text(talk.id(), 2));
            assertEquals(saved, reader.shown());
            assertEquals(saved, talk.shown());
            assertEquals("", talk.page().select("#f2 .problem").text());
            List<LoopbackModel.Request> asked = SharedPatter.model().requests().stream()
                    .filter(request -> request.body().contains("[cut-once]"))
                    .toList();
            assertTrue(asked.get(asked.size() - 1).body().contains("It was cut "), "the model gets what was saved");
        }
    }

    private static List<String> buttons(Talk talk) {
        return talk.page().select("#f2 button").stream().map(Element::text).toList();
    }

    /** Plays one script the first time and another one afterwards. */
    private static LoopbackModel.Script firstThen(String first, String then) {
        AtomicInteger times = new AtomicInteger();
        return answer -> SharedPatter.model().play(times.getAndIncrement() == 0 ? first : then, answer);
    }
}
