package app.patter.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import app.patter.conversation.ToolEvent.Asked;
import app.patter.conversation.ToolEvent.Begun;
import app.patter.conversation.ToolEvent.Called;
import app.patter.conversation.ToolEvent.Ended;
import app.patter.conversation.ToolEvent.Outcome;
import app.patter.conversation.ToolEvent.Progress;
import app.patter.conversation.ToolEvent.Progressed;
import app.patter.conversation.ToolEvent.Said;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToolEventCodecTest {

    /** Databases hold these texts, and programs read them: none of them may change. */
    static Stream<Arguments> forms() {
        return Stream.of(
                Arguments.of(
                        new Called("c", "c", "now", "The time", "{\"zone\":1}"),
                        "{\"id\":\"c\",\"name\":\"now\",\"title\":\"The time\"}\n{\"zone\":1}"),
                Arguments.of(
                        new Called("c~2", "c", "now", "", ""),
                        "{\"id\":\"c~2\",\"name\":\"now\",\"title\":\"\",\"given\":\"c\"}\n"),
                Arguments.of(new Asked("c"), "{\"call\":\"c\",\"state\":\"asks\"}\n"),
                Arguments.of(new Begun("c"), "{\"call\":\"c\",\"state\":\"begun\"}\n"),
                Arguments.of(
                        new Progressed("c", new Progress(2, 5.0, "files")),
                        "{\"call\":\"c\",\"state\":\"progress\",\"reached\":2.0,\"total\":5.0}\nfiles"),
                Arguments.of(
                        new Progressed("c", new Progress(0.5, null, "")),
                        "{\"call\":\"c\",\"state\":\"progress\",\"reached\":0.5}\n"),
                Arguments.of(new Said("c", "a\nb"), "{\"call\":\"c\",\"state\":\"part\"}\na\nb"),
                Arguments.of(
                        new Ended("c", Outcome.DONE, 12, List.of("i1", "i2"), "42\n"),
                        "{\"call\":\"c\",\"state\":\"done\",\"milliseconds\":12,\"images\":[\"i1\",\"i2\"]}\n42\n"),
                Arguments.of(new Ended("c", Outcome.FAILED, "no"), "{\"call\":\"c\",\"state\":\"failed\"}\nno"),
                Arguments.of(new Ended("c", Outcome.REFUSED, ""), "{\"call\":\"c\",\"state\":\"refused\"}\n"));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void eachEventHasOneFormForEver(ToolEvent event, String text) {
        assertEquals(text, ToolEventCodec.encode(event));
        assertEquals(Optional.of(event), ToolEventCodec.decode(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no line",
                "{\"call\":\"c\",\"state\":\"asks\"}",
                "{broken\n",
                "[]\n",
                "{}\n",
                "{\"call\":\"c\",\"state\":\"of a later version\"}\n",
                "{\"call\":\"c\",\"state\":\"progress\"}\n"
            })
    void whatIsNoWholeEventIsNone(String text) {
        assertEquals(Optional.empty(), ToolEventCodec.decode(text));
    }
}
