package app.patter.answer;

import app.patter.chat.ToolSpec;
import app.patter.provider.Delta;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What models have refused to be told of: all tools, or those whose schemas their provider does not take. Only for a while:
 * it may have been a mistake, and their server may have learned it. Thread-safe.
 */
final class ToolSupportCache {

    private static final Duration WHILE = Duration.ofMinutes(10);

    /** What servers answer to what they cannot do. */
    private static final Set<Integer> REFUSING = Set.of(400, 404, 422);

    /** Some fail at a schema instead of refusing it. */
    private static final Set<Integer> FAILING = Set.of(500, 501);

    private static final Pattern ABOUT_TOOLS =
            Pattern.compile("\\btools?\\b|\\btool_|\\bfunction[- _]?(?:call|declaration)", Pattern.CASE_INSENSITIVE);

    private static final Pattern ABOUT_SCHEMA = Pattern.compile(
            "\\bschema|_schema\\b|json_?schema|\\bfunction_?parameters|\\bgrammar", Pattern.CASE_INSENSITIVE);

    /** Where in the list of tools the trouble is, as Gemini and all others write it; from 0. */
    private static final Pattern POSITION = Pattern.compile(
            "(?:function_?declarations|(?:tools|functions)(?!(?:\\[\\d+]|\\.\\d+)\\.function_?declarations))(?:\\[|\\.)(\\d+)",
            Pattern.CASE_INSENSITIVE);

    /** What was refused; no name stands for all tools of the model. */
    private record Refusal(String model, String tool) {}

    private final Cache<Refusal, Boolean> refused;

    ToolSupportCache(Ticker ticker) {
        refused = Caffeine.newBuilder()
                .expireAfterWrite(WHILE)
                .ticker(ticker)
                .executor(Runnable::run)
                .build();
    }

    void refused(String model) {
        refused.put(new Refusal(model, ""), true);
    }

    void refused(String model, ToolSpec tool) {
        refused.put(new Refusal(model, tool.name()), true);
    }

    /** Those of the tools that a model may be told of. */
    List<ToolSpec> accepted(String model, List<ToolSpec> tools) {
        return refused.getIfPresent(new Refusal(model, "")) != null
                ? List.of()
                : tools.stream()
                        .filter(tool -> refused.getIfPresent(new Refusal(model, tool.name())) == null)
                        .toList();
    }

    /** Whether a model failed because it was told of tools, which only its provider's words say. */
    static boolean isAboutTools(Delta.Failed failed, String model) {
        boolean schema = isAboutSchema(failed, model);
        boolean tools = ABOUT_TOOLS.matcher(said(failed, model)).find();
        return REFUSING.contains(failed.status()) ? tools || schema : FAILING.contains(failed.status()) && schema;
    }

    /** Whether it is how a tool is described that the provider does not take. */
    static boolean isAboutSchema(Delta.Failed failed, String model) {
        return ABOUT_SCHEMA.matcher(said(failed, model)).find();
    }

    /** Those of the tools that the provider's words name, by their names or their positions. */
    static List<ToolSpec> named(Delta.Failed failed, String model, List<ToolSpec> tools) {
        String said = said(failed, model);
        Set<Integer> positions = POSITION.matcher(said)
                .results()
                .map(found -> found.group(1))
                .filter(digits -> digits.length() < 5)
                .map(Integer::parseInt)
                .collect(Collectors.toSet());
        List<ToolSpec> byName =
                tools.stream().filter(tool -> isNamed(tool.name(), said)).toList();
        return byName.isEmpty()
                ? tools.stream()
                        .filter(tool -> positions.contains(tools.indexOf(tool)))
                        .toList()
                : byName;
    }

    /** In quotation marks, or after the word for it: names such as “time” are words of every sentence too. */
    private static boolean isNamed(String tool, String said) {
        return Pattern.compile(
                        "(?:[\"'`“‘«(\\[]|(?i:\\b(?:tool|function|name)s?)[ :=]+)" + Pattern.quote(tool) + "(?![\\w-])")
                .matcher(said)
                .find();
    }

    private static String said(Delta.Failed failed, String model) {
        return failed.said().replace(model.substring(model.indexOf('/') + 1), "");
    }
}
