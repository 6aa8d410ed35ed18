package app.patter.provider.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaggedTextTest {

    /** What is told apart, joined: reasoning in braces, calls in angle brackets. */
    private static final class Reader implements TaggedText.Receiver {

        private final StringBuilder read = new StringBuilder();
        private char kind = 't';
        private final WrittenCalls calls = new WrittenCalls(null);

        private void as(char next, String said) {
            if (kind == 'r' && next != 'r') {
                read.append('}');
            } else if (kind != 'r' && next == 'r') {
                read.append('{');
            }
            kind = next;
            read.append(said);
        }

        @Override
        public void text(String text) {
            as('t', text);
        }

        @Override
        public void reasoning(String text) {
            as('r', text);
        }

        @Override
        public void textWasReasoning() {
            as('t', "↑");
        }

        @Override
        public boolean calls(String inside) {
            List<WrittenCalls.Written> found = calls.in(inside);
            found.forEach(call -> as('c', "«" + call.name() + call.arguments() + "»"));
            return !found.isEmpty();
        }

        String read() {
            as('t', "");
            return read.toString();
        }
    }

    private static String read(String... pieces) {
        Reader reader = new Reader();
        TaggedText text = new TaggedText(reader);
        for (String piece : pieces) {
            text.next(piece);
        }
        text.end();
        return reader.read();
    }

    /** However it is cut in two, and one by one. */
    private static void assertRead(String expected, String text) {
        assertEquals(expected, read(text));
        for (int cut = 1; cut < text.length(); cut++) {
            assertEquals(expected, read(text.substring(0, cut), text.substring(cut)), "cut at " + cut);
        }
        assertEquals(expected, read(text.split("")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "<think>so</think>Blue.;{so}Blue.",
                "<Thinking> so </Thinking> Blue.;{so}Blue.",
                "<thought>so</thought>Blue.;{so}Blue.",
                "<reasoning>so</reasoning>Blue.;{so}Blue.",
                "<seed:think>so</seed:think>Blue.;{so}Blue.",
                "[THINK]so[/THINK]Blue.;{so}Blue.",
                "◁think▷so◁/think▷Blue.;{so}Blue.",
                "<think>a</think>One. <think>b</think>Two.;{a}One. {b}Two.",
                "<think></think>Blue.;Blue.",
                "<think>so;{so}",
                "<think>a < b, `</think>` ends it</think>Blue.;{a < b, `</think>` ends it}Blue.",
                "<|channel|>analysis<|message|>so<|end|><|start|>assistant<|channel|>final<|message|>Blue.<|return|>;{so}Blue."
            })
    void reasoningIsToldApartHoweverItIsMarked(String text, String expected) {
        assertRead(expected, text);
    }

    @Test
    void blanksAroundReasoningDoNotCount() {
        assertRead("{so\n\nit is}Blue.", "<think>\nso\n\nit is\n\n</think>\n\nBlue.");
    }

    @Test
    void aTagThatOnlyClosesEndsReasoningFromTheBeginning() {
        assertEquals("{so}Blue.", read("so\n</think>\nBlue."));
        assertEquals("so.\n↑Blue.", read("so.\n", "</think>", "\n\nBlue."), "what was shown is called what it is");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Write `<think>` here.;Write `<think>` here.",
                "The <think> tag and the </think> tag.;The <think> tag and the </think> tag.",
                "Say \"<think>\" twice.;Say \"<think>\" twice.",
                "a < b > c and 3 <4;a < b > c and 3 <4",
                "[x](y) <b>bold</b> [THIN] <;[x](y) <b>bold</b> [THIN] <",
                "``` `<think>` ``` <tool;``` `<think>` ``` <tool"
            })
    void whatIsWrittenAboutTagsStays(String text, String expected) {
        assertRead(expected, text);
    }

    @Test
    void codeStaysCode() {
        String code =
                "See:\n```xml\n<think>a</think>\n<tool_call>\n{\"name\":\"x\",\"arguments\":{}}\n</tool_call>\n```\nEnd.";
        assertRead(code, code);
        String list = "- ~~~\n  <think>a</think>\n  ~~~\n\nEnd ``a ` <think>`` b.";
        assertRead(list, list);
        assertRead("A stray ` here.\n\n{so}Blue.", "A stray ` here.\n\n<think>so</think>Blue.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "<tool_call>{\"name\":\"add\",\"arguments\":{\"a\":1}}</tool_call>;«add{\"a\":1}»",
                "<tool_call>[{\"name\":\"add\",\"parameters\":{\"a\":1}}]</tool_call> Done.;«add{\"a\":1}»Done.",
                "<tool_call>{\"function\":{\"name\":\"add\",\"arguments\":\"{\\\"a\\\":1}\"}}</tool_call>;«add{\"a\":1}»",
                "<tool_call>{\"name\":\"now\",\"arguments\":{}};«now{}»",
                "<tool_call><function=add><parameter=a>1</parameter></function></tool_call>;«add{\"a\":1}»",
                "<function=add>{\"a\":1}</function>;«add{\"a\":1}»",
                "<tool_call>add<arg_key>a</arg_key><arg_value>1+2</arg_value></tool_call>;«add{\"a\":\"1+2\"}»",
                "<function_calls><invoke name=\"add\"><parameter name=\"a\">x</parameter></invoke></function_calls>;«add{\"a\":\"x\"}»",
                "[TOOL_CALLS][{\"name\":\"add\",\"arguments\":{\"a\":1}}];«add{\"a\":1}»",
                "[TOOL_CALLS]add[ARGS]{\"a\":1};«add{\"a\":1}»",
                "<|python_tag|>{\"name\":\"add\",\"parameters\":{\"a\":1}};«add{\"a\":1}»",
                "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>add {\"a\":1}<｜tool▁call▁end｜><｜tool▁calls▁end｜>;«add{\"a\":1}»",
                "<|tool_calls_section_begin|><|tool_call_begin|>functions.add:0<|tool_call_argument_begin|>{\"a\":1}<|tool_call_end|><|tool_calls_section_end|>;«add{\"a\":1}»",
                "<|channel|>commentary to=functions.add <|constrain|>json<|message|>{\"a\":1}<|call|>;«add{\"a\":1}»",
                "<think>so</think><tool_call>{\"name\":\"a\",\"arguments\":{}}</tool_call><tool_call>{\"name\":\"b\",\"arguments\":{}}</tool_call>;{so}«a{}»«b{}»"
            })
    void callsThatAreWrittenAsTextAreCalls(String text, String expected) {
        assertRead(expected, text);
    }

    @Test
    void whatOnlyLooksLikeACallStaysReadable() {
        String text = "So: <tool_call>not this</tool_call> and on.";
        assertRead(text, text);
    }
}
