package app.patter.tool.mcp;

import io.modelcontextprotocol.client.McpAsyncClient;

/**
 * A connection that several calls use at once. One that is retired is closed as soon as no call uses it any more.
 * Thread-safe.
 */
final class McpConnection {

    private final McpAsyncClient client;
    private final CancellableTransport transport;

    /** Guarded by this. */
    private int users;

    /** Guarded by this. */
    private boolean retired;

    McpConnection(McpAsyncClient client, CancellableTransport transport) {
        this.client = client;
        this.transport = transport;
    }

    McpAsyncClient client() {
        return client;
    }

    CancellableTransport transport() {
        return transport;
    }

    /** A call begins; each is followed by one {@link #leave}. */
    synchronized void use() {
        users++;
    }

    /** A call has ended. */
    void leave() {
        boolean last;
        synchronized (this) {
            users--;
            last = retired && users == 0;
        }
        if (last) {
            close();
        }
    }

    /** It has failed, and nobody begins another call on it; what is under way goes on. */
    void retire() {
        boolean last;
        synchronized (this) {
            last = !retired && users == 0;
            retired = true;
        }
        if (last) {
            close();
        }
    }

    /** Ends it with all that is under way. */
    void close() {
        client.close();
    }
}
