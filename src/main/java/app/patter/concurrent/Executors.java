package app.patter.concurrent;

import app.patter.config.Setting;
import app.patter.config.Settings;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Patter's own pools, so that work of one kind never waits for another kind, on threads of the server. (The servers'
 * default executor runs 4 tasks at once on one server and 100 on another.)
 */
@ApplicationScoped
public class Executors {

    private static final int WORKERS = 8;
    private static final int TOOLS = 64;

    /** How many answers read the database at once before they ask their model. */
    private static final int ANSWERS = 8;

    /** How many reads on behalf of readers run at once. */
    public static final int READS = 8;

    @Resource
    private ManagedThreadFactory factory;

    private ExecutorService work;
    private ExecutorService answers;
    private ExecutorService saves;
    private ExecutorService sends;
    private ExecutorService reads;
    private ExecutorService checks;
    private ExecutorService closes;
    private ExecutorService tools;

    @PostConstruct
    void start() {
        work = pool(WORKERS);
        answers = pool(ANSWERS);
        saves = pool(1);
        sends = growing((int) Settings.ofProcess().number(Setting.SEND_THREADS));
        reads = pool(READS, new ThreadPoolExecutor.DiscardPolicy()); // going down: nobody is told any more
        checks = pool(2);
        closes = pool(2);
        tools = growing(TOOLS);
    }

    private ExecutorService pool(int size) {
        return pool(size, new ThreadPoolExecutor.AbortPolicy());
    }

    private ExecutorService pool(int size, RejectedExecutionHandler onceDown) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                size, size, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory, onceDown);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** As many threads as there is work at once, up to {@code most}; idle ones serve first, and end after a while. */
    private ExecutorService growing(int most) {
        Handover queue = new Handover();
        return new ThreadPoolExecutor(1, most, 30, TimeUnit.SECONDS, queue, factory, (work, pool) -> {
            if (!pool.isShutdown()) {
                queue.put(work); // all are busy: the next one that is free takes it
            }
        });
    }

    /** Takes work only when a thread waits for it, so that the pool makes one otherwise. */
    private static final class Handover extends LinkedTransferQueue<Runnable> {

        private static final long serialVersionUID = 1L;

        @Override
        public boolean offer(Runnable work) {
            return tryTransfer(work);
        }
    }

    /** For short work that does not block: what arrives from providers. */
    public Executor work() {
        return work;
    }

    /**
     * For what an answer needs from the database: the conversation that the model is told, what a person has decided, the
     * title. May block, and so must never run on {@link #work()}, where the streams of all models would wait for it.
     */
    public Executor answers() {
        return answers;
    }

    /** One thread, for saving what cannot wait for the timer. */
    public Executor saves() {
        return saves;
    }

    /** Runs something that saves after so many milliseconds, where the server's timers are too coarse. */
    public void later(Runnable save, long milliseconds) {
        CompletableFuture.delayedExecutor(milliseconds, TimeUnit.MILLISECONDS, saves)
                .execute(save);
    }

    /** For sends to readers, each of which may block until it times out. */
    public Executor sends() {
        return sends;
    }

    /** For reads of the database on behalf of readers: a few at once, so that connections are left to those who write. */
    public Executor reads() {
        return reads;
    }

    /** For asking whether the database answers, which it may not do for a minute. */
    public Executor checks() {
        return checks;
    }

    /** For closing streams that do not take any more, which may block for a minute. */
    public Executor closes() {
        return closes;
    }

    /** For calls of tools, each of which may wait for the network. */
    public Executor tools() {
        return tools;
    }

    @PreDestroy
    void stop() {
        work.shutdownNow();
        answers.shutdownNow();
        saves.shutdownNow();
        sends.shutdownNow();
        reads.shutdownNow();
        checks.shutdownNow();
        closes.shutdownNow();
        tools.shutdownNow();
    }
}
