package app.patter.web;

import app.patter.text.CodedText;
import app.patter.text.TextCode;
import java.util.List;

/** Why a request is refused or fails: an HTTP status, a title and a text. Programs get the name. */
public enum ProblemCode implements TextCode {
    NOT_FOUND(404),
    METHOD_NOT_ALLOWED(405),
    NOT_ACCEPTABLE(406),
    UNKNOWN_FORM(415),
    INTERNAL(500),
    DATABASE_UNAVAILABLE(503),
    NOT_UTF8(400),
    BODY_TOO_LONG(413),
    FORM_TOO_LONG(413),
    FORM_TOO_SLOW(408),
    UNKNOWN_HOST(421),
    NOT_LOGGED_IN(401),
    LOGIN_ENDED(401),
    NOT_FROM_THIS_PAGE(403),
    NO_TOKEN(401),
    READ_ONLY_TOKEN(403),
    ADMINISTRATORS_ONLY(403),
    ALREADY_SET_UP(409),
    NOT_UNDERSTOOD(422),
    EMPTY_MESSAGE(422),
    MESSAGE_TOO_LONG(422),
    MODEL_UNAVAILABLE(422),
    MESSAGE_DELETED(410),
    TOO_LATE(410),
    NOT_A_QUESTION(422),
    NOT_AN_ANSWER(422),
    MODEL_NOT_FOUND(404),
    NO_DECISION(422),
    NO_JSON_OBJECT(400),
    NOT_A_STRING(422),
    NOT_A_UUID(422),
    NO_MESSAGE(422),
    UNKNOWN_MODEL(422),
    UNKNOWN_SCOPE(422),
    UNKNOWN_SEQUENCE(400),
    UNKNOWN_POSITION(400),
    ACCOUNT_FULL(429),
    TOO_MANY_ANSWERS(429),
    TOO_MANY_MESSAGES(429),
    TOO_MANY_WHOLE_PAGES(429),
    NODE_FULL(503),
    /** Any other status that a server gives. */
    STATUS(0);

    private final int status;

    ProblemCode(int status) {
        this.status = status;
    }

    int status() {
        return status;
    }

    @Override
    public String key() {
        return TextCode.key("problem.", this);
    }

    private String titleKey() {
        return key() + ".title";
    }

    /** A few words. */
    CodedText title() {
        return new CodedText(titleKey());
    }

    @Override
    public List<String> keys() {
        return List.of(key(), titleKey());
    }
}
