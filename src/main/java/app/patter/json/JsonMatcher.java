package app.patter.json;

import java.util.Arrays;

/**
 * Reads what nearly every payload of a dialect is: a piece of text or reasoning, and nothing else of interest. Anything
 * more, or anything unusual, is left to the parser that builds the whole; so is what is no JSON. Built for its cost: it
 * makes nothing but the piece. One object per stream, one thread at a time.
 */
public final class JsonMatcher {

    /** How many texts are kept, and how many numbers. */
    private static final int PLACES = 5;

    /** No payload is nested deeper than this, unless somebody wants to see what happens. */
    private static final int DEPTH = 16;

    /** Whole numbers of that length are the same as a long and as a double. */
    private static final int DIGITS = 15;

    private static final JsonPattern.Fields ANY = JsonPattern.object(JsonPattern.anything());

    private final JsonPattern shape;
    private final String[] texts = new String[PLACES];
    private final long[] numbers = new long[PLACES];
    private String json = "";
    private int at;
    private int depth;
    private boolean plain;

    public JsonMatcher(JsonPattern shape) {
        this.shape = shape;
    }

    /** Whether a payload has the shape; only then are the captured values valid. */
    public boolean takes(String payload) {
        Arrays.fill(texts, "");
        Arrays.fill(numbers, 0);
        json = payload;
        at = 0;
        depth = 0;
        plain = true;
        blanks();
        shape.take(this);
        blanks();
        plain &= at == json.length();
        json = "";
        return plain;
    }

    /** The text of the last payload at that place; empty if it has none. */
    public String text(int place) {
        return texts[place];
    }

    /** The number of the last payload at that place; 0 if it has none. */
    public long number(int place) {
        return numbers[place];
    }

    // What a shape says of the value that comes next

    void giveUp() {
        plain = false;
    }

    void literal(String written) {
        plain &= json.startsWith(written, at);
        at += written.length();
    }

    void takeText(int place) {
        texts[place] = string();
    }

    void takeTextOrNull(int place) {
        if (now() == 'n') {
            literal("null");
        } else {
            takeText(place);
        }
    }

    void takeNumber(int place) {
        int from = at;
        skipNumber();
        plain &= at - from <= DIGITS;
        if (plain) {
            numbers[place] = Long.parseLong(json, from, at, 10);
        }
    }

    void takeTruth(int place) {
        boolean truth = now() == 't';
        literal(truth ? "true" : "false");
        numbers[place] = truth ? 1 : 0;
    }

    void only(JsonPattern element) {
        enter('[');
        element.take(this);
        blanks();
        leave(']');
    }

    void object(JsonPattern.Fields fields) {
        enter('{');
        long seen = 0;
        if (now() != '}') {
            do {
                blanks();
                int from = at + 1;
                boolean escaped = skipString();
                int field = fields.find(json, from, at - 1);
                plain &= !(escaped && fields.areNamed()) && (field < 0 || (seen & 1L << field) == 0);
                seen |= field < 0 ? 0 : 1L << field;
                blanks();
                expect(':');
                blanks();
                if (plain) {
                    fields.shape(field).take(this);
                }
                blanks();
            } while (more());
        }
        plain &= fields.areWhole(seen);
        leave('}');
    }

    void skip() {
        switch (now()) {
            case '"' -> skipString();
            case '{' -> object(ANY);
            case '[' -> skipArray();
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> skipNumber();
        }
    }

    // JSON

    private void expect(char c) {
        plain &= at < json.length() && json.charAt(at) == c;
        at++;
    }

    private char now() {
        return at < json.length() ? json.charAt(at) : 0;
    }

    private void blanks() {
        while (at < json.length() && " \t\n\r".indexOf(json.charAt(at)) >= 0) {
            at++;
        }
    }

    private void enter(char bracket) {
        plain &= ++depth <= DEPTH;
        expect(bracket);
        blanks();
    }

    private boolean more() {
        boolean more = plain && now() == ',';
        at += more ? 1 : 0;
        return more;
    }

    private void leave(char bracket) {
        expect(bracket);
        depth--;
    }

    private void skipArray() {
        enter('[');
        if (now() != ']') {
            do {
                blanks();
                if (plain) {
                    skip();
                }
                blanks();
            } while (more());
        }
        leave(']');
    }

    /** Digits are enough; what else a number may have is left to the other parser. */
    private void skipNumber() {
        at += now() == '-' ? 1 : 0;
        int first = at;
        while (now() >= '0' && now() <= '9') {
            at++;
        }
        boolean leadingZero = at > first + 1 && json.charAt(first) == '0';
        plain &= at > first && !leadingZero && ".eE".indexOf(now()) < 0;
    }

    /** Says whether something in it is escaped. */
    private boolean skipString() {
        expect('"');
        boolean escaped = false;
        while (plain) {
            char c = now();
            if (c == '"') {
                at++;
                break;
            }
            if (c == '\\') {
                escaped = true;
                escape();
            } else {
                plain = c >= ' ';
                at++;
            }
        }
        return escaped;
    }

    /** The character that an escape stands for. */
    private char escape() {
        at++;
        char c = now();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> {
                plain = false;
                yield c;
            }
        };
    }

    private char unicode() {
        int code = 0;
        for (int digit = 0; digit < 4; digit++) {
            int value = Character.digit(now(), 16);
            plain &= value >= 0 && now() < 0x80;
            code = code << 4 | (value & 0xF);
            at++;
        }
        return (char) code;
    }

    private String string() {
        int from = at + 1;
        int end = from;
        while (end < json.length() && json.charAt(end) != '"' && json.charAt(end) != '\\' && json.charAt(end) >= ' ') {
            end++;
        }
        expect('"');
        if (plain && end < json.length() && json.charAt(end) == '"') {
            at = end + 1;
            return json.substring(from, end);
        }
        return escaped();
    }

    private String escaped() {
        StringBuilder found = new StringBuilder();
        while (plain) {
            char c = now();
            if (c == '"') {
                at++;
                return found.toString();
            }
            if (c == '\\') {
                found.append(escape());
            } else {
                plain = c >= ' ';
                found.append(c);
                at++;
            }
        }
        return "";
    }
}
