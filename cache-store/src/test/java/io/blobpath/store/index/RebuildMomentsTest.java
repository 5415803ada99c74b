package io.blobpath.store.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.Digest;
import io.blobpath.store.StoreListener;
import io.blobpath.store.fixture.StoreTest;
import io.blobpath.store.fixture.Tree;
import io.blobpath.store.walk.RecordScan;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What readers of the cache see at each moment of a rebuild, and what it leaves when it is killed there: as much as from a
 * second index that is switched to when it is complete.
 */
final class RebuildMomentsTest extends StoreTest {
    private static final Digest SHARED = Tree.digest("shared");
    private static final Digest MOVED = Tree.digest("moved");
    private static final Digest LOST = Tree.digest("lost");
    private static final Digest FRESH = Tree.digest("fresh");

    private final AtomicInteger moments = new AtomicInteger();
    private final Queue<AssertionError> wrong = new ConcurrentLinkedQueue<>();

    /** The process is gone; whatever was under way ends here. */
    private static final class KilledException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @BeforeEach
    void makeTree() throws IOException {
        tree.blob("b", "shared");
        tree.blob("a", "shared");
        tree.blob("c", "shared");
        tree.blob("b", "moved");
        tree.blob("c", "fresh");
        Files.delete(tree.file(tree.blob("a", "moved")));
        Files.delete(tree.file(tree.blob("a", "lost")));
    }

    @Test
    void noTrueRecordIsMissingAndNoWrongOneAppearsAtAnyMoment() {
        record();

        rebuild(Integer.MAX_VALUE);

        assertThat(wrong).isEmpty();
        assertThat(moments.get()).isGreaterThanOrEqualTo(10);
        assertThat(recorded(SHARED)).containsExactly(path("b", SHARED), path("a", SHARED), path("c", SHARED));
        assertThat(recorded(MOVED)).containsExactly(path("b", MOVED));
        assertThat(recorded(LOST)).isEmpty();
        assertThat(recorded(FRESH)).containsExactly(path("c", FRESH));
    }

    @Test
    void killedAtAnyMomentItLeavesARightStateAndTheNextRunDoesTheRest() {
        for (int last = 1; isKilled(last); last++) {
            assertThat(wrong).as("killed at moment %d", last).isEmpty();

            new Rebuild(root(), cache, StoreListener.NONE).run(true);

            assertThat(new Rebuild(root(), cache, StoreListener.NONE).run(false).differences())
                    .as("killed at moment %d", last)
                    .isEmpty();
            assertThat(recorded(SHARED).get(0)).isEqualTo(path("b", SHARED));
        }
    }

    private boolean isKilled(int last) {
        new RecordScan(cache).forEach((entry, path) -> cache.remove(entry.digest(), path));
        record();
        moments.set(0);
        try {
            rebuild(last);
            return false;
        } catch (KilledException e) {
            check();
            return true;
        }
    }

    /** Two true records of three, one whose file moved, one whose file is lost; one file has none. */
    private void record() {
        cache.put(SHARED, path("b", SHARED));
        cache.put(SHARED, path("a", SHARED));
        cache.put(MOVED, path("a", MOVED));
        cache.put(LOST, path("a", LOST));
    }

    /** Looks at the records before and after each call; at the last moment, the process dies. */
    private void rebuild(int last) {
        BlobPathCache watched = (BlobPathCache) Proxy.newProxyInstance(
                BlobPathCache.class.getClassLoader(), new Class<?>[] {BlobPathCache.class}, (proxy, method, values) -> {
                    pass(last);
                    try {
                        return method.invoke(cache, values);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    } finally {
                        pass(last);
                    }
                });
        new Rebuild(root(), watched, StoreListener.NONE).run(true);
    }

    private void pass(int last) {
        check();
        if (moments.incrementAndGet() >= last) {
            throw new KilledException();
        }
    }

    private void check() {
        try {
            assertThat(recorded(SHARED)).startsWith(path("b", SHARED), path("a", SHARED));
            assertThat(recorded(SHARED)).isSubsetOf(path("b", SHARED), path("a", SHARED), path("c", SHARED));
            assertThat(recorded(MOVED)).isNotEmpty().isSubsetOf(path("a", MOVED), path("b", MOVED));
            assertThat(recorded(LOST)).isSubsetOf(path("a", LOST));
            assertThat(recorded(FRESH)).isSubsetOf(path("c", FRESH));
        } catch (AssertionError e) {
            wrong.add(e);
        }
    }

    private static BlobPath path(String repository, Digest digest) {
        return Tree.path(repository, digest);
    }
}
