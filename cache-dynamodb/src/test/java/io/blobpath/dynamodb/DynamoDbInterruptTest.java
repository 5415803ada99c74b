package io.blobpath.dynamodb;

import static io.blobpath.dynamodb.Fixture.digest;
import static io.blobpath.dynamodb.Fixture.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.CacheInterruptedException;
import io.blobpath.cache.PutResult;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A caller that leaves does not take its change along. */
class DynamoDbInterruptTest {
    private final Fixture fixture = new Fixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void anInterruptedRemoveDoesNotUndoALaterPut() throws Exception {
        BlobPathCache cache = fixture.open();
        cache.put(digest(1), path("a"));
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        fixture.proxy().script(ask -> {
            if (ask.operation().equals("TransactWriteItems") && writing.getCount() > 0) {
                writing.countDown();
                return new FaultProxy.Fate.Held(go);
            }
            return FaultProxy.Fate.PASS;
        });
        CompletableFuture<Throwable> removal = new CompletableFuture<>();
        Thread remover = new Thread(() -> removal.complete(catchThrowable(() -> cache.remove(digest(1), path("a")))));
        remover.start();
        writing.await();

        remover.interrupt();
        assertThat(removal.get(30, TimeUnit.SECONDS)).isInstanceOf(CacheInterruptedException.class);
        CompletableFuture<PutResult> put = new CompletableFuture<>();
        Thread putter = new Thread(() -> put.complete(cache.put(digest(1), path("a"))));
        putter.start();
        while (putter.getState() != Thread.State.TIMED_WAITING && putter.isAlive()) {
            Thread.onSpinWait();
        }
        go.countDown();

        assertThat(put.get(30, TimeUnit.SECONDS)).isEqualTo(new PutResult(true, path("a")));
        assertThat(cache.contains(digest(1), path("a"))).isTrue();
    }
}
