package app.patter.upstream;

/**
 * An agent that runs elsewhere, calls its tools itself, and tells what it does in lines of JSON ({@code stream-json}),
 * sent as an event stream or as JSON Lines. It is asked in {@linkplain Anthropic Anthropic's} form, which its lines have
 * too; its list of models is OpenAI's.
 */
final class Agent implements Dialect {

    @Override
    public String name() {
        return "agent";
    }

    @Override
    public String speaker() {
        return "an agent";
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
    public String path(Prompt prompt) {
        return "messages";
    }

    @Override
    public AnswerParser parser(Asked asked) {
        return new AgentParser(asked);
    }

    @Override
    public String body(Prompt prompt) {
        var body = Json.builder().add("model", prompt.model()).add("stream", true);
        String system = prompt.system();
        if (!system.isEmpty()) {
            body.add("system", system);
        }
        return body.add("messages", Anthropic.messages(prompt)).build().toString();
    }
}
