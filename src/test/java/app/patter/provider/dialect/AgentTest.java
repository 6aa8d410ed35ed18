package app.patter.provider.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import app.patter.provider.Conversation;
import app.patter.provider.Sample;
import org.junit.jupiter.api.Test;

class AgentTest {

    @Test
    void whatHasStreamedIsNotShownAgainWhenItIsComplete() {
        assertEquals("""
                reasoning A listing.|
                text Let me |
                text look – |
                started toolu_ls Bash
                arguments toolu_ls {"command":|
                arguments toolu_ls "ls"}|
                ready toolu_ls Bash {"command":"ls"}
                answered toolu_ls Bash a⏎b⏎c
                text Three files.|
                usage 4129 77 4000 0
                finished success
                """, Sample.of("agent-partial.jsonl").told());
    }

    @Test
    void completeMessagesAreShownOnceWhereNothingStreams() {
        assertEquals("""
                text Let me look – |
                started toolu_ls Bash
                arguments toolu_ls {"command":"ls"}|
                ready toolu_ls Bash {"command":"ls"}
                failing toolu_ls Bash ls: not found
                text Three files.|
                usage 4129 77 4000 0
                finished success
                """, Sample.of("agent-whole.sse").told());
    }

    @Test
    void aSubAgentSpeaksUnderTheCallThatItWorksFor() {
        assertEquals("""
                started toolu_task Task
                arguments toolu_task {"prompt":"count"}|
                ready toolu_task Task {"prompt":"count"}
                toolu_task > text Counting. |
                toolu_task > started toolu_in Bash
                toolu_task > arguments toolu_in {"command":"wc"}|
                toolu_task > ready toolu_in Bash {"command":"wc"}
                toolu_task > answered toolu_in Bash 3
                answered toolu_task Task There are ⏎3.
                text 3|
                usage 4129 77 4000 0
                finished error_max_turns
                """, Sample.of("agent-sub-agent.jsonl").told());
    }

    @Test
    void aResultThatIsAnErrorFails() {
        assertEquals("""
                text API Error: 401|
                failed SERVER 0
                """, Sample.of("agent-error.jsonl").told());
    }

    @Test
    void whatBeganToStreamAndThenCameWholeIsShown() {
        assertEquals(
                "text Hi|\n",
                Sample.told(
                        new Agent(),
                        "{\"type\":\"stream_event\",\"event\":{\"type\":\"message_start\",\"message\":{\"id\":\"m\"}}}",
                        "{\"type\":\"assistant\",\"message\":{\"id\":\"m\",\"content\":[{\"type\":\"text\",\"text\":\"Hi\"}]}}"));
    }

    @Test
    void anAgentThatTellsNothingButItsResultHasAnswered() {
        assertEquals("""
                text 4|
                finished success
                """, Sample.told(new Agent(), "{\"type\":\"result\",\"subtype\":\"success\",\"result\":\"4\"}"));
    }

    @Test
    void whatADatabaseCannotStoreIsReplaced() {
        assertEquals(
                """
                started a\uFFFD x\uFFFD
                ready a\uFFFD x\uFFFD {}
                answered t  o\uFFFDk
                """,
                Sample.told(
                        new Agent(),
                        "{\"type\":\"assistant\",\"message\":{\"content\":[{\"type\":\"tool_use\",\"id\":\"a\\u0000\","
                                + "\"name\":\"x\\ud83d\"}]}}",
                        "{\"type\":\"user\",\"message\":{\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"t\","
                                + "\"content\":\"o\\u0000k\"}]}}"));
    }

    @Test
    void itIsAskedWithTheWholeConversation() {
        assertEquals(
                "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\","
                        + "\"text\":\"q\",\"cache_control\":{\"type\":\"ephemeral\"}}]}]}",
                new Agent().body(Conversation.reasoning()));
    }
}
