package app.patter.provider.dialect;

import app.patter.json.Json;
import app.patter.provider.AnswerParser;
import app.patter.provider.ChatRequest;
import app.patter.provider.Dialect;
import app.patter.provider.RequestContext;

/**
 * An agent that runs elsewhere, calls its tools itself, and tells what it does in lines of JSON ({@code stream-json}),
 * sent as an event stream or as JSON Lines. It is asked in {@linkplain Anthropic Anthropic's} form, which its lines have
 * too; its list of models is OpenAI's.
 */
public final class Agent implements Dialect {

    @Override
    public String name() {
        return "agent";
    }

    @Override
    public String ending() {
        return "";
    }

    @Override
    public Framing framing() {
        return Framing.LINES;
    }

    @Override
    public String path(ChatRequest request) {
        return "messages";
    }

    @Override
    public AnswerParser parser(RequestContext context) {
        return new AgentParser(context);
    }

    @Override
    public String body(ChatRequest request) {
        var body = Json.builder().add("model", request.model()).add("stream", true);
        String system = request.system();
        if (!system.isEmpty()) {
            body.add("system", system);
        }
        return body.add("messages", Anthropic.messages(request)).build().toString();
    }
}
