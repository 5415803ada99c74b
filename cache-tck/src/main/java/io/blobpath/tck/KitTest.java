package io.blobpath.tck;

import io.blobpath.cache.BlobPathCache;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A new, empty store for each test, and the handles on it.
 *
 * <p>The families of rules form one chain of sealed classes, and their tests are final. A driver's subclass can therefore
 * neither leave a family out nor override a test, and its report shows every test under the driver's own class name, which
 * nested classes would not.
 */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD) // Also for a driver that ignores interrupts.
@ExtendWith({KitSizeParameter.class, ChildProcesses.Parameter.class, RuleMessages.class, KitReporter.class})
abstract sealed class KitTest permits PutRules {
    static final Duration IMPATIENT = Duration.ofMillis(200);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private TckHarness store;
    private KitSize size;

    /** Makes a new store, empty and without a stamp. The kit closes it. */
    protected abstract TckHarness newStore() throws Exception;

    @BeforeEach
    final void makeStore(KitSize sizeOfTheRun) throws Exception {
        size = sizeOfTheRun;
        store = newStore();
        opened.push(store);
    }

    @AfterEach
    final void closeAll() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    final TckHarness store() {
        return store;
    }

    final KitSize size() {
        return size;
    }

    /** A store beside the one of this test. */
    final TckHarness anotherStore() throws Exception {
        TckHarness another = newStore();
        opened.push(another);
        return another;
    }

    /** A new handle on the store. */
    final BlobPathCache open() {
        return open(store);
    }

    final BlobPathCache open(TckHarness harness) {
        return closedLater(harness.open(harness.config()));
    }

    final BlobPathCache openAs(String storeId) {
        return closedLater(store.open(store.config().withStoreId(storeId)));
    }

    /** A handle whose calls give up soon, for tests that cut off the backend. */
    final BlobPathCache openImpatient() {
        return openWithin(IMPATIENT);
    }

    final BlobPathCache openWithin(Duration timeout) {
        return closedLater(store.open(store.config().withOperationTimeout(timeout)));
    }

    final <C extends AutoCloseable> C closedLater(C handle) {
        opened.push(handle);
        return handle;
    }

    /** Skips the test, and shows the reason, if the harness declares that it cannot do this. */
    final void needs(Capability capability) {
        String reason = store.unsupported().get(capability);
        Unsupported.unless(reason == null, capability + ": " + reason);
    }
}
