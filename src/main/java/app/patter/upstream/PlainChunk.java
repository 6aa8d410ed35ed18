package app.patter.upstream;

import org.jspecify.annotations.Nullable;

/**
 * Reads what nearly every chunk of a chat completion is: a piece of text or reasoning, and nothing else of interest.
 * Anything more, or anything unusual, is left to the parser that knows it all; so is what is no JSON. Built for its cost:
 * it makes nothing but the piece.
 */
final class PlainChunk {

    /** No chunk is nested deeper than this, unless somebody wants to see what happens. */
    private static final int DEPTH = 16;

    private final String json;
    private int at;
    private int depth;
    private boolean plain = true;
    private boolean choices;
    private boolean delta;
    private String text = "";
    private String reasoning = "";

    private PlainChunk(String json) {
        this.json = json;
    }

    /** The chunk, if it is plain; null otherwise. */
    static @Nullable PlainChunk of(String json) {
        PlainChunk chunk = new PlainChunk(json);
        chunk.blanks();
        chunk.object(PlainChunk::topLevel);
        chunk.blanks();
        return chunk.plain && chunk.choices && chunk.at == json.length() ? chunk : null;
    }

    /** May be empty. */
    String text() {
        return text;
    }

    /** May be empty. */
    String reasoning() {
        return reasoning;
    }

    /** Reads the value of a field. */
    private interface Field {
        void read(PlainChunk chunk, int from, int to);
    }

    private boolean isNamed(int from, int to, String name) {
        return to - from == name.length() && json.startsWith(name, from);
    }

    private void topLevel(int from, int to) {
        if (isNamed(from, to, "choices")) {
            plain &= !choices;
            choices = true;
            onlyChoice();
        } else if (isNamed(from, to, "usage") || isNamed(from, to, "error")) {
            nothing();
        } else if (isNamed(from, to, "object")) {
            int begin = at;
            skip();
            plain &= !json.startsWith("\"error\"", begin);
        } else {
            skip();
        }
    }

    private void onlyChoice() {
        expect('[');
        blanks();
        object(PlainChunk::choice);
        blanks();
        expect(']');
    }

    private void choice(int from, int to) {
        if (isNamed(from, to, "delta")) {
            plain &= !delta;
            delta = true;
            object(PlainChunk::delta);
        } else if (isNamed(from, to, "index")) {
            expect('0');
        } else if (isNamed(from, to, "finish_reason")) {
            nothing();
        } else if (isNamed(from, to, "logprobs")) {
            skip();
        } else {
            plain = false;
        }
    }

    private void delta(int from, int to) {
        if (isNamed(from, to, "content") && text.isEmpty()) {
            text = textOrNull();
        } else if ((isNamed(from, to, "reasoning_content") || isNamed(from, to, "reasoning")) && reasoning.isEmpty()) {
            reasoning = textOrNull();
        } else if (isNamed(from, to, "role")) {
            skip();
        } else {
            nothing(); // a refusal, calls
        }
    }

    private void nothing() {
        plain &= json.startsWith("null", at);
        at += 4;
    }

    private String textOrNull() {
        if (json.startsWith("null", at)) {
            at += 4;
            return "";
        }
        return string();
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

    private void object(Field field) {
        enter('{');
        if (now() != '}') {
            do {
                blanks();
                int from = at + 1;
                skipString();
                int to = at - 1;
                blanks();
                expect(':');
                blanks();
                if (plain) {
                    field.read(this, from, to);
                }
                blanks();
            } while (more());
        }
        leave('}');
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

    private void skip() {
        switch (now()) {
            case '"' -> skipString();
            case '{' -> object((chunk, from, to) -> chunk.skip());
            case '[' -> skipArray();
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> number();
        }
    }

    private void literal(String word) {
        plain &= json.startsWith(word, at);
        at += word.length();
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
    private void number() {
        int begin = at;
        at += now() == '-' ? 1 : 0;
        int first = at;
        while (now() >= '0' && now() <= '9') {
            at++;
        }
        boolean leadingZero = at > first + 1 && json.charAt(first) == '0';
        plain &= at > first && !leadingZero && at > begin && ".eE".indexOf(now()) < 0;
    }

    private void skipString() {
        expect('"');
        while (plain) {
            char c = now();
            if (c == '"') {
                at++;
                return;
            }
            if (c == '\\') {
                escape();
            } else {
                plain = c >= ' ';
                at++;
            }
        }
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
        if (end < json.length() && json.charAt(end) == '"') {
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
