package app.patter.markdown;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MarkdownTest {

    /** Without the directions of text, which are on almost every block. */
    private static String plain(String html) {
        return html.replace(" dir=\"auto\"", "");
    }

    private static String html(String text) {
        return plain(Markdown.html(text));
    }

    private static String appended(LiveMarkdown live, String text) {
        return plain(live.append(text));
    }

    @Test
    void everyItemHoldsParagraphsSoThatALooseListLooksLikeATightOne() {
        assertEquals("<ul><li><p>a</p></li><li><p>b</p></li></ul>", html("- a\n- b"));
        assertEquals(html("- a\n- b"), html("- a\n\n- b"));
    }

    @Test
    void aTableScrollsInAFrameThatTheKeyboardReaches() {
        assertEquals(
                "<div class=\"table\" tabindex=\"0\"><table><thead><tr><th>a</th><th align=\"right\">b</th></tr></thead>"
                        + "<tbody><tr><td>1</td><td align=\"right\"></td></tr></tbody></table></div>",
                html("| a | b |\n|---|--:|\n| 1 |"));
    }

    @Test
    void codeKeepsItsLinesOnOneLineOfHtml() {
        assertEquals(
                "<figure class=\"code\"><figcaption>java</figcaption><pre tabindex=\"0\"><code class=\"language-java\">"
                        + "a &lt; b;&#10;&#10;c&#10;</code></pre><div class=\"tools\"></div></figure>",
                html("```java\r\na < b;\r\n\r\nc\r\n```"));
    }

    @Test
    void aLanguageThatIsNoNameIsLeftOut() {
        assertEquals(
                "<figure class=\"code\"><pre tabindex=\"0\"><code>x&#10;</code></pre><div class=\"tools\"></div></figure>",
                html("```a\"b\nx\n```"));
    }

    @Test
    void tasksAreBoxesThatSayWhatTheyMean() {
        assertEquals(
                "<ul><li><p><input type=\"checkbox\" disabled checked aria-label=\"Done\"> a</p></li>"
                        + "<li><p><input type=\"checkbox\" disabled aria-label=\"To do\"> b</p></li></ul>",
                html("- [x] a\n- [ ] b"));
    }

    @Test
    void picturesAreLinksBecauseLoadingThemWouldTellTheirServer() {
        assertEquals(
                "<p><a href=\"https://x.y/p.png\" rel=\"noopener noreferrer nofollow\" target=\"_blank\">cat</a></p>",
                html("![cat](https://x.y/p.png)"));
    }

    @Test
    void addressesOfThisApplicationAndOfOtherSchemesAreText() {
        assertEquals("<p>a b c</p>", html("[a](/logout) [b](javascript:x) [c](//x.y)"));
    }

    @Test
    void oneTildeIsATildeAndTwoStrikeThrough() {
        assertEquals("<p>~5 or 5~10 <del>x</del></p>", html("~5 or 5~10 ~~x~~"));
    }

    @Test
    void formulasKeepTheirSource() {
        String inline = "<span class=\"math inline\">";
        assertEquals("<p>" + inline + "a_1*b*c_2</span> <em>x</em></p>", html("$a_1*b*c_2$ *x*"));
        assertEquals("<p>So " + inline + "x &lt; \\{y\\}</span>.</p>", html("So \\( x < \\{y\\} \\)."));
        assertEquals("<p>" + inline + "\\text{if so then}</span></p>", html("$\\text{if so then}$"));
        assertEquals("<p>a <span class=\"math display\">x</span> b</p>", html("a $$x$$ b"));
        assertEquals("<p>a <span class=\"math display\">x</span> b</p>", html("a \\[x\\] b"));
    }

    @Test
    void aFormulaOnLinesOfItsOwnIsABlockWhateverItsLinesLookLike() {
        String formula = "<div class=\"math display\">a&#10;- b&#10;= c</div>";
        assertEquals("<p>So</p>" + formula + "<p>d</p>", html("So\n$$\na\n- b\n= c\n$$\nd"));
        assertEquals("<ul><li><p>So</p>" + formula + "</li></ul>", html("- So\n  \\[ a\n  - b\n  = c \\]"));
        assertEquals("<div class=\"math display\">x</div>", html("$$x$$"));
        assertEquals("<p>$$ a&#10;- b</p><p>c</p>", html("$$ a\n- b\n\nc"));
        assertEquals("<p><span class=\"math display\">x</span> is</p>", html("$$x$$ is"));
    }

    @Test
    void moneyAndShellsAreNoFormulas() {
        for (String text : new String[] {
            "costs $5 and $10",
            "$5 and 10$",
            "$HOME/$USER",
            "$HOME and $PATH",
            "US$5 or A$6",
            "$ 5 $",
            "$5",
            "$1,000 or $2,000.",
            "a $20 item and a 30$ one"
        }) {
            assertEquals("<p>" + text + "</p>", html(text));
        }
        assertEquals("<p><code>$x$</code> $y$</p>", html("`$x$` \\$y\\$"));
        assertEquals("<p>[1](x) [link](http)</p>", html("\\[1\\](x) \\[link](http)"));
    }

    @Test
    void aFormulaWaitsUntilItIsComplete() {
        LiveMarkdown live = new LiveMarkdown("r1-1");
        appended(live, "So $a_");
        assertEquals("<p>So</p>", plain(live.html()));
        appended(live, "1$ and $5 ");
        assertEquals("<p>So <span class=\"math inline\">a_1</span> and</p>", plain(live.html()));
        appended(live, "or so.\n\n$$\nx");
        assertEquals("<p>So <span class=\"math inline\">a_1</span> and $5 or so.</p>", plain(live.html()));
        assertEquals(
                "<i hx-swap-oob=\"beforeend:#r1-1\"><div class=\"math display\">x + 1</div></i>",
                appended(live, " + 1\n$$\n"));
    }

    @Test
    void footnotesAreNumberedByTheirReferencesAndStandAtTheEnd() {
        assertEquals(
                "<p>a<sup>1</sup> b<sup>2</sup> c<sup>1</sup> [^z]</p><section class=\"notes\"><ol>"
                        + "<li><p>One<sup>3</sup></p></li><li><p>Two</p><p>more</p></li><li><p>In</p></li>"
                        + "<li><p>Nowhere</p></li></ol></section>",
                html("a[^x] b[^2] c[^X] [^z]\n\n[^2]: Two\n\n    more\n[^x]: One[^in]\n\n[^no]: Nowhere\n"
                        + "[^in]: In"));
    }

    @Test
    void footnotesComeWithTheEnd() {
        LiveMarkdown live = new LiveMarkdown("r1-1");
        appended(live, "a[^1] b\n\n[^1]: No");
        appended(live, "te\n\nAfter\n");
        assertEquals("<p>a[^1] b</p><p>After</p>", plain(live.html()));
        assertTrue(plain(live.end())
                .startsWith("<i hx-swap-oob=\"innerHTML:#r1-1\"><p>a<sup>1</sup> b</p><p>After</p><section"));
    }

    @Test
    void htmlIsText() {
        assertEquals(
                "<p>a &lt;b&gt;c&lt;/b&gt;</p><p>&lt;div&gt;&#10;&lt;/div&gt;</p>",
                html("a <b>c</b>\n\n<div>\n</div>"));
    }

    @Test
    void charactersThatAreNoneBecomeReplacements() {
        assertEquals("<p>a\uFFFDb\uFFFDc\uFFFD</p>", html("a\0b\uD83Cc\uDF89"));
    }

    @Test
    void lineEndsFromReferencesAreReferencesAgain() {
        assertEquals("<p>a&#10;b&#13;c</p>", html("a&#10;b&#13;c"));
    }

    @Test
    void aTextThatGrowsIsNeverRenderedAgainFromTheBeginning() {
        LiveMarkdown live = new LiveMarkdown("r1-1");
        appended(live, "# Title\n\n- one\n- two\n  ```js\n  x\n");
        assertEquals(
                "<i hx-swap-oob=\"beforeend:#r1-1>:last-child>:last-child>:last-child code\">y</i>",
                appended(live, "  y"));
        assertEquals(
                "<i hx-swap-oob=\"beforeend:#r1-1>:last-child>:last-child>:last-child code\">&#10;</i>",
                appended(live, "\n"));
        assertEquals(
                "<i hx-swap-oob=\"beforeend:#r1-1>:last-child>:last-child>:last-child\">"
                        + "<div class=\"tools\"></div></i>",
                appended(live, "  ```\n"));
        assertEquals("<i hx-swap-oob=\"beforeend:#r1-1\"><p>Then</p></i>", appended(live, "\nThen"));
        assertEquals("<i hx-swap-oob=\"beforeend:#r1-1>:last-child\"> more</i>", appended(live, " more"));
        assertEquals("", appended(live, "\n"));
        assertEquals("", plain(live.end()));
    }

    @Test
    void aDefinitionThatComesLateReplacesWhatWaitedForIt() {
        LiveMarkdown live = new LiveMarkdown("r1-1");
        appended(live, "See [docs].\n\nOther.\n\n");
        String operations = appended(live, "[docs]: https://x.y/\n\n");
        assertTrue(operations.startsWith("<p hx-swap-oob=\"outerHTML:#r1-1>:nth-child(1)\">See <a href="), operations);
        assertFalse(operations.contains("Other"), operations);
    }

    @Test
    void tablePartsTravelInTemplatesAndThenEverythingOfTheFrameDoes() {
        LiveMarkdown live = new LiveMarkdown("r1-1");
        appended(live, "| a |\n|---|\n| 1 |\n");
        assertEquals(
                "<template><tbody hx-swap-oob=\"beforeend:#r1-1>:last-child tbody\"><tr><td>2</td></tr></tbody></template>"
                        + "<template><i hx-swap-oob=\"beforeend:#r1-1\"><p>End</p></i></template>",
                appended(live, "| 2 |\n\nEnd"));
    }

    @Test
    void aResumedTextGoesOnAsIfItHadBeenFollowed() {
        LiveMarkdown followed = new LiveMarkdown("r1-1");
        followed.append("- a\n- **b");
        LiveMarkdown resumed = LiveMarkdown.resumed("r1-1", "- a\n- **b");
        assertEquals(followed.html(), resumed.html());
        assertEquals(followed.append(" c** d"), resumed.append(" c** d"));
    }
}
