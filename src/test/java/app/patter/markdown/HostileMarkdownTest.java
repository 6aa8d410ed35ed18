package app.patter.markdown;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

/** Whatever a model writes, and wherever a piece of it ends, a page holds only elements and attributes named here. */
class HostileMarkdownTest {

    private static final List<String> HOSTILE = List.of(
            // Elements and attributes.
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "<svg/onload=alert(1)>",
            "<iframe srcdoc='<script>alert(1)</script>'>",
            "a <b onmouseover=alert(1)>x</b>",
            "<a href=\"javascript:alert(1)\">x</a>",
            "<a\nhref=javascript:x>",
            "<style>*{display:none}</style>",
            "<link rel=stylesheet href=//x><meta http-equiv=refresh content=0><base href=//x>",
            "<form action=//x><button>",
            "<math><mtext></p><img src=x onerror=x>",
            "<body onload=x><html><head><title>x</title></head>",
            "<plaintext>",
            "<!-- --><script>x</script>",
            "<![CDATA[<script>x</script>]]> <?x <script>?>",
            "</section></main><script>x</script>",
            "\0<scr\0ipt>",
            "&lt;script&gt;alert(1)&lt;/script&gt; &#60;script&#62;",
            "~~<b~~> **<i**onx=1>",
            // Tags that mean something.
            "<sub onclick=alert(1)>x</sub> <kbd style=position:fixed id=composer>k</kbd>",
            "<br onload=alert(1)> <br/onload=alert(1)> <br hx-get=/steal>",
            "</sub></kbd></p></section> <sub>x</kbd></sub></sup>",
            "<sub><sub><sup>a</sub></sup></sub></sub>",
            "<sub title=\">\"><script>x</script></sub>",
            "**<sub>a**</sub> [<sup>](http://x)</sup> `<sub>`</sub>",
            "<sub\nonclick=x\n>y</sub\n>",
            "<details open ontoggle=alert(1)>\n<summary onclick=x><b>T</b></summary>\n\n<script>x</script>\n</details>\nx",
            "<details><summary>T</summary><img src=x onerror=x></details>\n</details></summary>\n<summary>x</summary>",
            "<details>\n- <details>\n```\n</details>\n```\n</details>\n\n</details>",
            "<SUB>x</Sub> <subx>y</subx> < sub>z</ sub>",
            // Swaps of their own.
            "<div hx-get=/steal hx-trigger=load></div>",
            "<i hx-swap-oob=\"innerHTML:body\">x</i>",
            "\" hx-swap-oob=\"innerHTML:body\" x=\"",
            "</i></template><i hx-swap-oob=\"delete:body\"></i>",
            "<template><script>x</script></template>",
            "a\n\nevent: gone\ndata: x\n\nb",
            "a\r\revent: gone\rdata: <script>x</script>\r\rb",
            "a&#10;&#13;data: x&#xd;&NewLine;",
            // Addresses.
            "[x](javascript:alert(1))",
            "[x](JaVaScRiPt:alert(1))",
            "[x](java\tscript:alert(1))",
            "[x](<java\nscript:alert(1)>)",
            "[x](<java script:alert(1)>)",
            "[x](&#106;avascript:alert(1))",
            "[x](javascript&colon;alert(1))",
            "[x](java&Tab;script&#58;alert(1))",
            "[x](&#x01;javascript:alert(1))",
            "[x](http&#x0A;s:javascript:alert(1))",
            "[x](\u00a0javascript:alert(1))",
            "[x](ja%76ascript:alert(1)) [x](javascript%3Aalert(1))",
            "[x](\\javascript:alert(1))",
            "[x](vbscript:x) [x](file:///etc/passwd) [x](blob:http://x) [x](feed:javascript:x)",
            "[x](data:text/html;base64,PHNjcmlwdD4=)",
            "[a](//evil.example) [b](/logout) [c](?x) [d](#x) [e](https:evil) [f](http:/evil)",
            "[x](http://a.b/\"onmouseover=\"alert(1))",
            "[x](http://u \"t\\\" onmouseover=alert(1) x=\\\"\")",
            "[x](http://u 't\" onfocus=alert(1) autofocus=\"')",
            "![x](data:text/html,<script>alert(1)</script>)",
            "![\"onerror=alert(1)](http://x\"onerror=alert(1))",
            "[![a](javascript:x)](javascript:y) [![a](http://x)](http://y)",
            "![a ![b [c](http://d)](http://e)](http://f)",
            "<javascript:alert(1)> <data:text/html,x> <http://x.y/\"onx=1>",
            "http://x.y/\"onmouseover=alert(1) javascript:alert(1) www.x.y/<script> a@b.c<script>",
            "[x][r]\n\n[r]: javascript:alert(1)",
            "[r]: javascript:alert(1)\n\n[x][r] ![r]",
            "[r]: <http://x> \"x\\\" onload=\\\"\"\n\n[x][r] ![r]",
            "\uFDD0 [x](\uFDD0) [y](&#xFDD0; \"t\")",
            // Code and tables.
            "```\"onmouseover=alert(1)\nx\n```",
            "```js\"><script>alert(1)</script>\nx\n```",
            "```html\n</code></pre><script>alert(1)</script>\n```",
            "~~~ a\"b\nx",
            "`<script>alert(1)</script>`",
            "| <img src=x onerror=alert(1)> | b |\n|---|---|\n| <script>x</script> | [q](javascript:x) |\n",
            "- [ ] <input onfocus=x autofocus>\n- [x] y",
            // Formulas and footnotes.
            "$</span><script>alert(1)</script>$",
            "\\(<img src=x onerror=alert(1)>\\)",
            "$$\n</div><script>alert(1)</script>\n$$",
            "\\[ <svg onload=x> \\]",
            "$\\href{javascript:alert(1)}{x}$ $\"onx=1$",
            "$$ [x](javascript:alert(1)) $$ $`$ `$` $",
            "a[^1]\n\n[^1]: <script>alert(1)</script> [x](javascript:y)",
            "a[^\"onx=1]\n\n[^\"onx=1]: x",
            "a[^<b>]\n\n[^<b>]: </section><script>x</script>\n\n    <iframe>",
            "[^a]: [^a] [^b]\n[^b]: [^a]",
            // Never closed.
            "$$ <script> \\[ <b> $x",
            "[[[[[[![![![((((<<<<",
            "**__~~``*[a](",
            "> > > > - - - 1. 1. ```",
            "[a](http://b[c](http://d[e](http://f");

    private static final List<String> BEFORE = List.of(
            "", "Some **text** then ", "- item\n- ", "> ", "```js\n", "| a | b |\n|---|---|\n| ", "1. a\n\n   > ");

    private static final Map<String, Set<String>> ALLOWED = Map.ofEntries(
            Map.entry("a", Set.of("href", "title", "rel", "target")),
            Map.entry("p", Set.of("dir")),
            Map.entry("ul", Set.of("dir")),
            Map.entry("blockquote", Set.of("dir")),
            Map.entry("table", Set.of("dir")),
            Map.entry("summary", Set.of("dir")),
            Map.entry("h1", Set.of("dir")),
            Map.entry("h2", Set.of("dir")),
            Map.entry("h3", Set.of("dir")),
            Map.entry("h4", Set.of("dir")),
            Map.entry("h5", Set.of("dir")),
            Map.entry("h6", Set.of("dir")),
            Map.entry("code", Set.of("class")),
            Map.entry("pre", Set.of("tabindex")),
            Map.entry("div", Set.of("class", "tabindex")),
            Map.entry("section", Set.of("class")),
            Map.entry("span", Set.of("class")),
            Map.entry("figure", Set.of("class")),
            Map.entry("ol", Set.of("dir", "start")),
            Map.entry("th", Set.of("align")),
            Map.entry("td", Set.of("align")),
            Map.entry("input", Set.of("type", "disabled", "checked", "aria-label")));

    private static final Set<String> PLAIN =
            Set.of("li details figcaption sup sub kbd em strong del br hr thead tbody tr".split(" "));

    private static final Pattern ADDRESS = Pattern.compile("(?i)(https?://|mailto:)[^\\x00-\\x20]+");

    @Test
    void noPieceOfAHostileTextLeavesTheAllowList() {
        for (String hostile : HOSTILE) {
            for (String before : BEFORE) {
                String text = before + hostile + " tail\n\nNext `para`.\n";
                for (int cut = before.length(); cut <= before.length() + hostile.length() + 1; cut++) {
                    follow(List.of(text.substring(0, cut), text.substring(cut)));
                }
                follow(List.of(text.split("(?<=.)", -1)));
            }
        }
    }

    @Test
    void noPieceOfAPublicListOfNaughtyStringsLeavesTheAllowList() {
        for (String naughty : NaughtyStrings.all()) {
            int step = Math.max(1, naughty.length() / 100);
            for (int cut = 0; cut < naughty.length(); cut += step) {
                follow(List.of(naughty.substring(0, cut), naughty.substring(cut)));
            }
            follow(List.of("- a\n- ", naughty, "\n\nb"));
        }
    }

    private static void follow(List<String> pieces) {
        String text = String.join("", pieces);
        LiveMarkdown live = new LiveMarkdown("r12-1");
        ReaderPage page = new ReaderPage("");
        for (String piece : pieces) {
            change(page, live.append(piece), text);
        }
        change(page, live.end(), text);
        assertEquals(new ReaderPage(Markdown.html(text)).html(), page.html(), text);
    }

    private static void change(ReaderPage page, String operations, String text) {
        assertTrue(operations.indexOf('\n') < 0 && operations.indexOf('\r') < 0, text);
        page.apply(operations);
        for (Element element : page.target().select("*")) {
            if (element != page.target()) {
                check(element, text);
            }
        }
    }

    private static void check(Element element, String text) {
        Set<String> attributes = ALLOWED.get(element.tagName());
        assertTrue(attributes != null || PLAIN.contains(element.tagName()), () -> element.tagName() + " in " + text);
        for (Attribute attribute : element.attributes()) {
            String name = attribute.getKey();
            assertTrue(attributes != null && attributes.contains(name), () -> name + " in " + text);
            boolean safe =
                    switch (name) {
                        case "href" -> ADDRESS.matcher(attribute.getValue()).matches();
                        case "class" ->
                            attribute
                                    .getValue()
                                    .matches(
                                            "table|code|notes|tools|math (?:inline|display)|language-[A-Za-z0-9_+#.-]{1,32}");
                        case "target" ->
                            attribute.getValue().equals("_blank")
                                    && element.attr("rel").equals("noopener noreferrer nofollow");
                        case "dir" -> attribute.getValue().equals("auto");
                        default -> true;
                    };
            assertTrue(safe, () -> attribute + " in " + text);
        }
    }

    @Test
    void deepNestingNeitherFailsNorTakesLong() {
        List<String> deep = new ArrayList<>();
        for (String mark : List.of(
                "<sub>",
                "$",
                "\\(",
                "<details>\n",
                "> ",
                "- ",
                "1. ",
                "*a ",
                "**",
                "[",
                "![",
                "`",
                "<",
                "&",
                "_a",
                "~~a ",
                "![a](",
                "[a](")) {
            deep.add(mark.repeat(3000) + "x");
            deep.add(mark.repeat(3000) + "x"
                    + new StringBuilder(mark).reverse().toString().repeat(3000));
        }
        for (String text : deep) {
            follow(List.of(text.substring(0, 2000), text.substring(2000)));
        }
    }
}
