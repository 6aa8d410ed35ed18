package app.patter.tool.mcp;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;

/** JSON as tool servers speak it. */
public final class McpJson {

    /**
     * Reads what is of a type that nobody knows as null: servers are newer than the protocol's library, or make types up.
     * Thread-safe.
     */
    public static final McpJsonMapper MAPPER = new JacksonMcpJsonMapper(
            new ObjectMapper().configure(DeserializationFeature.FAIL_ON_INVALID_SUBTYPE, false));

    private McpJson() {}
}
