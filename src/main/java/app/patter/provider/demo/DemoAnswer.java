package app.patter.provider.demo;

import app.patter.chat.ChatMessage;
import app.patter.chat.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What the demo says to a conversation: what people pasted into it and Patter's documentation, searched and quoted.
 * Pure and deterministic, so that an interrupted answer can be gone on with.
 *
 * @param steps what was looked for and found, shown as reasoning
 * @param text Markdown
 */
record DemoAnswer(List<String> steps, String text) {

    /** Less of the question's weight than this in the best sentence, and it is a chance hit. */
    private static final double CHANCE = 0.34;

    private static final int SHOWN = 90;

    private static final Set<String> GREETINGS = Set.of(
            ("hi hello hey hallo moin servus hola bonjour salut ciao howdy greetings good guten morning morgen tag"
                            + " abend evening afternoon day help hilfe test testing thanks thank danke ok okay start there"
                            + " world welt patter demo yo grüß gott grüezi namaste")
                    .split(" "));

    private static final Set<String> SUMMARY = Set.of(
            "summary",
            "summarise",
            "summarize",
            "summarised",
            "summarized",
            "tldr",
            "zusammenfassung",
            "zusammenfassen",
            "zusammen",
            "fasse",
            "kurzfassung",
            "résumé",
            "overview",
            "überblick",
            "gist");

    /** Words that come with a wish for a summary and name no subject. */
    private static final Set<String> ABOUT_TEXT = Set.of(
            "text",
            "this",
            "passage",
            "article",
            "artikel",
            "document",
            "dokument",
            "following",
            "folgenden",
            "below",
            "above",
            "short",
            "kurz",
            "brief",
            "briefly",
            "tl",
            "dr",
            "diesen",
            "dieser",
            "page",
            "key",
            "main",
            "points",
            "sentences",
            "sentence",
            "make",
            "write",
            "quick");

    private static final String CONNECT =
            "To talk with a language model, add its server on the page **Models**, set `PATTER_MODEL_URL` (and"
                    + " `PATTER_MODEL_KEY` if it wants a key) or start a model server such as Ollama on this machine.";

    /** Composes the answer to the last question of {@code turns}. */
    static DemoAnswer to(List<ChatMessage> messages, SentenceIndex documentation) {
        List<SourceText> pasted = new ArrayList<>();
        String question = "";
        boolean pastedNow = false;
        for (int i = 0; i < messages.size(); i++) {
            if (messages.get(i).role() == Role.USER) {
                PastedText found = PastedText.in(messages.get(i).text());
                question = found.question();
                boolean last = i == messages.size() - 1;
                pastedNow = last && !found.passage().isEmpty();
                if (!found.passage().isEmpty()) {
                    String source = last ? "the text in your message" : "the text you pasted in message " + (i + 1);
                    pasted.add(SourceText.of(source, true, found.passage()));
                }
            }
        }
        return new Composer(question, pasted, documentation, pastedNow).compose();
    }

    private static final class Composer {
        private final String question;
        private final List<SourceText> pasted;
        private final SentenceIndex documentation;
        private final boolean pastedNow;
        private final List<String> steps = new ArrayList<>();

        Composer(String question, List<SourceText> pasted, SentenceIndex documentation, boolean pastedNow) {
            this.question = question.strip();
            this.pasted = pasted;
            this.documentation = documentation;
            this.pastedNow = pastedNow;
        }

        DemoAnswer compose() {
            List<String> words = Terms.tellingAsWritten(question);
            if (!pasted.isEmpty() && (wantsSummary(words) || (pastedNow && words.isEmpty()))) {
                return new DemoAnswer(steps, summary());
            }
            if (words.stream().allMatch(word -> GREETINGS.contains(word.toLowerCase(Locale.ROOT)))) {
                steps.add("No question that could be searched for.\n");
                return new DemoAnswer(steps, greeting());
            }
            return new DemoAnswer(steps, search(words));
        }

        private static boolean wantsSummary(List<String> words) {
            List<String> lower =
                    words.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
            return lower.stream().anyMatch(SUMMARY::contains)
                    && lower.stream().allMatch(word -> SUMMARY.contains(word) || ABOUT_TEXT.contains(word));
        }

        private String greeting() {
            return "Hello! I am Patter's built-in demo: a search, not a language model. You can\n\n"
                    + "- **paste a text** of some length and ask about it, and I quote the sentences that fit best;\n"
                    + "- ask **about Patter**, for example “How does an answer survive a restart?” or “Which settings are"
                    + " there?”;\n"
                    + "- ask for a **summary** of what you pasted, and I quote its most central sentences.\n\n"
                    + CONNECT;
        }

        private String summary() {
            SourceText newest = pasted.get(pasted.size() - 1);
            SentenceSearch search = new SentenceSearch(SentenceIndex.of(List.of(newest)));
            steps.add("Looking for the most central sentences of " + newest.source() + ".\n");
            steps.add("Weighed " + count(search.size(), "sentence") + ".\n");
            StringBuilder text = new StringBuilder("I cannot write a summary, but these sentences of ")
                    .append(newest.source())
                    .append(" say most about what it is about:\n\n");
            for (SentenceSearch.Hit hit : search.mostCentral(Math.min(4, Math.max(1, search.size() / 3)))) {
                quote(newest, hit.index(), hit.index(), text);
                text.append('\n');
            }
            return text.append("Ask about something in it, and I quote what fits.")
                    .toString();
        }

        private String search(List<String> words) {
            List<String> telling = Terms.TELLING.in(question);
            List<String> terms = (telling.isEmpty() ? Terms.ALL.in(question) : telling)
                    .stream().distinct().toList();
            SentenceSearch search = new SentenceSearch(SentenceIndex.of(pasted), documentation);
            steps.add("Looking for: " + String.join(", ", words) + ".\n");
            steps.add("Searched " + searched() + ".\n");
            List<SentenceSearch.Hit> hits = search.find(terms);
            if (hits.isEmpty() || hits.get(0).coverage() < CHANCE) {
                steps.add(hits.isEmpty() ? "No match.\n" : "Only chance matches.\n");
                return nothing(words);
            }
            SentenceSearch.Hit best = hits.get(0);
            steps.add("Best match: “" + shortened(best.place().sentence().text()) + "” in "
                    + source(best.source(), best.index()) + ".\n");
            return found(hits, missing(words, search));
        }

        private String searched() {
            int original = pasted.stream()
                    .mapToInt(passage -> passage.sentences().size())
                    .sum();
            int ours = documentation.places().size();
            String manual = "Patter's documentation (" + count(ours, "sentence") + ")";
            return pasted.isEmpty()
                    ? manual
                    : count(pasted.size(), "passage") + " you pasted (" + count(original, "sentence") + ") and "
                            + manual;
        }

        private static String missing(List<String> words, SentenceSearch search) {
            List<String> missing = words.stream()
                    .filter(word -> Terms.TELLING.in(word).stream().noneMatch(search::knows))
                    .toList();
            return missing.isEmpty() ? "" : "Nothing mentions " + String.join(" or ", missing) + ". ";
        }

        private String nothing(List<String> words) {
            return "I found nothing about **" + String.join(" ", words) + "** in "
                    + (pasted.isEmpty() ? "" : "what you pasted or in ") + "Patter's documentation.\n\n"
                    + "I am not a language model, only a search that quotes. Paste a text that has the answer and ask"
                    + " again. " + CONNECT;
        }

        private String found(List<SentenceSearch.Hit> hits, String missing) {
            Map<String, Boolean> headed = new HashMap<>();
            StringBuilder text = new StringBuilder(missing);
            String before = "";
            for (SentenceSearch.Hit hit : hits) {
                String source = source(hit.source(), hit.index());
                if (!source.equals(before)) {
                    boolean again = headed.put(source, true) != null;
                    text.append(before.isEmpty() ? "The best match is from " : again ? "Again from " : "Also from ")
                            .append(source)
                            .append(":\n\n");
                }
                before = source;
                quoteWithContext(hit, text);
                text.append('\n');
            }
            return text.append("*Found by search, not written by a language model.*")
                    .toString();
        }

        private static String source(SourceText passage, int index) {
            String section = passage.sentences().get(index).section();
            boolean named = section.isEmpty() || passage.source().endsWith(": " + section);
            return named ? passage.source() : passage.source() + " › " + section;
        }
    }

    /** Quotes the sentence with the ones beside it in its paragraph; a code block follows the line that announces it. */
    private static void quoteWithContext(SentenceSearch.Hit hit, StringBuilder text) {
        List<SourceText.Sentence> sentences = hit.source().sentences();
        SourceText.Sentence found = sentences.get(hit.index());
        int from = hit.index();
        int to = hit.index();
        if (from > 0 && belongs(sentences.get(from - 1), found)) {
            from--;
        }
        if (to + 1 < sentences.size() && belongs(found, sentences.get(to + 1))) {
            to++;
        }
        quote(hit.source(), from, to, text);
    }

    private static boolean belongs(SourceText.Sentence first, SourceText.Sentence second) {
        boolean announced = second.code() && !first.code() && first.text().endsWith(":");
        boolean together = first.paragraph() == second.paragraph();
        return first.section().equals(second.section()) && (together || announced);
    }

    private static void quote(SourceText passage, int from, int to, StringBuilder text) {
        for (int i = from; i <= to; i++) {
            SourceText.Sentence sentence = passage.sentences().get(i);
            boolean sameParagraph = i > from && passage.sentences().get(i - 1).paragraph() == sentence.paragraph();
            if (sentence.code()) {
                text.append(i > from ? ">\n" : "")
                        .append("> ```\n> ")
                        .append(sentence.text().replace("\n", "\n> "))
                        .append("\n> ```\n");
            } else if (sameParagraph) {
                text.setLength(text.length() - 1);
                text.append(' ').append(sentence.text()).append('\n');
            } else {
                text.append(i > from ? ">\n" : "")
                        .append("> ")
                        .append(sentence.text())
                        .append('\n');
            }
        }
    }

    private static String shortened(String text) {
        String line = text.replace('\n', ' ');
        if (line.length() <= SHOWN) {
            return line;
        }
        int end = line.lastIndexOf(' ', SHOWN);
        return line.substring(0, end > SHOWN / 2 ? end : line.offsetByCodePoints(0, line.codePointCount(0, SHOWN) - 1))
                + "…";
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
