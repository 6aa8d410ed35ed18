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
    public String ending() {
        return "/parrot";
    }

    @Override
    public Framing framing() {
        return Framing.LINES;
    }

    @Override
    public String path(ChatRequest request) {
        return "repeat";
    }

    @Override
    public String body(ChatRequest request) {
        JsonArrayBuilder said = Json.arrayBuilder();
        request.messages().forEach(message -> said.add(message.text()));
        return Json.builder()
                .add("bird", request.model())
                .add("said", said)
                .build()
                .toString();
    }

    @Override
    public AnswerParser parser(RequestContext context) {
        return new ParrotParser(context);
    }

    private static final class ParrotParser extends JsonAnswerParser {

        ParrotParser(RequestContext context) {
            super(context);
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
