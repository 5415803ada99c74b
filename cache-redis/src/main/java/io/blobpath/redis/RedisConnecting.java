package io.blobpath.redis;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.redisson.Redisson;

/**
 * Connects on a thread of its own, because Redisson looks at no deadline while it does: each address has the time of one
 * connection. Whoever waits can so give up at the deadline or when interrupted, and the thread takes down what it has made.
 */
final class RedisConnecting {
    private final RedisOptions options;
    private final CompletableFuture<Redisson> connected = new CompletableFuture<>();

    private RedisConnecting(RedisOptions options) {
        this.options = options;
    }

    /**
     * A client that is connected.
     *
     * @throws io.blobpath.cache.BlobPathCacheException if it could not connect in time; nothing is left open, or soon will be
     */
    static Redisson connect(RedisOptions options, RedisErrors errors, Deadline deadline) {
        RedisConnecting connecting = new RedisConnecting(options);
        Thread thread = new Thread(connecting::run, "blobpath-redis-connect");
        thread.setDaemon(true);
        thread.start();
        boolean done = false;
        try {
            Redisson client = deadline.await(connecting.connected, errors);
            done = true;
            return client;
        } finally {
            if (!done) {
                thread.interrupt();
            }
        }
    }

    /** Gives back threads and connections, within about a second. */
    static void close(Redisson client) {
        client.shutdown(0, 1, TimeUnit.SECONDS);
    }

    private void run() {
        try {
            Redisson client = RedisClients.create(options);
            boolean wanted = false;
            try {
                // A client that is told to be lazy connects when it is first asked who is there.
                client.getCommandExecutor().getConnectionManager().getEntrySet();
                wanted = connected.complete(client);
            } finally {
                if (!wanted) {
                    close(client);
                }
            }
        } catch (RuntimeException e) {
            connected.completeExceptionally(e);
        }
    }
}
