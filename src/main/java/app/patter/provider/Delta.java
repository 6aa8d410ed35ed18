package app.patter.provider;

import app.patter.chat.ProviderMessage;
import app.patter.chat.TokenUsage;
import app.patter.chat.ToolCall;
import app.patter.chat.ToolResult;
import app.patter.text.CodedText;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One event of a provider's stream, already parsed and the same for every provider. */
public sealed interface Delta {

    /** Calls the one method of the cases that is for this kind. */
    void dispatch(DeltaCases cases);

    /**
     * A piece of the answer.
     *
     * @param text never empty; blanks and newlines are text; no half surrogate pair and no U+0000
     */
    record Text(String text) implements Delta {
        @Override
        public void dispatch(DeltaCases cases) {
            cases.onText(this);
        }
    }

    /**
     * A piece of what the model thinks before it answers.
     *
     * @param text as in {@link Text}
     */
    record Reasoning(String text) implements Delta {
        @Override
        public void dispatch(DeltaCases cases) {
            cases.onReasoning(this);
        }
    }

    /** All {@link Text} since the last call of a tool was reasoning; only now has the model marked its end. */
    record TextWasReasoning() implements Delta {
        @Override
        public void dispatch(DeltaCases cases) {
            cases.onTextWasReasoning(this);
        }
    }

    /**
     * The model begins to call a tool.
     *
     * @param id the provider's, or one made up here where it has none; unique in the conversation
     * @param name name of the tool
     */
    record ToolStarted(String id, String name) implements Delta {
        @Override
        public void dispatch(DeltaCases cases) {
            cases.onToolStarted(this);
        }
    }

    /**
     * A piece of the arguments of a call that has started. Calls may interleave.
     *
     * @param json never empty; the pieces together are {@link ToolCall#arguments()}
     */
    record ToolArguments(String id, String json) implements Delta {
        @Override
        public void dispatch(DeltaCases cases) {
            cases.onToolArguments(this);
        }
    }

    /** A call is complete and may be made, unless it is one of an agent, which makes its calls itself. */
    record ToolReady(ToolCall call) implements Delta {
        @Override
        public void dispatch(DeltaCases cases) {
            cases.onToolReady(this);
        }
    }

    /** What a tool answered that an agent has called. */
    record ToolAnswered(ToolResult result) implements Delta {
        @Override
        public void dispatch(DeltaCases cases) {
            cases.onToolAnswered(this);
        }
    }

    /**
     * A delta of a sub-agent.
     *
     * @param call id of the tool call that the sub-agent works for
     * @param delta anything but an end
     */
    record SubagentDelta(String call, Delta delta) implements Delta {
        @Override
        public void dispatch(DeltaCases cases) {
            cases.onSubagentDelta(this);
        }
    }

    /**
     * The conversation is too long for the model, which was not told its beginning; at most once, before everything else.
     *
     * @param messages how many messages were left out; at least 1
     */
    record HistoryTruncated(int messages) implements Delta {
        @Override
        public void dispatch(DeltaCases cases) {
            cases.onHistoryTruncated(this);
        }
    }

    /**
     * The provider's name for this call, which its support asks for; at most once, before everything but {@link HistoryTruncated}.
     *
     * @param requestId at most 200 characters
     */
    record RequestId(String requestId) implements Delta {
        @Override
        public void dispatch(DeltaCases cases) {
            cases.onRequestId(this);
        }
    }

    /** The answer as its provider wrote it, where that holds more than the deltas say; at most once, at the end. */
    record Original(ProviderMessage message) implements Delta {
        @Override
        public void dispatch(DeltaCases cases) {
            cases.onOriginal(this);
        }
    }

    /**
     * What the call has cost, in the provider's tokens; at most once, shortly before the end.
     *
     * @param input tokens of the prompt, those in {@code cached} included
     * @param output tokens of the answer, those in {@code reasoning} included
     * @param cached tokens of the prompt that the provider had in its cache; 0 if it does not say
     * @param reasoning tokens of the answer spent on reasoning; 0 if the provider does not say
     */
    record Usage(long input, long output, long cached, long reasoning) implements Delta {

        @Override
        public void dispatch(DeltaCases cases) {
            cases.onUsage(this);
        }

        /** The same numbers, without a cost. */
        public TokenUsage tokens() {
            return new TokenUsage(input, output, cached, reasoning, null);
        }
    }

    /**
     * The answer is complete; nothing follows.
     *
     * @param reason the provider's own word, such as {@code stop} or {@code length}
     * @param ending what it means
     */
    record Finished(String reason, Ending ending) implements Delta {

        /** An end that means what its word means. */
        public Finished(String reason) {
            this(reason, Ending.of(reason));
        }

        @Override
        public void dispatch(DeltaCases cases) {
            cases.onFinished(this);
        }
    }

    /**
     * The answer ended without being complete; nothing follows, what came before stays valid.
     *
     * @param status the provider's HTTP status, or 0 if there was none
     * @param retryAfter how long the provider asks to wait before the next try; null if it does not say
     * @param retryable whether the same call may succeed later without anybody changing anything
     * @param error one to three sentences for the person who reads the page: what happened and what to do; may hold
     *     a short excerpt of the provider's own error message, never the key or the prompt
     * @param said that excerpt alone; empty if there is none
     */
    record Failed(Kind kind, int status, @Nullable Duration retryAfter, boolean retryable, CodedText error, String said)
            implements Delta {

        /** One about which the provider has said nothing. */
        public Failed(Kind kind, int status, @Nullable Duration retryAfter, boolean retryable, CodedText error) {
            this(kind, status, retryAfter, retryable, error, "");
        }

        @Override
        public void dispatch(DeltaCases cases) {
            cases.onFailed(this);
        }

        /** What went wrong, for whoever has to choose how to react. */
        public enum Kind {
            /** No connection: unknown host, refused, bad certificate, or cut before the first byte of an answer. */
            UNREACHABLE,
            /** No connection or no byte within the time allowed. */
            TIMEOUT,
            /** The provider refused the key (401, 403). */
            REFUSED_KEY,
            /** The provider, or Patter itself, does not know the model (404). */
            UNKNOWN_MODEL,
            /** Too many requests, or a spent quota (429). */
            RATE_LIMITED,
            /** The provider did not like the request (any other 4xx, a redirect). */
            REQUEST,
            /** The provider failed (5xx, or an error object inside a stream). */
            SERVER,
            /** The provider sent something that cannot be understood. */
            GARBAGE,
            /** The stream ended, or was cut, before the provider said that the answer is finished. */
            TRUNCATED,
            /** Somebody called {@link Provider.Call#cancel()}. */
            CANCELLED
        }
    }
}
