package app.patter.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.jspecify.annotations.Nullable;

/**
 * What somebody looks for: words that must all occur, the last one perhaps only begun; {@code "phrases"}; {@code -without};
 * {@code from:me}, {@code model:}, {@code before:} and {@code after:} a day such as 2026-01-31. Whatever cannot be
 * understood is a word. Immutable.
 *
 * @param wanted  what a text must have, for finding it and for showing where; null when nothing but conditions is given
 * @param filters what else must be so, and must not
 */
record SearchQuery(@Nullable Query wanted, BooleanQuery filters) {

    /** More would be an attack. */
    private static final int MOST_PARTS = 32;

    private static final int WHOLE_WORD = 2;

    private static final Pattern PART =
            Pattern.compile("(-)?(?:\"([^\"]*)(?:\"|$)|(from|model|before|after):(\\S+)|(\\S+))");

    /** @param owner whose conversations are searched */
    static SearchQuery of(String text, UUID owner) {
        BooleanQuery.Builder wanted = new BooleanQuery.Builder();
        BooleanQuery.Builder filters = new BooleanQuery.Builder();
        filters.add(new TermQuery(new Term(SearchIndex.OWNER, owner.toString())), Occur.FILTER);
        boolean some = false;
        Matcher parts = PART.matcher(text);
        for (int count = 0; count < MOST_PARTS && parts.find(); count++) {
            boolean without = parts.group(1) != null;
            Optional<Query> condition =
                    parts.group(3) == null ? Optional.empty() : condition(parts.group(3), parts.group(4));
            if (condition.isPresent()) {
                filters.add(condition.get(), without ? Occur.MUST_NOT : Occur.FILTER);
                continue;
            }
            boolean begun = !without && parts.group(2) == null && parts.end() == text.length();
            Query found =
                    words(parts.group(2) == null ? parts.group().substring(without ? 1 : 0) : parts.group(2), begun);
            if (found != null && without) {
                filters.add(found, Occur.MUST_NOT);
            } else if (found != null) {
                wanted.add(found, Occur.MUST);
                some = true;
            }
        }
        return new SearchQuery(some ? wanted.build() : null, filters.build());
    }

    private static Optional<Query> condition(String name, String value) {
        return switch (name) {
            case "from" ->
                value.equals("me")
                        ? Optional.of(new TermQuery(new Term(SearchIndex.FROM, SearchIndex.PERSON)))
                        : Optional.empty();
            case "model" -> Optional.of(new PrefixQuery(new Term(SearchIndex.MODEL, value.toLowerCase(Locale.ROOT))));
            case "before" ->
                day(value).map(day -> LongPoint.newRangeQuery(SearchIndex.CREATED, Long.MIN_VALUE, day - 1));
            default -> day(value).map(day -> LongPoint.newRangeQuery(SearchIndex.CREATED, day, Long.MAX_VALUE));
        };
    }

    /** The beginning of a day in UTC, in seconds. */
    private static Optional<Long> day(String value) {
        try {
            return Optional.of(
                    LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toEpochSecond());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static @Nullable Query words(String text, boolean begun) {
        List<Term> terms = new ArrayList<>();
        PhraseQuery.Builder phrase = new PhraseQuery.Builder();
        try (TokenStream tokens = Terms.OF_QUERY.tokenStream(SearchIndex.TEXT, text)) {
            CharTermAttribute word = tokens.addAttribute(CharTermAttribute.class);
            PositionIncrementAttribute step = tokens.addAttribute(PositionIncrementAttribute.class);
            tokens.reset();
            for (int position = -1; tokens.incrementToken(); ) {
                position += step.getPositionIncrement();
                Term term = new Term(SearchIndex.TEXT, word.toString());
                terms.add(term);
                phrase.add(term, position);
            }
            tokens.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // of a text in memory
        }
        if (terms.isEmpty()) {
            return null;
        }
        if (terms.size() > 1) {
            return phrase.build();
        }
        Query whole = new TermQuery(terms.get(0));
        return begun
                ? new BooleanQuery.Builder()
                        .add(new BoostQuery(whole, WHOLE_WORD), Occur.SHOULD)
                        .add(new PrefixQuery(terms.get(0)), Occur.SHOULD)
                        .build()
                : whole;
    }

    /** All of it. */
    Query whole() {
        return wanted == null
                ? filters
                : new BooleanQuery.Builder()
                        .add(wanted, Occur.MUST)
                        .add(filters, Occur.FILTER)
                        .build();
    }

    /** Whether anything is looked for, or only the account was given. */
    boolean isEmpty() {
        return wanted == null && filters.clauses().size() == 1;
    }
}
