package app.patter.stream;

import jakarta.ws.rs.core.GenericType;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseBroadcaster;
import jakarta.ws.rs.sse.SseEventSink;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A browser's end: each send ends when the test says so. */
final class FakeBrowser implements SseEventSink {
    /** Names and texts of the events that are no frames. */
    final List<String> names = new ArrayList<>();

    final StringBuilder shown = new StringBuilder();
    long position;
    int frames;
    int size;
    int open;
    int most;
    boolean over;
    private @Nullable CompletableFuture<Void> sending;

    /** Ends the send under way, if there is one. */
    boolean finishes() {
        CompletableFuture<Void> ended = sending;
        if (ended == null) {
            return false;
        }
        sending = null;
        open--;
        ended.complete(null);
        return true;
    }

    void breaks() {
        CompletableFuture<Void> ended = sending;
        sending = null;
        if (ended != null) {
            ended.completeExceptionally(new java.io.IOException("cut"));
        }
    }

    @Override
    public CompletionStage<?> send(OutboundSseEvent event) {
        size = String.valueOf(event.getData()).length();
        if (event.getId() != null) {
            frames++;
            position = Long.parseLong(event.getId());
            shown.append(event.getData());
        } else if (event.getName() != null) {
            names.add(event.getName() + "=" + event.getData());
        }
        open++;
        most = Math.max(most, open);
        CompletableFuture<Void> ends = new CompletableFuture<>();
        sending = ends;
        return ends;
    }

    @Override
    public boolean isClosed() {
        return false;
    }

    @Override
    public void close() {}

    private @Nullable SseEventSink registered;

    /** A server's factory, as far as a reader uses it. */
    Sse sse() {
        return new Sse() {
            @Override
            public OutboundSseEvent.Builder newEventBuilder() {
                return new Event();
            }

            @Override
            public SseBroadcaster newBroadcaster() {
                return broadcaster();
            }
        };
    }

    private SseBroadcaster broadcaster() {
        return new SseBroadcaster() {
            @Override
            public void onError(BiConsumer<SseEventSink, Throwable> then) {}

            private Consumer<SseEventSink> closed = sink -> {};

            @Override
            public void onClose(Consumer<SseEventSink> then) {
                closed = then;
            }

            @Override
            public void register(SseEventSink sink) {
                registered = sink;
                if (over) {
                    closed.accept(sink);
                }
            }

            @Override
            public CompletionStage<?> broadcast(OutboundSseEvent event) {
                return Objects.requireNonNull(registered).send(event);
            }

            @Override
            public void close() {}

            @Override
            public void close(boolean cascading) {}
        };
    }

    private static final class Event implements OutboundSseEvent, OutboundSseEvent.Builder {
        private @Nullable String id;
        private @Nullable String name;
        private @Nullable Object data;

        @Override
        public Builder id(String given) {
            id = given;
            return this;
        }

        @Override
        public Builder name(String given) {
            name = given;
            return this;
        }

        @Override
        public Builder reconnectDelay(long milliseconds) {
            return this;
        }

        @Override
        public Builder mediaType(MediaType type) {
            return this;
        }

        @Override
        public Builder comment(String comment) {
            return this;
        }

        @Override
        @SuppressWarnings("rawtypes")
        public Builder data(Class type, Object given) {
            return data(given);
        }

        @Override
        @SuppressWarnings("rawtypes")
        public Builder data(GenericType type, Object given) {
            return data(given);
        }

        @Override
        public Builder data(Object given) {
            data = given;
            return this;
        }

        @Override
        public OutboundSseEvent build() {
            return this;
        }

        @Override
        public @Nullable String getId() {
            return id;
        }

        @Override
        public @Nullable String getName() {
            return name;
        }

        @Override
        public @Nullable String getComment() {
            return null;
        }

        @Override
        public long getReconnectDelay() {
            return -1;
        }

        @Override
        public boolean isReconnectDelaySet() {
            return false;
        }

        @Override
        public Class<?> getType() {
            return String.class;
        }

        @Override
        public Type getGenericType() {
            return String.class;
        }

        @Override
        public MediaType getMediaType() {
            return MediaType.TEXT_PLAIN_TYPE;
        }

        @Override
        public @Nullable Object getData() {
            return data;
        }
    }
}
