package app.patter.search;

import app.patter.chat.Role;
import app.patter.conversation.SearchText;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.jspecify.annotations.Nullable;

/**
 * The texts of conversations, so that words are found. A document for each message, and one for each conversation that
 * holds its title and the revision up to which its messages are in. What it says is a hint: the database is asked before
 * anything is shown. Thread-safe.
 */
final class SearchIndex implements Closeable {

    static final String OWNER = "owner";
    static final String TEXT = "text";
    static final String FROM = "from";
    static final String MODEL = "model";
    static final String CREATED = "created";

    /** A person, as {@link #FROM} says it. */
    static final String PERSON = Role.USER.name();

    private static final String ID = "id";
    private static final String CONVERSATION = "conversation";
    private static final String REVISION = "revision";

    private final Directory directory;
    private final IndexWriter writer;
    private final SearcherManager searchers;

    private SearchIndex(Directory directory) throws IOException {
        this.directory = directory;
        this.writer = new IndexWriter(directory, new IndexWriterConfig(Terms.OF_TEXT));
        this.searchers = new SearcherManager(writer, null);
    }

    /**
     * Opens the index in a folder, which is made where it is missing.
     *
     * @throws IOException also if another process has opened it, or it cannot be understood
     */
    static SearchIndex open(Path folder) throws IOException {
        Directory directory = FSDirectory.open(folder);
        try {
            return new SearchIndex(directory);
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    /**
     * A text that matches.
     *
     * @param message null where the conversation's title matches
     */
    record Hit(UUID conversation, @Nullable UUID message) {}

    /** Takes the texts in the place of what it has of them, and notes the conversation's revision. */
    void put(SearchText.Changed changed) throws IOException {
        for (SearchText.Text text : changed.texts()) {
            writer.updateDocument(new Term(ID, text.message().toString()), message(changed.owner(), text));
        }
        Document title = document(changed.conversation(), changed.conversation(), changed.owner(), changed.title());
        title.add(new StoredField(REVISION, changed.revision()));
        title.add(new StoredField(OWNER, changed.owner().toString()));
        title.add(new StringField(REVISION, REVISION, Field.Store.NO));
        writer.updateDocument(new Term(ID, changed.conversation().toString()), title);
    }

    private static Document message(UUID owner, SearchText.Text text) {
        Document document = document(text.message(), text.conversation(), owner, text.text());
        document.add(new StringField(FROM, text.role().name(), Field.Store.NO));
        document.add(new LongPoint(CREATED, text.created().toEpochSecond()));
        String model = text.model();
        if (model != null) {
            String name = model.toLowerCase(Locale.ROOT);
            document.add(new StringField(MODEL, name, Field.Store.NO));
            document.add(new StringField(MODEL, name.substring(name.indexOf('/') + 1), Field.Store.NO));
        }
        return document;
    }

    private static Document document(UUID id, UUID conversation, UUID owner, String text) {
        Document document = new Document();
        document.add(new StringField(ID, id.toString(), Field.Store.YES));
        document.add(new StringField(CONVERSATION, conversation.toString(), Field.Store.YES));
        document.add(new StringField(OWNER, owner.toString(), Field.Store.NO));
        document.add(new TextField(TEXT, text, Field.Store.NO));
        return document;
    }

    /** Forgets a conversation. */
    void remove(UUID conversation) throws IOException {
        writer.deleteDocuments(new Term(CONVERSATION, conversation.toString()));
    }

    /** What was put and removed so far survives whatever happens from here on. */
    void commit() throws IOException {
        writer.commit();
    }

    /** Up to which revision each conversation is in it. */
    Map<UUID, Long> revisions() throws IOException {
        Map<UUID, Long> found = new HashMap<>();
        search(searcher -> {
            StoredFields stored = searcher.storedFields();
            TermQuery titles = new TermQuery(new Term(REVISION, REVISION));
            for (ScoreDoc hit : searcher.search(
                            titles, Math.max(1, searcher.getIndexReader().maxDoc()))
                    .scoreDocs) {
                Document title = stored.document(hit.doc, Set.of(ID, REVISION));
                found.put(UUID.fromString(title.get(ID)), revision(title));
            }
        });
        return found;
    }

    /**
     * What it knows of a conversation.
     *
     * @param revision up to which it is in
     */
    record Known(long revision, UUID owner) {}

    /** What it knows of these; those that are not in it are missing. */
    Map<UUID, Known> known(Collection<UUID> conversations) throws IOException {
        Map<UUID, Known> found = new HashMap<>();
        search(searcher -> {
            StoredFields stored = searcher.storedFields();
            for (UUID conversation : conversations) {
                TermQuery title = new TermQuery(new Term(ID, conversation.toString()));
                for (ScoreDoc hit : searcher.search(title, 1).scoreDocs) {
                    Document document = stored.document(hit.doc, Set.of(REVISION, OWNER));
                    found.put(conversation, new Known(revision(document), UUID.fromString(document.get(OWNER))));
                }
            }
        });
        return found;
    }

    private static long revision(Document title) {
        return title.getField(REVISION).numericValue().longValue();
    }

    /** The best matches, best first. */
    List<Hit> find(SearchQuery query, int most) throws IOException {
        if (query.isEmpty()) {
            return List.of();
        }
        List<Hit> hits = new ArrayList<>();
        search(searcher -> {
            StoredFields stored = searcher.storedFields();
            for (ScoreDoc found : searcher.search(query.whole(), most).scoreDocs) {
                Document document = stored.document(found.doc, Set.of(ID, CONVERSATION));
                UUID id = UUID.fromString(document.get(ID));
                UUID conversation = UUID.fromString(document.get(CONVERSATION));
                hits.add(new Hit(conversation, id.equals(conversation) ? null : id));
            }
        });
        return hits;
    }

    /** Whether it can be written; it closes itself when the disk refuses to take it. */
    boolean isOpen() {
        return writer.isOpen();
    }

    /** How many documents it has. */
    int size() throws IOException {
        int[] count = {0};
        search(searcher -> count[0] = searcher.count(new MatchAllDocsQuery()));
        return count[0];
    }

    private interface Search {
        void with(IndexSearcher searcher) throws IOException;
    }

    private void search(Search search) throws IOException {
        searchers.maybeRefreshBlocking();
        IndexSearcher searcher = searchers.acquire();
        try {
            search.with(searcher);
        } finally {
            searchers.release(searcher);
        }
    }

    @Override
    public void close() throws IOException {
        try (directory;
                writer;
                searchers) {
            if (isOpen()) {
                writer.commit();
            }
        }
    }
}
