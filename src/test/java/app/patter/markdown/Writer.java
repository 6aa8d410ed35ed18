package app.patter.markdown;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Writes random Markdown: what models write, and what nobody would. */
public final class Writer {

    private static final String[] WORDS = ("the a server stream token model when data each value request buffer memory"
                    + " thread latency render block cache however result commit line browser layout window session queue"
                    + " don't naïve größer 日本 🎉 👩‍👩‍👧 x_y a*b 3.14 $5 2*3*4 AT&T <b> Vec<T> C:\\dir \"so\" snake_case_name")
            .split(" ");

    private static final String[] SOUP = {
        "- a",
        "- b **c",
        "  - n",
        "   x",
        "1. one",
        "2. two",
        "7) z",
        "* s",
        "+ p",
        "```",
        "```js",
        "~~~",
        "    code",
        "\ttab",
        "> q",
        "> - ql",
        ">",
        "# h",
        "## h2 ##",
        "===",
        "---",
        "***",
        "| a | b |",
        "|---|:-:|",
        "| 1 | 2 |",
        "a | b",
        "--- | ---",
        "<div>",
        "</div>",
        "<!--",
        "-->",
        "<b>x</b>",
        "[foo]: http://f/",
        "[foo]: http://f 'ti",
        "tle'",
        "[foo] and [bar][foo]",
        "[bar]: <http://x/ y> \"t\"",
        "- [ ] todo",
        "- [x] done",
        "text **bold** `code` ~~s~~",
        "text",
        "",
        "",
        "",
        "  ",
        "http://x.y/z_",
        "&amp; &lt; < \"",
        "\\*esc",
        "a  ",
        "b\\",
        "-",
        "*",
        "1.",
        "- - x",
        "1. - ```",
        "   ```",
        "  ```",
        "🎉 日本",
        "  > x",
        "> > y",
        ">     code",
        "  1. deep",
        "     - deeper",
        "      text",
        "  | a | b |",
        "  |---|---|",
        "  | 1 | 2 |",
        "|",
        "[^1]",
        "[^1]: note",
        "text[^1] and[^2]",
        "[^2]: - item",
        "    [^1]",
        "![p](http://p/q.png)",
        "[l](http://l 't')",
        "[![i](http://i)](http://o)",
        "a@b.cd",
        "www.x.yz",
        "123456789. big",
        "-    wide",
        "-\ttabbed",
        "[foo]:",
        "http://late/",
        "- ```",
        "- > q",
        "  > ```",
        "  [bar]: http://in/",
        "$$x$$",
        "$$",
        "\\[",
        "\\]",
        "$$ y $$ z",
        "a $x_1$ \\(b\\) $5 $",
        "若$x$，值$y=1$。",
        "\\begin{align}",
        "\\end{align}",
        "```math",
        "\\[1\\] and \\[x^2\\]",
        "**注：**是*（一）*二",
        "看https://x.y/a。再（www.x.y）",
        "**http://x.y/z** “http://x.y”",
        "<br>",
        "a<br>b <sub>c</sub>",
        "<kbd>**k</kbd>** <sup>",
        "<?php",
        "<details>",
        "<details><summary>s</summary>",
        "<summary>*t*</summary>",
        "</details>",
        "- <details>",
        "  <summary>u",
        "  </details>",
        "| `p|q` | $|r|$ |",
        "| ` | <br>x |",
        "שלום",
        "一",
        "二。",
        "--",
        "="
    };

    private final Random random;

    public Writer(long seed) {
        random = new Random(seed);
    }

    int number(int from, int to) {
        return from + random.nextInt(to - from + 1);
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    String one(String... of) {
        return of[random.nextInt(of.length)];
    }

    /** Lines that make no sense together. */
    String soup(int lines) {
        StringBuilder text = new StringBuilder();
        String end = chance(10) ? "\r\n" : "\n";
        for (int line = 0; line < lines; line++) {
            text.append(one(SOUP)).append(chance(2) ? "\r" : end);
        }
        if (chance(50)) {
            text.setLength(text.length() - 1);
        }
        return text.toString();
    }

    /** Characters that mean something, without sense. */
    String noise(int length) {
        String marks = "*_`~[]()<>!#-+=|:\\\"'&;$^ \n\t1a.\u00e4";
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < length; at++) {
            text.append(
                    chance(3)
                            ? one("🎉", "\r\n", "\0", "\ud83c", "\udf89", "https://", "&#10;", "    ")
                            : String.valueOf(marks.charAt(random.nextInt(marks.length()))));
        }
        return text.toString();
    }

    /** An answer of several blocks. */
    public String answer(int blocks, boolean tables) {
        StringBuilder text = new StringBuilder();
        for (int block = 0; block < blocks; block++) {
            text.append(block(tables)).append("\n");
        }
        return text.toString();
    }

    private String block(boolean tables) {
        List<Supplier<String>> kinds = new ArrayList<>(List.of(
                () -> paragraph() + "\n",
                () -> paragraph() + "\n",
                () -> "#".repeat(number(1, 4)) + " " + words(number(1, 5)) + "\n",
                () -> code("", number(1, 9)),
                () -> list("", number(1, 6), 2),
                () -> list("", number(1, 6), 2),
                () -> quote(),
                () -> "---\n",
                () -> one("$$\n" + word() + "\n+ 1 = \\frac{a}{b}\n$$\n", "\\[ x_1 \\]\n"),
                () -> "[" + one("ref", "Late", "foo") + "]: https://example.org/" + number(1, 9) + "\n"));
        if (tables) {
            kinds.add(() -> table("", number(0, 6)));
        }
        return kinds.get(random.nextInt(kinds.size())).get();
    }

    String paragraph() {
        StringBuilder text = new StringBuilder();
        for (int sentence = number(1, 4); sentence > 0; sentence--) {
            text.append(sentence()).append(sentence > 1 ? one(" ", " ", " ", "\n") : "");
        }
        return text.toString();
    }

    /** Paragraphs of thousands of characters, in lists and quotes too, and whatever may change how they are understood. */
    String longParagraphs() {
        StringBuilder text = new StringBuilder(one("", "", "[ref]: https://example.org/1\n\n", "Before\n\n"));
        for (int paragraph = number(1, 2); paragraph > 0; paragraph--) {
            text.append(
                    one("", "", "", "- ", "- one\n- two\n\n  ", "1. one\n\n   ", "> ", "> before\n>\n> ", "- [x] "));
            int plain = chance(60) ? 100 : 97;
            for (int sentence = number(30, 120); sentence > 0; sentence--) {
                text.append(chance(plain) ? "So " + plainWords(number(3, 14)) + "." : sentence());
                text.append(sentence == 1 ? "" : one(" ", " ", " ", " ", " ", " ", "\n", "  \n"));
            }
            text.append(
                    one("\n\n", "\n\n", "\n\n", "\n- item\n", "\n# Head\n", "\n===\n", " | b\n|---|---|\n| c | d |\n"));
        }
        return text.append(one("", "", "[late]: https://example.org/2\n")).toString();
    }

    /** Words without marks. */
    String plainWords(int count) {
        StringBuilder text = new StringBuilder();
        for (int word = 0; word < count; word++) {
            text.append(word > 0 ? " " : "").append(one("plain", "words", "of", "prose", "ä", "🎉", "3", "don't"));
        }
        return text.toString();
    }

    String sentence() {
        return "So " + words(number(3, 14)) + one(".", ".", "?", ":", "!");
    }

    String words(int count) {
        StringBuilder text = new StringBuilder();
        for (int word = 0; word < count; word++) {
            text.append(word > 0 ? " " : "").append(word());
        }
        return text.toString();
    }

    private String word() {
        String word = one(WORDS);
        return switch (random.nextInt(40)) {
            case 0 -> "**" + word + " " + one(WORDS) + "**";
            case 1 -> "`" + word.replace("`", "") + "()`";
            case 2 -> "*" + word + "*";
            case 3 -> "[" + word + " docs](https://example.org/" + number(1, 99) + ")";
            case 4 -> word + ",";
            case 5 -> "~~" + word + "~~";
            case 6 -> "[" + one("ref", "late", "Foo bar") + "]";
            case 7 -> "***" + word + "***";
            case 8 -> "https://example.org/" + number(1, 99);
            case 9 -> "![" + word + "](https://example.org/p.png)";
            case 10 -> "&lt;";
            case 11 -> "**`" + number(1, 9) + "`** and";
            case 12 -> one("$x_1*y$", "\\(a_1 + b\\)", "$\\alpha$", "costs $5", "$HOME");
            default -> word;
        };
    }

    String code(String margin, int lines) {
        StringBuilder text = new StringBuilder(margin + "```" + one("java", "python", "", "html", "c++") + "\n");
        for (int line = 0; line < lines; line++) {
            String content =
                    one("", "}", "    if (a < b && c[\"x\"] != null) {", "\treturn `x`;", "# " + word(), "- " + word());
            text.append(content.isEmpty() ? "" : margin).append(content).append("\n");
        }
        return text + margin + "```\n";
    }

    String list(String margin, int items, int depth) {
        boolean ordered = chance(40);
        boolean loose = chance(30);
        boolean task = chance(10);
        String bullet = one("-", "*", "+");
        StringBuilder text = new StringBuilder();
        for (int item = 1; item <= items; item++) {
            String marker = ordered ? item + ". " : bullet + " ";
            String inner = margin + " ".repeat(marker.length());
            text.append(margin).append(marker).append(task ? one("[ ] ", "[x] ") : "");
            text.append(chance(30) ? "**" + one(WORDS) + "**: " : "")
                    .append(sentence())
                    .append("\n");
            int more = random.nextInt(10);
            if (more == 0 && depth > 0) {
                text.append(list(inner, number(1, 4), depth - 1));
            } else if (more == 1) {
                text.append("\n").append(code(inner, number(1, 5)));
            } else if (more == 2) {
                text.append("\n").append(inner).append(sentence()).append("\n");
            } else if (more == 3 && depth == 1) {
                text.append("\n").append(inner).append("> ").append(sentence()).append("\n");
            }
            text.append(loose ? "\n" : "");
        }
        return text.toString();
    }

    String table(String margin, int rows) {
        int columns = number(1, 4);
        StringBuilder text = new StringBuilder(margin + "|");
        for (int column = 0; column < columns; column++) {
            text.append(" ").append(one(WORDS).replace("|", "")).append(" |");
        }
        text.append("\n").append(margin).append("|");
        for (int column = 0; column < columns; column++) {
            text.append(one("---|", ":-:|", "--:|", ":--|"));
        }
        text.append("\n");
        for (int row = 0; row < rows; row++) {
            text.append(margin).append("|");
            for (int column = 0; column < columns; column++) {
                text.append(" ").append(words(number(0, 3))).append(" |");
            }
            text.append("\n");
        }
        return text.toString();
    }

    private String quote() {
        StringBuilder text = new StringBuilder();
        for (int line = number(1, 3); line > 0; line--) {
            text.append("> ")
                    .append(one(sentence(), "- " + sentence(), "", "> " + sentence()))
                    .append("\n");
        }
        return text.toString();
    }

    /** The text in pieces of random length. */
    List<String> pieces(String text) {
        int longest = List.of(1, 6, 60, 400).get(random.nextInt(4));
        return pieces(text, longest);
    }

    public List<String> pieces(String text, int longest) {
        List<String> pieces = new ArrayList<>();
        for (int at = 0; at < text.length(); ) {
            int end = Math.min(text.length(), at + number(1, longest));
            pieces.add(text.substring(at, end));
            at = end;
        }
        return pieces;
    }
}
