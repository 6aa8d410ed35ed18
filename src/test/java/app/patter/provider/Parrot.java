package app.patter.provider;

import app.patter.json.Json;
import app.patter.provider.dialect.JsonAnswerParser;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.function.Consumer;

/** A server that repeats what it is told: {@code {"word":"…"}} on a line each, and {@code {"end":"…"}} on the last. */
final class Parrot implements Dialect {

    @Override
    public String name() {
        return "parrot";
    }

    @Override
    public String speaker() {
        return "a parrot";
    }

    @Override
    public String ending() {
        return "/parrot";
    }

    @Override
    public Framing framing() {
        return Framing.LINES;
    }

    @Override
    public String path(ChatRequest prompt) {
        return "repeat";
    }

    @Override
    public String body(ChatRequest prompt) {
        JsonArrayBuilder said = Json.arrayBuilder();
        prompt.turns().forEach(turn -> said.add(turn.text()));
        return Json.builder()
                .add("bird", prompt.model())
                .add("said", said)
                .build()
                .toString();
    }

    @Override
    public AnswerParser parser(RequestContext asked) {
        return new ParrotParser(asked);
    }

    private static final class ParrotParser extends JsonAnswerParser {

        ParrotParser(RequestContext asked) {
            super(asked);
        }

        @Override
        public void event(JsonObject line, Consumer<Delta> out) {
            text(Json.text(line, "word"), out);
            used(0, Json.number(line, "words"), 0, 0);
            finish(Json.text(line, "end"));
            failIfError(line, out);
        }
    }
}
