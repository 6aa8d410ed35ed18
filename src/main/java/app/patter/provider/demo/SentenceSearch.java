package app.patter.provider.demo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Ranks the sentences of some passages against a question with BM25 (Robertson and Zaragoza, 2009). Words of the
 * neighbouring sentences and of the heading count a little, so that an answer is found that does not repeat the
 * question's words. Pure and deterministic; immutable once made.
 */
final class SentenceSearch {

    private static final double SATURATION = 1.2;
    private static final double LENGTH = 0.6;
    private static final double NEIGHBOUR = 0.35;
    private static final double HEADING = 0.7;
    /** Prefer pasted text to documentation. */
    private static final double PASTED = 1.3;

    /** A sentence that begins with the word asked for is likely to say what it is. */
    private static final double SUBJECT = 1.25;

    private static final int MOST_HITS = 4;
    /** A hit this much weaker than the best one is noise. */
    private static final double WEAKEST = 0.55;

    private final List<Place> clients = new ArrayList<>();
    private final Map<String, Integer> documentFrequency = new HashMap<>();
    private final double averageLength;

    /** A sentence and where it stands, with the frequency of its terms. */
    private record Place(SourceText passage, int index, Map<String, Double> terms, int length, String first) {}

    /**
     * A sentence that matches.
     *
     * @param coverage share of the question's weight, from 0 to 1, that it and its surroundings have
     */
    record Hit(SourceText passage, int index, double score, double coverage) {}

    SentenceSearch(List<SourceText> passages) {
        long total = 0;
        for (SourceText passage : passages) {
            List<Map<String, Double>> original = new ArrayList<>();
            for (SourceText.Sentence sentence : passage.sentences()) {
                original.add(count(Tokenizer.all(sentence.text())));
            }
            for (int i = 0; i < original.size(); i++) {
                Map<String, Double> terms = withSurroundings(passage, original, i);
                int length = original.get(i).values().stream()
                        .mapToInt(Double::intValue)
                        .sum();
                String first = Tokenizer.telling(passage.sentences().get(i).text()).stream()
                        .findFirst()
                        .orElse("");
                clients.add(new Place(passage, i, terms, length, first));
                total += length;
                Set<String> seen = new HashSet<>(original.get(i).keySet());
                seen.addAll(Tokenizer.all(passage.sentences().get(i).section()));
                seen.forEach(term -> documentFrequency.merge(term, 1, Integer::sum));
            }
        }
        averageLength = clients.isEmpty() ? 1 : Math.max(1, (double) total / clients.size());
    }

    private static Map<String, Double> count(List<String> terms) {
        Map<String, Double> counts = new HashMap<>();
        terms.forEach(term -> counts.merge(term, 1.0, Double::sum));
        return counts;
    }

    private static Map<String, Double> withSurroundings(SourceText passage, List<Map<String, Double>> original, int i) {
        Map<String, Double> terms = new HashMap<>(original.get(i));
        String section = passage.sentences().get(i).section();
        for (int near : new int[] {i - 1, i + 1}) {
            if (near >= 0
                    && near < original.size()
                    && passage.sentences().get(near).section().equals(section)) {
                original.get(near).forEach((term, count) -> terms.merge(term, count * NEIGHBOUR, Double::sum));
            }
        }
        Tokenizer.all(section).forEach(term -> terms.merge(term, HEADING, Double::sum));
        return terms;
    }

    /** Sentences that can be found. */
    int size() {
        return clients.size();
    }

    /** Whether any sentence or heading has the term. */
    boolean knows(String term) {
        return documentFrequency.containsKey(term);
    }

    /** The best sentences, best first, at most four, none next to another; empty if no term occurs. */
    List<Hit> find(List<String> terms) {
        double whole = terms.stream().mapToDouble(this::weight).sum();
        List<Hit> ranked = new ArrayList<>();
        for (Place place : clients) {
            double score = 0;
            double covered = 0;
            for (String term : terms) {
                double frequency = place.terms().getOrDefault(term, 0.0);
                if (frequency > 0) {
                    double norm = 1 - LENGTH + LENGTH * place.length() / averageLength;
                    score += weight(term) * frequency * (SATURATION + 1) / (frequency + SATURATION * norm);
                    covered += weight(term);
                }
            }
            if (score > 0) {
                double coverage = covered / whole;
                double favour = (place.passage().pasted() ? PASTED : 1) * (terms.contains(place.first()) ? SUBJECT : 1);
                ranked.add(new Hit(place.passage(), place.index(), score * (0.4 + 0.6 * coverage) * favour, coverage));
            }
        }
        ranked.sort(Comparator.comparingDouble(Hit::score).reversed()); // stable: the earlier one wins a tie
        return withoutRepetition(ranked);
    }

    /** The sentences that speak most about what their passages speak about, in their order: a summary of a kind. */
    List<Hit> mostCentral(int count) {
        List<Hit> ranked = new ArrayList<>();
        for (Place place : clients) {
            double score = 0;
            for (String term : place.terms().keySet()) {
                int frequency = documentFrequency.getOrDefault(term, 0);
                if (frequency > 1 && !Tokenizer.telling(term).isEmpty() && term.length() > 3) {
                    score += Math.log(frequency);
                }
            }
            double length = Math.max(place.length(), averageLength / 2);
            double first = place.index() == 0 ? 1.3 : 1;
            ranked.add(new Hit(place.passage(), place.index(), first * score / Math.sqrt(length), 1));
        }
        ranked.sort(Comparator.comparingDouble(Hit::score).reversed());
        return ranked.stream()
                .limit(count)
                .sorted(Comparator.comparingInt(Hit::index))
                .toList();
    }

    private double weight(String term) {
        int frequency = documentFrequency.getOrDefault(term, 0);
        return Math.log(1 + (clients.size() - frequency + 0.5) / (frequency + 0.5));
    }

    private static List<Hit> withoutRepetition(List<Hit> ranked) {
        List<Hit> chosen = new ArrayList<>();
        for (Hit hit : ranked) {
            boolean strong =
                    chosen.isEmpty() || hit.score() >= WEAKEST * chosen.get(0).score();
            boolean apart = chosen.stream()
                    .noneMatch(other ->
                            other.passage().equals(hit.passage()) && Math.abs(other.index() - hit.index()) <= 2);
            if (strong && apart && chosen.size() < MOST_HITS) {
                chosen.add(hit);
            }
        }
        return chosen;
    }
}
