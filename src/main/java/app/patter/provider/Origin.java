package app.patter.provider;

/** Where the configuration of a model server comes from, and so who can fix it. */
public enum Origin {
    /** The settings of Patter. */
    SETTINGS("PATTER_MODEL_URL", "Set PATTER_MODEL_KEY.", "Check PATTER_MODEL_KEY."),
    /** An administrator, on the page for models. */
    ADDED(
            "its address on the page “Models”",
            "An administrator can give it one on the page “Models”.",
            "An administrator can give it another one on the page “Models”."),
    /** Nobody: it was found on loopback. */
    FOUND("PATTER_MODEL_URL", "Set PATTER_MODEL_KEY.", "Check PATTER_MODEL_KEY.");

    private final String address;
    private final String giveKey;
    private final String checkKey;

    Origin(String address, String giveKey, String checkKey) {
        this.address = address;
        this.giveKey = giveKey;
        this.checkKey = checkKey;
    }

    /** Where its address stands. */
    String address() {
        return address;
    }

    /** What to do when it wants a key. */
    String giveKey() {
        return giveKey;
    }

    /** What to do when it refuses its key. */
    String checkKey() {
        return checkKey;
    }
}
