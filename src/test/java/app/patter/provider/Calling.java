package app.patter.provider;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A model of OpenAI's dialect that answers each request with the next round that a test has prepared. */
public final class Calling implements LoopbackModel.Script {

    private final BlockingQueue<LoopbackModel.Script> rounds = new LinkedBlockingQueue<>();

    /** The next round. */
    public Calling then(LoopbackModel.Script round) {
        rounds.add(round);
        return this;
    }

    /** A round that is only text. */
    public Calling says(String text) {
        return then(answer -> answer.stream().text(text).finish("stop").done());
    }

    /** A round that calls one tool. */
    public Calling calls(String id, String tool, String arguments) {
        return then(answer -> {
            answer.stream();
            call(answer, 0, id, tool, arguments);
            answer.finish("tool_calls").done();
        });
    }

    /** Sends a call: its name first, and then its arguments in small pieces. */
    public static void call(LoopbackModel.Answer answer, int index, String id, String tool, String arguments)
            throws IOException {
        answer.event(delta(index, id, tool, ""));
        for (int at = 0; at < arguments.length(); at += 7) {
            answer.event(delta(index, "", "", arguments.substring(at, Math.min(arguments.length(), at + 7))));
        }
    }

    /** One piece of a call, as OpenAI sends it. */
    public static String delta(int index, String id, String tool, String arguments) {
        JsonObjectBuilder function = Json.createObjectBuilder().add("arguments", arguments);
        JsonObjectBuilder call = Json.createObjectBuilder().add("index", index);
        if (!id.isEmpty()) {
            call.add("id", id).add("type", "function");
            function.add("name", tool);
        }
        return Json.createObjectBuilder()
                .add(
                        "choices",
                        Json.createArrayBuilder()
                                .add(Json.createObjectBuilder()
                                        .add("index", 0)
                                        .add(
                                                "delta",
                                                Json.createObjectBuilder()
                                                        .add(
                                                                "tool_calls",
                                                                Json.createArrayBuilder()
                                                                        .add(call.add("function", function))))))
                .build()
                .toString();
    }

    @Override
    public void play(LoopbackModel.Answer answer) throws IOException, InterruptedException {
        LoopbackModel.Script round = rounds.poll(10, TimeUnit.SECONDS);
        if (round == null) {
            throw new IOException("no round was prepared for this request");
        }
        round.play(answer);
    }
}
