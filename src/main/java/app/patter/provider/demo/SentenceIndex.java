package app.patter.provider.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.store.ByteBuffersDirectory;

/**
 * The sentences of some texts, each a document of Lucene in memory, in their order. Immutable.
 *
 * @param places one for each document, by its number
 */
record SentenceIndex(IndexReader reader, List<Place> places) {

    /** The words of the sentence itself. */
    static final String TEXT = "text";

    /** Those of the sentences beside it under the same heading. */
    static final String NEAR = "near";

    static final String HEADING = "heading";

    /** All three. */
    static final String ALL = "all";

    /** Where a sentence stands. */
    record Place(SourceText source, int index) {

        SourceText.Sentence sentence() {
            return source.sentences().get(index);
        }
    }

    static SentenceIndex of(List<SourceText> sources) {
        IndexWriterConfig config = new IndexWriterConfig(Terms.ALL)
                .setMergePolicy(NoMergePolicy.INSTANCE) // keeps the documents in their order
                .setRAMBufferSizeMB(64)
                .setUseCompoundFile(false);
        List<Place> places = new ArrayList<>();
        try (ByteBuffersDirectory directory = new ByteBuffersDirectory();
                IndexWriter writer = new IndexWriter(directory, config)) {
            for (SourceText source : sources) {
                for (int i = 0; i < source.sentences().size(); i++) {
                    places.add(new Place(source, i));
                    writer.addDocument(document(source.sentences(), i));
                }
            }
            return new SentenceIndex(DirectoryReader.open(writer), List.copyOf(places));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // of a directory in memory
        }
    }

    private static Document document(List<SourceText.Sentence> sentences, int i) {
        SourceText.Sentence sentence = sentences.get(i);
        Document document = new Document();
        add(document, TEXT, sentence.text());
        add(document, HEADING, sentence.section());
        for (int near : new int[] {i - 1, i + 1}) {
            if (near >= 0
                    && near < sentences.size()
                    && sentences.get(near).section().equals(sentence.section())) {
                add(document, NEAR, sentences.get(near).text());
            }
        }
        return document;
    }

    private static void add(Document document, String field, String text) {
        document.add(new TextField(field, text, Field.Store.NO));
        document.add(new TextField(ALL, text, Field.Store.NO));
    }
}
