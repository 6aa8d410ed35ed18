package app.patter.provider.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.chat.ChatMessage;
import app.patter.chat.Role;
import app.patter.provider.ChatRequest;
import app.patter.provider.Delta;
import app.patter.provider.Delta.Failed.Kind;
import app.patter.provider.LoopbackModel;
import app.patter.provider.Provider;
import app.patter.provider.Recorder;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DemoTest {

    private static final String LIGHTHOUSE = "The lighthouse of Hornsund was built in 1898 by the engineer Olga Brandt."
            + " It stands on a rock forty metres above the sea. Its first lamp burned paraffin and had to be filled"
            + " twice a night. In 1931 the keeper, Mr. Anders Lund, replaced it by an electric one. The tower was painted"
            + " red and white after a ship had taken it for a church. Today nobody lives there, and the light is switched"
            + " by a computer in Tromsø.";

    private static final List<Document> DOCUMENTATION = List.of(
            new Document(
                    "Streaming",
                    "# Streaming\n\nTokens arrive one by one.\n\n## Resume\n\nA page that reconnects sends the last"
                            + " revision it has seen. The server answers with everything after it. Nothing is lost when"
                            + " the network goes away.\n\n## Heartbeat\n\nA comment is sent every 15 seconds."),
            new Document(
                    "Settings",
                    "# Settings\n\nEvery setting is an environment variable.\n\n| Name | Meaning |\n|---|---|\n"
                            + "| `PATTER_URL` | Address under which people reach Patter |\n"
                            + "| `PATTER_DB_URL` | JDBC URL of PostgreSQL |\n\n## Start\n\nStart it with:\n\n"
                            + "```\n./mvnw\nopen http://localhost:8080/\n```\n"));

    private final ExecutorService executor = Executors.newFixedThreadPool(2);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void stop() {
        timer.shutdownNow();
        executor.shutdownNow();
    }

    private Demo demo(long wordsPerSecond) {
        return new Demo(() -> DOCUMENTATION, wordsPerSecond, executor, timer);
    }

    private Recorder ask(ChatMessage... messages) {
        Recorder recorder = new Recorder();
        demo(100_000).ask(new ChatRequest("demo", List.of(messages)), recorder);
        return recorder.ended();
    }

    private static ChatMessage user(String text) {
        return new ChatMessage(Role.USER, text);
    }

    private static ChatMessage assistant(String text) {
        return new ChatMessage(Role.ASSISTANT, text);
    }

    @Test
    void theRightSentenceOfAPastedTextIsQuotedInItsContext() {
        Recorder recorder = ask(user(LIGHTHOUSE), assistant("Ask."), user("Who replaced the lamp?"));
        assertTrue(recorder.text().contains("from the text you pasted in message 1:\n\n> "), recorder.text());
        assertTrue(recorder.text().contains("Mr. Anders Lund, replaced it by an electric one."), recorder.text());
        assertFalse(recorder.text().contains("Tromsø"), recorder.text());
        assertEquals(
                "Looking for: replaced, lamp.\n"
                        + "Searched 1 passage you pasted (6 sentences) and Patter's documentation (11 sentences).\n",
                recorder.reasoning().lines().limit(2).map(line -> line + "\n").reduce("", String::concat));
        assertTrue(recorder.reasoning().contains("Best match: “"), recorder.reasoning());
    }

    @Test
    void aQuestionInTheSameMessageAsTheTextIsToldApartFromIt() {
        for (String message : List.of(
                LIGHTHOUSE + "\n\nWhen was the lighthouse built?",
                "When was the lighthouse built?\n\n" + LIGHTHOUSE,
                LIGHTHOUSE + " When was the lighthouse built?",
                LIGHTHOUSE + "\nWhen was the lighthouse built?")) {
            Recorder recorder = ask(user(message));
            assertTrue(recorder.text().startsWith("The best match is from the text in your message:"), recorder.text());
            assertTrue(recorder.text().contains("built in 1898"), recorder.text());
            assertFalse(recorder.text().contains("When was"), recorder.text());
        }
    }

    @Test
    void documentationIsQuotedWithItsPageAndSection() {
        String text = ask(user("What happens when the network goes away?")).text();
        assertTrue(text.contains("from Patter documentation: Streaming › Resume:"), text);
        assertTrue(
                text.contains("> The server answers with everything after it. Nothing is lost when the network goes"
                        + " away."),
                text);
    }

    @Test
    void tablesAndCodeOfTheDocumentationAreQuotedToo() {
        assertTrue(ask(user("How do I set PostgreSQL?")).text().contains("> `PATTER_DB_URL` · JDBC URL of PostgreSQL"));
        String code = ask(user("start with mvnw")).text();
        assertTrue(code.contains("> Start it with:\n>\n> ```\n> ./mvnw\n> open http://localhost:8080/\n> ```"), code);
    }

    @Test
    void whereThereIsNothingTheDemoSaysSo() {
        String text = ask(user("What is the capital of Burkina Faso?")).text();
        assertTrue(text.startsWith("I found nothing about **capital Burkina Faso**"), text);
        assertTrue(text.contains("not a language model"), text);
        assertTrue(text.contains("PATTER_MODEL_URL"), text);
    }

    @Test
    void wordsThatNothingMentionsAreNamed() {
        String text = ask(user("Does the heartbeat comment need kryptonite?")).text();
        assertTrue(text.startsWith("Nothing mentions"), text);
        assertTrue(text.contains("kryptonite"), text);
        assertTrue(text.contains("A comment is sent every 15 seconds."), text);
    }

    @Test
    void aGreetingOrNothingAtAllGetsAnExplanation() {
        for (String message : List.of("Hi", "Hello!", "Guten Morgen", "", "  \n ", "???", "help", "👋")) {
            String text = ask(user(message)).text();
            assertTrue(text.startsWith("Hello! I am Patter's built-in demo"), message + ": " + text);
        }
    }

    @Test
    void aTextAloneIsAnsweredWithItsMostCentralSentences() {
        String text = ask(user(LIGHTHOUSE)).text();
        assertTrue(text.contains("say most about"), text);
        assertTrue(text.contains("> The lighthouse of Hornsund"), text);
        assertTrue(ask(user("Summarise this:\n\n" + LIGHTHOUSE)).text().contains("I cannot write a summary"));
    }

    @Test
    void otherLanguagesAreSearchedAsWell() {
        String german = "Die Mühle am Bach wurde 1743 errichtet. Der Müller mahlte dort Roggen und Weizen für das ganze"
                + " Dorf. Im Jahr 1902 zerstörte ein Hochwasser das Mühlrad. Seitdem steht das Gebäude leer. Kinder"
                + " spielen gern am Wehr.";
        String text = ask(user(german), assistant("?"), user("Wann haben Hochwässer das Mühlrad zerstört?"))
                .text();
        assertTrue(text.contains("Im Jahr 1902 zerstörte ein Hochwasser das Mühlrad."), text);
        String japanese = "灯台は1898年に建てられた。最初のランプは石油で燃えた。1931年に電気ランプに交換された。" + "今は誰も住んでいない。塔は赤と白に塗られている。";
        String answer = ask(user(japanese), assistant("?"), user("塔は何色ですか？")).text();
        assertTrue(answer.contains("塔は赤と白に塗られている。"), answer);
    }

    @Test
    void sentencesEndWhereAReaderWouldSay() {
        assertEquals(
                List.of("2. Dr. A. Lund came.", "He asked for /c?after=3 and left!", "Why, e.g. at 5 p.m. sharp?"),
                SourceText.sentencesOf(
                        "2. Dr. A. Lund came. He asked for /c?after=3 and left! Why, e.g. at 5 p.m. sharp?"));
        assertEquals(List.of("一つ。", "二つ！", "三つ"), SourceText.sentencesOf("一つ。二つ！三つ"));
    }

    @Test
    void anAnswerCutAnywhereIsGoneOnWithWithoutASeam() {
        ChatMessage[] question = {user(LIGHTHOUSE), assistant("Ask."), user("Who built the lighthouse?")};
        String whole = ask(question).text();
        for (int cut = 1; cut <= whole.length(); cut += 7) {
            Recorder rest = ask(question[0], question[1], question[2], assistant(whole.substring(0, cut)));
            assertEquals(whole, whole.substring(0, cut) + rest.text());
            assertEquals("", rest.reasoning());
        }
        assertEquals(
                List.of(new Delta.Finished("stop")),
                ask(question[0], question[1], question[2], assistant(whole)).deltas());
    }

    @Test
    void theTextOfAnotherModelIsNotPretendedToBeItsOwn() {
        String text = ask(user("What is the heartbeat?"), assistant("As a large lang"))
                .text();
        assertTrue(text.startsWith("\n\nThis text was begun by a language model"), text);
        assertTrue(text.contains("15 seconds"), text);
    }

    @Test
    void theAnswerComesWordByWordAndNeverFasterThanThePace() {
        Recorder recorder = new Recorder();
        long start = System.nanoTime();
        demo(400).ask(new ChatRequest("demo", List.of(user("What is the heartbeat?"))), recorder);
        int tokens = recorder.ended().deltas().size() - 1;
        long millis = (System.nanoTime() - start) / 1_000_000;
        assertTrue(tokens > 25, tokens + " tokens");
        assertTrue(millis >= (tokens - 1) * 1000L / 400, millis + " ms for " + tokens);
    }

    @Test
    void tokensAreWordsWithTheBlanksBeforeThem() {
        assertEquals(List.of("a", " bc", "\n\n>", " d", " "), Demo.tokens("a bc\n\n> d "));
        assertEquals(List.of("\n\nx"), Demo.tokens("\n\nx"));
        assertEquals(List.of(), Demo.tokens(""));
    }

    @Test
    void itStopsAtOnceAndSaysSoOnce() {
        Recorder recorder = new Recorder();
        Provider.Call call = demo(20).ask(new ChatRequest("demo", List.of(user("What is the heartbeat?"))), recorder);
        LoopbackModel.await("the first token", () -> !recorder.deltas().isEmpty());
        call.cancel();
        call.cancel();
        assertEquals(Kind.CANCELLED, recorder.failed().kind());
        assertTrue(recorder.deltas().size() < 10);
    }

    @Test
    void itWaitsForAReceiverThatIsFull() {
        AtomicReference<Runnable> held = new AtomicReference<>();
        AtomicReference<Boolean> full = new AtomicReference<>(true);
        Recorder recorder = new Recorder() {
            @Override
            public void whenReady(Runnable next) {
                if (full.get()) {
                    held.set(next);
                } else {
                    next.run();
                }
            }
        };
        demo(100_000).ask(new ChatRequest("demo", List.of(user("What is the heartbeat?"))), recorder);
        LoopbackModel.await("the first step", () -> held.get() != null);
        assertFalse(recorder.hasEnded());
        full.set(false);
        held.get().run();
        assertEquals(
                ask(user("What is the heartbeat?")).text(), recorder.ended().text());
    }

    @Test
    void aMegabyteIsSearched() {
        String text = (LIGHTHOUSE + "\n\n").repeat(2_000) + "The secret word is xylophone.\n\nWhat is the secret word?";
        assertTrue(ask(user(text)).text().contains("xylophone"));
    }
}
