package app.patter.provider.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.MultiReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;

/**
 * Ranks sentences against a question. Words of the neighbouring sentences and of the heading count a little, so that an
 * answer is found that does not repeat the question's words. Deterministic; for one thread.
 */
final class SentenceSearch {

    private static final float SATURATION = 1.2f;
    private static final float LENGTH = 0.6f;
    private static final float NEIGHBOUR = 0.35f;
    private static final float HEADING = 0.7f;

    /** Prefer pasted text to documentation. */
    private static final double PASTED = 1.3;

    /** A sentence that begins with the word asked for is likely to say what it is. */
    private static final double SUBJECT = 1.25;

    /** Hits that are looked at closely. */
    private static final int CONSIDERED = 50;

    private static final int MOST_HITS = 4;

    /** Terms of no more letters may be words that say nothing, without their endings. */
    private static final int SHORTEST = 3;

    /** A hit this much weaker than the best one is noise. */
    private static final double WEAKEST = 0.55;

    private final List<SentenceIndex.Place> places = new ArrayList<>();
    private final IndexReader reader;
    private final IndexSearcher searcher;

    /**
     * A sentence that matches.
     *
     * @param coverage share of the question's weight, from 0 to 1, that it and its surroundings have
     */
    record Hit(SentenceIndex.Place place, double score, double coverage) {

        SourceText source() {
            return place.source();
        }

        int index() {
            return place.index();
        }
    }

    SentenceSearch(SentenceIndex... indexes) {
        List<IndexReader> readers = new ArrayList<>();
        for (SentenceIndex index : indexes) {
            places.addAll(index.places());
            readers.add(index.reader());
        }
        try {
            reader = new MultiReader(readers.toArray(IndexReader[]::new), false);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // of indexes in memory
        }
        searcher = new IndexSearcher(reader);
        searcher.setSimilarity(new BM25Similarity(SATURATION, LENGTH));
        searcher.setQueryCache(null);
    }

    /** Sentences that can be found. */
    int size() {
        return places.size();
    }

    /** Whether any sentence or heading has the term. */
    boolean knows(String term) {
        return frequency(SentenceIndex.ALL, term) > 0;
    }

    /** The best sentences, best first, at most four, none next to another; empty if no term occurs. */
    List<Hit> find(List<String> terms) {
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        for (String term : terms) {
            query.add(new TermQuery(new Term(SentenceIndex.TEXT, term)), Occur.SHOULD);
            query.add(boosted(SentenceIndex.NEAR, term, NEIGHBOUR), Occur.SHOULD);
            query.add(boosted(SentenceIndex.HEADING, term, HEADING), Occur.SHOULD);
        }
        List<Hit> ranked = new ArrayList<>();
        try {
            for (ScoreDoc found : searcher.search(query.build(), CONSIDERED).scoreDocs) {
                ranked.add(hit(found, terms));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // of an index in memory
        }
        ranked.sort(Comparator.comparingDouble(Hit::score).reversed()); // stable: the earlier one wins a tie
        return withoutRepetition(ranked);
    }

    private static Query boosted(String field, String term, float boost) {
        return new BoostQuery(new TermQuery(new Term(field, term)), boost);
    }

    private Hit hit(ScoreDoc found, List<String> terms) throws IOException {
        double whole = 0;
        double covered = 0;
        for (String term : terms) {
            double weight = weight(term);
            whole += weight;
            Query mentions = new TermQuery(new Term(SentenceIndex.ALL, term));
            covered += searcher.explain(mentions, found.doc).isMatch() ? weight : 0;
        }
        SentenceIndex.Place place = places.get(found.doc);
        double coverage = covered / whole;
        List<String> telling = Terms.TELLING.in(place.sentence().text());
        boolean subject = !telling.isEmpty() && terms.contains(telling.get(0));
        double favour = (place.source().pasted() ? PASTED : 1) * (subject ? SUBJECT : 1);
        return new Hit(place, found.score * (0.4 + 0.6 * coverage) * favour, coverage);
    }

    /** The sentences that speak most about what their texts speak about, in their order: a summary of a kind. */
    List<Hit> mostCentral(int count) {
        List<List<String>> telling = places.stream()
                .map(place -> Terms.TELLING.in(place.sentence().text()))
                .toList();
        double usual = telling.stream().mapToInt(List::size).average().orElse(1);
        List<Hit> ranked = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            double score = telling.subList(Math.max(0, i - 1), Math.min(i + 2, telling.size())).stream()
                    .flatMap(List::stream)
                    .filter(term -> term.length() > SHORTEST)
                    .distinct()
                    .mapToInt(term -> frequency(SentenceIndex.TEXT, term))
                    .filter(frequency -> frequency > 1)
                    .mapToDouble(Math::log)
                    .sum();
            double length = Math.max(telling.get(i).size(), usual / 2);
            double first = places.get(i).index() == 0 ? 1.3 : 1;
            ranked.add(new Hit(places.get(i), first * score / Math.sqrt(Math.max(1, length)), 1));
        }
        ranked.sort(Comparator.comparingDouble(Hit::score).reversed());
        return ranked.stream()
                .limit(count)
                .sorted(Comparator.comparingInt(Hit::index))
                .toList();
    }

    private int frequency(String field, String term) {
        try {
            return reader.docFreq(new Term(field, term));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // of an index in memory
        }
    }

    private double weight(String term) {
        int frequency = frequency(SentenceIndex.ALL, term);
        return Math.log(1 + (places.size() - frequency + 0.5) / (frequency + 0.5));
    }

    private static List<Hit> withoutRepetition(List<Hit> ranked) {
        List<Hit> chosen = new ArrayList<>();
        for (Hit hit : ranked) {
            boolean strong =
                    chosen.isEmpty() || hit.score() >= WEAKEST * chosen.get(0).score();
            boolean apart = chosen.stream()
                    .noneMatch(
                            other -> other.source().equals(hit.source()) && Math.abs(other.index() - hit.index()) <= 2);
            if (strong && apart && chosen.size() < MOST_HITS) {
                chosen.add(hit);
            }
        }
        return chosen;
    }
}
