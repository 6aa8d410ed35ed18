package app.patter.tool;

import app.patter.chat.ToolSpec;
import app.patter.tool.AvailableTool.Caller;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Collects the tools that models are told of, each under a name of its own. For one thread. */
final class AvailableTools {

    /** What every provider takes. */
    private static final int LONGEST_NAME = 64;

    private final Map<String, AvailableTool> tools = new LinkedHashMap<>();

    /**
     * Adds a tool, unless it may not be called.
     *
     * @param name changed into one that every provider takes, and that no other tool has
     * @param schema of its arguments, in JSON
     */
    void add(String name, String title, String description, String schema, Permission permission, Caller caller) {
        if (permission != Permission.OFF) {
            ToolSpec spec = new ToolSpec(unique(name), description, schema);
            tools.put(spec.name(), new AvailableTool(spec, title, permission, caller));
        }
    }

    private String unique(String wanted) {
        String plain = wanted.replaceAll("[^A-Za-z0-9_-]", "_");
        String name = plain.substring(0, Math.min(plain.length(), LONGEST_NAME));
        for (int number = 2; tools.containsKey(name); number++) {
            String end = "_" + number;
            name = plain.substring(0, Math.min(plain.length(), LONGEST_NAME - end.length())) + end;
        }
        return name;
    }

    /** By name, in the order in which they were added; not modifiable. */
    Map<String, AvailableTool> byName() {
        return Collections.unmodifiableMap(tools);
    }
}
