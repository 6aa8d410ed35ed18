package app.patter.model;

import app.patter.provider.Dialect;
import app.patter.provider.dialect.OpenAiChat;
import java.net.URI;
import java.util.List;

/** A place on loopback where a model server may be found. */
record LoopbackServer(String id, String label, URI base, Dialect dialect) {

    /** Where the local model servers in common use listen. */
    static final List<LoopbackServer> COMMON = List.of(
            at(11434, "ollama", "Ollama", OpenAiChat.Continuation.NATIVE),
            at(1234, "lmstudio", "LM Studio", OpenAiChat.Continuation.WORDS),
            at(8000, "vllm", "vLLM", OpenAiChat.Continuation.FLAGS),
            at(8080, "llamacpp", "llama.cpp", OpenAiChat.Continuation.NATIVE));

    private static LoopbackServer at(int port, String id, String label, OpenAiChat.Continuation continuation) {
        return new LoopbackServer(
                id, label, URI.create("http://127.0.0.1:" + port + "/v1/"), new OpenAiChat(continuation));
    }
}
