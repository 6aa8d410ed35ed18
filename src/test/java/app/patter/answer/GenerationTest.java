package app.patter.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.answer.FakePort.Asked;
import app.patter.chat.ToolCall;
import app.patter.chat.ToolResult;
import app.patter.chat.ToolSpec;
import app.patter.conversation.GenerationTicket;
import app.patter.conversation.MessageState;
import app.patter.conversation.ModelCall;
import app.patter.conversation.Segment;
import app.patter.journal.AnswerBuffer;
import app.patter.journal.AnswerBuffers;
import app.patter.journal.Completion;
import app.patter.provider.Delta;
import app.patter.provider.Ending;
import app.patter.text.BaseText;
import app.patter.text.Messages;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GenerationTest {

    private static final int MOST_ROUNDS = 2;

    private final AnswerBuffers buffers = AnswerBuffers.saving(
            new GenerationTicket(UUID.randomUUID(), UUID.randomUUID(), 2, 1, "a/x", 0, null, -1, 0, null));
    private final AnswerBuffer buffer = buffers.draft();
    private final FakePort port = new FakePort();

    /** What is to happen later, in order. */
    private final Deque<Runnable> later = new ArrayDeque<>();

    private final Generation generation = generation((pause, work) -> later.add(work));

    private Generation generation(Scheduler scheduler) {
        RetryPolicy retries = new RetryPolicy(List.of("a/x", "b/y"), 1, () -> 0);
        GenerationMeters meters = new GenerationMeters(new SimpleMeterRegistry());
        return new Generation(buffer, retries, port, MOST_ROUNDS, scheduler, meters);
    }

    @Test
    void anAnswerThatIsFinishedIsDone() {
        generation.ask();
        port.last().says(new Delta.Reasoning("Hm."), new Delta.Text("Yes."), new Delta.Finished("stop"));
        assertEquals(MessageState.DONE, end().state());
        assertEquals("stop", end().finish());
        assertEquals(List.of("Hm.", "Yes."), texts());
    }

    @Test
    void aModelThatWritesNothingHasFailed() {
        generation.ask();
        port.last().says(new Delta.Finished("stop"));
        assertEquals(MessageState.FAILED, end().state());
        assertEquals(1, port.asked.size());
    }

    @Test
    void reasoningAloneIsNoAnswer() {
        generation.ask();
        port.last().says(new Delta.Reasoning("Hm."), new Delta.Text(" \n"), new Delta.Finished("stop"));
        assertEquals(MessageState.FAILED, end().state());
        assertTrue(problem().contains("only reasoned"), problem());
    }

    @Test
    void textThatTurnsOutToBeReasoningIsCalledSo() {
        generation.ask();
        port.last().says(new Delta.Text("Hm."), new Delta.TextWasReasoning(), new Delta.Text("Yes."));
        port.last().says(new Delta.Finished("stop"));
        assertEquals(MessageState.DONE, end().state());
        assertEquals(3, texts().size());
        assertTrue(texts().get(1).contains("reasoning"), texts().toString());
    }

    @Test
    void textThatTurnsOutToBeReasoningIsNoAnswer() {
        generation.ask();
        port.last().says(new Delta.Text("Hm."), new Delta.TextWasReasoning(), new Delta.Finished("stop"));
        assertEquals(MessageState.FAILED, end().state());
        assertTrue(problem().contains("only reasoned"), problem());
    }

    @ParameterizedTest
    @CsvSource({
        "content_filter,A filter of the provider",
        "refusal,does not want to",
        "RECITATION,protected text",
        "model_context_window_exceeded,all that the model can read",
        "out_of_ink,“out_of_ink”"
    })
    void endsThatAreNotNormalAreDoneWithASentence(String reason, String saying) {
        generation.ask();
        port.last().says(new Delta.Text("Yes"), new Delta.Finished(reason));
        assertEquals(MessageState.DONE, end().state());
        assertEquals(reason, end().finish());
        assertTrue(problem().contains(saying), problem());
    }

    @Test
    void aFilterThatLetsNothingThroughIsTold() {
        generation.ask();
        port.last().says(new Delta.Finished("SAFETY"));
        assertEquals(MessageState.FAILED, end().state());
        assertTrue(problem().contains("A filter of the provider"), problem());
    }

    @ParameterizedTest
    @ValueSource(strings = {"length", "max_output_tokens", "MAX_TOKENS"})
    void anAnswerThatGrewTooLongHasOneWordForIt(String reason) {
        generation.ask();
        port.last().says(new Delta.Text("Yes"), new Delta.Finished(reason));
        assertEquals(MessageState.DONE, end().state());
        assertEquals("length", end().finish());
        assertNull(end().error());
    }

    @Test
    void aPausedAnswerMayBeContinued() {
        generation.ask();
        port.last().says(new Delta.Text("Yes"), new Delta.Finished("pause_turn"));
        assertEquals(MessageState.DONE, end().state());
        assertEquals("pause", end().finish());
        assertTrue(problem().contains("Continue"), problem());
    }

    @Test
    void aGapIsTold() {
        generation.ask();
        port.last().says(new Delta.Text("Yes"), new Delta.Finished("stop", Ending.GAP));
        assertEquals(MessageState.DONE, end().state());
        assertTrue(problem().contains("missing"), problem());
    }

    @Test
    void aModelThatFailsBeforeItWritesIsAskedAgain() {
        generation.ask();
        port.last().says(failed(true));
        assertNull(buffer.completion());
        runLater();
        port.last().says(new Delta.Text("Yes."), new Delta.Finished("stop"));
        assertEquals(List.of("a/x", "a/x"), models());
        assertEquals(MessageState.DONE, end().state());
    }

    @Test
    void anotherModelAnswersWhereAskingAgainIsOfNoUse() {
        generation.ask();
        port.last().says(failed(false));
        runLater();
        assertEquals(List.of("a/x", "b/y"), models());
        assertEquals("b/y", buffer.ticket().model());
        port.last().says(new Delta.Text("Yes."), new Delta.Finished("stop"));
        assertEquals(MessageState.DONE, end().state());
    }

    @Test
    void afterTheLastTryPeopleAreToldHowMany() {
        generation.ask();
        for (int tries = 0; tries < 4; tries++) {
            port.last().says(failed(true));
            runLater();
        }
        assertEquals(List.of("a/x", "a/x", "b/y", "b/y"), models());
        assertEquals(MessageState.FAILED, end().state());
        assertTrue(problem().contains("4 times"), problem());
    }

    @Test
    void theOnlyTryIsNotCounted() {
        generation.ask();
        port.last().says(failed(false));
        runLater();
        port.last().says(new Delta.Text("Yes"), failed(true));
        assertFalse(problem().contains("times"), problem());
    }

    @Test
    void whatAModelHasWrittenIsKeptWhenItFails() {
        generation.ask();
        port.last().says(new Delta.Text("Yes, bu"), failed(true));
        runLater();
        assertEquals(1, port.asked.size());
        assertEquals(MessageState.FAILED, end().state());
        assertEquals(List.of("Yes, bu"), texts());
    }

    @Test
    void theProvidersNameForAFailedCallIsTold() {
        generation.ask();
        port.last().says(new Delta.RequestId("r-77"), new Delta.Text("Y"), failed(false));
        assertTrue(problem().contains("r-77"), problem());
    }

    @Test
    void stopKeepsTheTextAndClosesTheConnection() {
        generation.ask();
        port.last().says(new Delta.Text("Yes, bu"));
        generation.stop(MessageState.STOPPED);
        assertTrue(port.last().cancelled);
        port.last().says(cancelled());
        assertEquals(MessageState.STOPPED, end().state());
        assertEquals(List.of("Yes, bu"), texts());
    }

    @Test
    void aConnectionThatIsMadeWhileSomebodyStopsIsClosed() {
        port.meanwhile = ask -> generation.stop(MessageState.STOPPED);
        generation.ask();
        assertTrue(port.last().cancelled);
    }

    @Test
    void nothingIsAskedAgainAfterStop() {
        generation.ask();
        port.last().says(failed(true));
        generation.stop(MessageState.STOPPED);
        runLater();
        assertEquals(1, port.asked.size());
        assertEquals(MessageState.STOPPED, end().state());
    }

    /** A model may fail, and be asked again, before the first question has returned its connection. */
    @Test
    void stopClosesTheNewestConnectionWhicheverCameLast() {
        Generation hasty = generation((pause, work) -> work.run());
        port.meanwhile = ask -> {
            if (port.asked.size() == 1) {
                ask.says(failed(true));
            }
        };
        hasty.ask();
        assertEquals(2, port.asked.size());
        hasty.stop(MessageState.STOPPED);
        assertTrue(port.last().cancelled);
    }

    @Test
    void whoeverTakesTheAnswerOverClosesTheConnection() {
        generation.ask();
        buffers.refuse();
        assertTrue(port.last().cancelled);
    }

    @Test
    void toolsAreRunAndTheModelIsAskedAgain() {
        generation.ask();
        calls("c1");
        runLater();
        assertEquals(2, port.asked.size());
        assertEquals("42", rounds().get(0).results().get("c1").text());
        port.last().says(new Delta.Text("It is 42."), new Delta.Finished("stop"));
        assertEquals(MessageState.DONE, end().state());
        assertEquals("It is 42.", rounds().get(1).text());
    }

    @Test
    void theModelMayBeSilentAfterItsTools() {
        generation.ask();
        calls("c1");
        runLater();
        port.last().says(new Delta.Finished("stop"));
        assertEquals(MessageState.DONE, end().state());
    }

    @Test
    void whoCallsToolsTooOftenNeedsAPerson() {
        generation.ask();
        calls("c1");
        runLater();
        calls("c2");
        runLater();
        assertEquals(2, port.asked.size());
        assertEquals(MessageState.FAILED, end().state());
        assertTrue(problem().contains("2 times"), problem());
    }

    @Test
    void callsThatAnAgentHasMadeAreNotMadeAgain() {
        generation.ask();
        port.last()
                .says(
                        new Delta.ToolStarted("c1", "tool"),
                        new Delta.ToolReady(new ToolCall("c1", "tool", "{}")),
                        new Delta.ToolAnswered(new ToolResult("c1", "tool", "41", false)),
                        new Delta.Finished("stop"));
        runLater();
        assertEquals(1, port.asked.size());
        assertEquals("41", rounds().get(0).results().get("c1").text());
        assertEquals(MessageState.DONE, end().state());
    }

    @Test
    void aModelThatRefusesToolsIsAskedWithoutThem() {
        generation.ask();
        assertEquals(List.of(FakePort.TOOL), port.last().tools);
        port.last().says(aboutTools());
        runLater();
        assertEquals(List.of("a/x", "a/x"), models());
        assertEquals(List.of(), port.last().tools);
    }

    @Test
    void onlyTheToolThatAProviderRefusesIsLeftOutAndNamed() {
        ToolSpec odd = new ToolSpec("odd", "", "{}");
        port.offers.put("odd", FakePort.tool(odd));
        generation.ask();
        assertEquals(List.of(FakePort.TOOL, odd), port.last().tools);
        port.last().says(refused("Invalid schema for function 'odd': no items"));
        runLater();
        assertEquals(List.of("a/x", "a/x"), models());
        assertEquals(List.of(FakePort.TOOL), port.last().tools);
        port.last().says(new Delta.Text("Yes."), new Delta.Finished("stop"));
        assertEquals(MessageState.DONE, end().state());
        assertEquals("Yes.", texts().get(1));
        assertTrue(texts().get(0).contains("“ODD”"), texts().toString());
        assertFalse(texts().get(0).contains("“TOOL”"), texts().toString());
    }

    @Test
    void whereNobodyKnowsWhichSchemaIsWrongAllToolsAreLeftOutAndNamed() {
        generation.ask();
        port.last().says(refused("JSON schema conversion failed"));
        runLater();
        assertEquals(List.of(), port.last().tools);
        port.last().says(new Delta.Text("Yes."), new Delta.Finished("stop"));
        assertTrue(texts().get(0).contains("“TOOL”"), texts().toString());
    }

    @Test
    void callsWithoutAResultComeBeforeTheModelIsAsked() {
        ToolCall call = new ToolCall("c1", "tool", "{}");
        port.told = new PromptBuilder.Told(List.of(), List.of(call), Set.of("c1"), Set.of("c1"));
        generation.ask();
        assertEquals(0, port.asked.size());
        port.told = PromptBuilder.Told.NOTHING;
        runLater();
        assertEquals(1, port.asked.size());
    }

    @Test
    void aConversationThatCannotBeReadEndsTheAnswer() {
        port.unreadable = new IllegalStateException("no database");
        generation.ask();
        assertEquals(MessageState.FAILED, end().state());
        assertFalse(problem().contains("no database"), problem());
    }

    private void calls(String id) {
        port.last()
                .says(
                        new Delta.ToolStarted(id, "tool"),
                        new Delta.ToolReady(new ToolCall(id, "tool", "{}")),
                        new Delta.Finished("tool_calls"));
    }

    private static Delta failed(boolean retryable) {
        return new Delta.Failed(
                Delta.Failed.Kind.SERVER, 503, null, retryable, BaseText.OTHER.with("The server is busy."));
    }

    private static Delta aboutTools() {
        return refused("this model does not support tools");
    }

    private static Delta refused(String said) {
        return new Delta.Failed(Delta.Failed.Kind.REQUEST, 400, null, false, BaseText.OTHER.with("It said no."), said);
    }

    private static Delta cancelled() {
        return new Delta.Failed(Delta.Failed.Kind.CANCELLED, 0, null, false, BaseText.OTHER.with("Stopped."));
    }

    private void runLater() {
        while (!later.isEmpty()) {
            later.remove().run();
        }
    }

    private Completion end() {
        return Objects.requireNonNull(buffer.completion());
    }

    private String problem() {
        return Messages.english().words(end().error());
    }

    private List<String> models() {
        return port.asked.stream().map((Asked ask) -> ask.model).toList();
    }

    private List<String> texts() {
        return buffers.runs().stream().map(Segment::text).toList();
    }

    private List<ModelCall> rounds() {
        return ModelCall.of(buffers.runs());
    }
}
