package io.blobpath.store.blob;

import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cache.lease.LeaseOptions;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.fixture.ForwardingFiles;
import io.blobpath.store.fixture.HalvedSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Blobs from elsewhere whose lease is lost while they arrive. */
@Timeout(120)
final class PullLeaseTest extends PullFixture {
    @Test
    void aDownloadThatLosesItsLeaseGoesOnAndItsClientsSeeNothing() throws Exception {
        HalvedSource source = new HalvedSource(BYTES);
        try (InputStream in = attentiveNode().fetch(A, DIGEST, source)) {
            in.readNBytes(HALF);
            endLeases();
            source.awaitRuns(2);
            source.goOn();
            assertThat(in.readAllBytes()).hasSize(BYTES.length - HALF);
        }

        assertThat(source.requests().get(1).offset()).isEqualTo(HALF);
        assertThat(tree.content(A.blob(DIGEST))).isEqualTo(CONTENT);
        assertThat(uploads()).isEmpty();
    }

    @Test
    void aLeaseThatIsLostBehindTheLastByteDisturbsNobody() throws Exception {
        AtomicBoolean lost = new AtomicBoolean();
        ForwardingFiles losing = new ForwardingFiles() {
            @Override
            public void delete(Path file) throws IOException {
                super.delete(file);
                if (file.toString().contains("pull-") && !lost.getAndSet(true)) {
                    endLeases();
                    // Whose lease is lost is interrupted.
                    while (!Thread.interrupted()) {
                        Thread.onSpinWait();
                    }
                    throw new IOException("injected");
                }
            }
        };
        BlobStoreOptions attentive =
                BlobStoreOptions.defaults().withLease(LeaseOptions.DEFAULT.withLease(Duration.ofMillis(500)));

        assertThat(fetch(BlobStore.open(StoreRoot.open(tree.root(), losing), cache, attentive), A, whole(BYTES)))
                .isEqualTo(CONTENT);

        assertThat(tree.content(A.blob(DIGEST))).isEqualTo(CONTENT);
        assertThat(uploads()).isEmpty();
    }

    @Test
    void whoLosesItsLeaseReadsTheRestOfWhatAnotherBrought() throws Exception {
        HalvedSource source = new HalvedSource(BYTES);
        BlobStore other = node();
        try (InputStream in = attentiveNode().fetch(A, DIGEST, source)) {
            in.readNBytes(HALF);
            Images.blob(other, B, CONTENT);
            endLeases();
            assertThat(in.readAllBytes()).hasSize(BYTES.length - HALF);
        }

        assertThat(tree.content(A.blob(DIGEST))).isEqualTo(CONTENT);
        assertThat(uploads()).isEmpty();
    }
}
