package app.patter.secret;

import app.patter.text.CodedText;
import app.patter.text.Messages;

/** A secret cannot be encrypted or read; the message says why and what to do, and holds nothing of the secret. */
public final class SecretException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final transient CodedText text;

    public SecretException(CodedText text) {
        super(text.key());
        this.text = text;
    }

    /** What is wrong and what to do. */
    public CodedText text() {
        return text;
    }

    /** Its words in English. */
    public String message() {
        return Messages.english().text(text);
    }
}
