package app.patter.web;

import app.patter.text.CodedText;
import app.patter.text.Messages;

/** A form cannot be taken as it is; the message says why and what to do, to the person who filled it in. */
public final class FormException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient CodedText text;

    public FormException(CodedText text) {
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
