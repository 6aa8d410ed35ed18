package app.patter.provider;

import app.patter.text.CodedText;

/** Where the configuration of a model server comes from, and so who can fix it. */
public enum Origin {
    /** The settings of Patter. */
    SETTINGS(ProviderAdvice.ADDRESS_IN_SETTINGS, ProviderAdvice.SET_KEY, ProviderAdvice.CHECK_KEY),
    /** An administrator, on the page for models. */
    ADDED(ProviderAdvice.ADDRESS_ON_PAGE, ProviderAdvice.GIVE_KEY, ProviderAdvice.GIVE_OTHER_KEY),
    /** Nobody: it was found on loopback. */
    FOUND(ProviderAdvice.ADDRESS_IN_SETTINGS, ProviderAdvice.SET_KEY, ProviderAdvice.CHECK_KEY);

    private final ProviderAdvice address;
    private final ProviderAdvice giveKey;
    private final ProviderAdvice checkKey;

    Origin(ProviderAdvice address, ProviderAdvice giveKey, ProviderAdvice checkKey) {
        this.address = address;
        this.giveKey = giveKey;
        this.checkKey = checkKey;
    }

    /** Where its address stands. */
    CodedText address() {
        return address.with();
    }

    /** What to do when it wants a key. */
    CodedText giveKey() {
        return giveKey.with();
    }

    /** What to do when it refuses its key. */
    CodedText checkKey() {
        return checkKey.with();
    }
}
