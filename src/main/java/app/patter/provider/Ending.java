package app.patter.provider;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a provider's word for the end of an answer means, in whatever dialect. */
public enum Ending {
    /** The model has said all, or calls tools. */
    NORMAL,
    /** The longest length of an answer; the model can go on. */
    LENGTH,
    /** Prompt and answer together fill the model's context. */
    CONTEXT,
    /** A filter of the provider stopped the answer. */
    FILTER,
    /** The model, or its provider, refuses to answer. */
    REFUSAL,
    /** The answer was about to repeat a protected text. */
    RECITATION,
    /** The model tried to call a tool and wrote something else. */
    MALFORMED_CALL,
    /** The provider wants to be asked to let the model go on. */
    PAUSE,
    /** The provider failed and says so in no other way. */
    ERROR,
    /** Complete, but a payload before the end could not be read. */
    GAP,
    /** A word that nobody here knows. */
    OTHER;

    private static final Set<String> NORMAL_WORDS = Set.of(
            "",
            "stop",
            "end_turn",
            "stop_sequence",
            "tool_calls",
            "tool_call",
            "tool_use",
            "function_call",
            "completed",
            "complete",
            "success",
            "done",
            "end",
            "eos",
            "eos_token",
            "finished",
            "finish_reason_unspecified",
            "load",
            "unload");

    private static final Map<String, Ending> WORDS = Map.ofEntries(
            Map.entry("length", LENGTH),
            Map.entry("max_tokens", LENGTH),
            Map.entry("max_output_tokens", LENGTH),
            Map.entry("max_length", LENGTH),
            Map.entry("incomplete", LENGTH),
            Map.entry("model_length", CONTEXT),
            Map.entry("model_context_window_exceeded", CONTEXT),
            Map.entry("context_length_exceeded", CONTEXT),
            Map.entry("context_window_exceeded", CONTEXT),
            Map.entry("content_filter", FILTER),
            Map.entry("content_filtered", FILTER),
            Map.entry("guardrail_intervened", FILTER),
            Map.entry("safety", FILTER),
            Map.entry("image_safety", FILTER),
            Map.entry("blocklist", FILTER),
            Map.entry("prohibited_content", FILTER),
            Map.entry("image_prohibited_content", FILTER),
            Map.entry("spii", FILTER),
            Map.entry("sensitive", FILTER),
            Map.entry("refusal", REFUSAL),
            Map.entry("language", REFUSAL),
            Map.entry("recitation", RECITATION),
            Map.entry("image_recitation", RECITATION),
            Map.entry("malformed_function_call", MALFORMED_CALL),
            Map.entry("unexpected_tool_call", MALFORMED_CALL),
            Map.entry("malformed_tool_call", MALFORMED_CALL),
            Map.entry("too_many_tool_calls", MALFORMED_CALL),
            Map.entry("pause_turn", PAUSE),
            Map.entry("pause", PAUSE),
            Map.entry("error_max_turns", PAUSE),
            Map.entry("error", ERROR),
            Map.entry("error_during_execution", ERROR),
            Map.entry("insufficient_system_resource", ERROR),
            Map.entry("network_error", ERROR),
            Map.entry("abort", ERROR));

    /** What a word means, in upper or lower case. */
    public static Ending of(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return NORMAL_WORDS.contains(lower) ? NORMAL : WORDS.getOrDefault(lower, OTHER);
    }
}
