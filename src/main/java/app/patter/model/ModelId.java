package app.patter.model;

/**
 * The id of a model in its two parts, as {@code ollama/qwen/qwen3:4b}.
 *
 * @param server what stands before the first slash; the whole id if there is none
 * @param name what the server calls the model; empty if the id has no slash
 */
record ModelId(String server, String name) {

    /** Longest id: what the database takes. */
    static final int LONGEST = 200;

    static ModelId of(String id) {
        int slash = id.indexOf('/');
        return slash < 0 ? new ModelId(id, "") : new ModelId(id.substring(0, slash), id.substring(slash + 1));
    }

    /** The id as one text. */
    @Override
    public String toString() {
        return server + "/" + name;
    }
}
