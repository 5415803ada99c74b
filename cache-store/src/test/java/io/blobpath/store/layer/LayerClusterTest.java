package io.blobpath.store.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.CacheUnavailableException;
import io.blobpath.cache.lease.Leases;
import io.blobpath.cache.spi.LeaseDriver;
import io.blobpath.store.fixture.HalvedSource;
import io.blobpath.store.stream.Outcome;
import io.blobpath.store.stream.StreamCacheOptions;
import io.blobpath.store.stream.StreamReader;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** Several caches on one index, as processes of a host or nodes of a cluster have them. */
final class LayerClusterTest extends LayerTest {
    @Test
    void cachesOnOneFolderDownloadOnce() throws Exception {
        Layer layer = gzipLayer(CONTENT);
        HalvedSource source = new HalvedSource(gzip(CONTENT));
        List<FutureTask<byte[]>> readers = new ArrayList<>();
        List<LayerCache> caches = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            LayerCache layers = layers();
            caches.add(layers);
            readers.add(start(() -> readAll(layers.compressed(layer, source))));
            readers.add(start(() -> readAll(layers.compressed(layer, source))));
        }

        source.goOn();

        for (FutureTask<byte[]> reader : readers) {
            assertThat(reader.get()).isEqualTo(gzip(CONTENT));
        }
        assertThat(source.runs()).isEqualTo(1);
        assertThat(entries("layers")).isEqualTo(1);
        awaitRecord(layer.digest());
        assertThat(records(layer.digest()))
                .containsExactly("layers/sha256/" + layer.digest().hex());
        assertThat(caches)
                .allSatisfy(
                        layers -> assertThat(layers.contains(layer.digest())).isTrue());
    }

    @Test
    void aReaderThatWaitedForAnotherCacheReadsItsEntry() throws Exception {
        Layer layer = gzipLayer(CONTENT);
        HalvedSource source = new HalvedSource(gzip(CONTENT));
        LayerCache first = layers();
        LayerCache second = layers();
        StreamReader leader = closing(first.compressed(layer, source));
        source.awaitRuns(1);
        StreamReader waiter = closing(second.compressed(layer, never()));

        source.goOn();

        assertThat(readAll(leader)).isEqualTo(gzip(CONTENT));
        assertThat(readAll(waiter)).isEqualTo(gzip(CONTENT));
        assertThat(waiter.outcome()).isEqualTo(Outcome.HIT);
        assertThat(second.stats().bytesIn()).isZero();
        assertThat(second.stats().failures()).isZero();
    }

    @Test
    void aCacheWithAFolderOfItsOwnIsToldWhoHasTheLayer() throws Exception {
        Layer layer = gzipLayer(CONTENT);
        readAll(layers("a", OPTIONS.withName("a")).compressed(layer, bytes(gzip(CONTENT))));
        awaitRecord(layer.digest());
        HalvedSource source = new HalvedSource(gzip(CONTENT)).goOn();
        LayerCache other = layers("b", OPTIONS.withName("b"));

        assertThat(readAll(other.compressed(layer, source))).isEqualTo(gzip(CONTENT));

        assertThat(source.requests().get(0).copies())
                .containsExactly(BlobPath.of("a/sha256/" + layer.digest().hex()));
    }

    @Test
    void nobodyWaitsForADownloadThatCannotBeKept() throws Exception {
        byte[] large = CONTENT.getBytes(StandardCharsets.UTF_8);
        Layer layer = new Layer(digest(large), large.length, TAR);
        LayerCache tight = layers(
                "tight", OPTIONS.withStreams(StreamCacheOptions.defaults().withMaxBytes(100_000)));
        HalvedSource stuck = new HalvedSource(large);
        StreamReader first = closing(tight.compressed(layer, stuck));
        ByteBuffer half = ByteBuffer.allocate(large.length / 2);
        while (half.hasRemaining()) {
            first.read(half);
        }

        assertThat(readAll(tight.compressed(layer, bytes(large)))).isEqualTo(large);
        assertThat(readAll(layers("other", OPTIONS.withName("other")).compressed(layer, bytes(large))))
                .isEqualTo(large);
        stuck.goOn();

        assertThat(readAll(first)).hasSize(large.length - large.length / 2);
        assertThat(entries("tight")).isZero();
        assertThat(records(layer.digest())).allMatch(path -> path.startsWith("other/"));
    }

    @Test
    void deletingRemovesTheRecord() throws Exception {
        Layer layer = gzipLayer(CONTENT);
        LayerCache layers = layers();
        readAll(layers.compressed(layer, bytes(gzip(CONTENT))));
        awaitRecord(layer.digest());

        layers.delete(layer.digest());

        assertThat(records(layer.digest())).isEmpty();
    }

    @Test
    void withoutAnAnswerFromTheIndexLayersAreDownloadedAndKept() throws Exception {
        Layer layer = gzipLayer(CONTENT);
        LayerCache layers = layers("layers", unavailable(), OPTIONS);

        assertThat(readAll(layers.compressed(layer, bytes(gzip(CONTENT))))).isEqualTo(gzip(CONTENT));

        assertThat(readAll(layers.compressed(layer, never()))).isEqualTo(gzip(CONTENT));
        assertThat(layers.delete(layer.digest())).isTrue();
    }

    /** An index whose store does not answer, its leases included. */
    private BlobPathCache unavailable() {
        LeaseDriver driver = fake(LeaseDriver.class, (proxy, method, args) -> switch (method.getName()) {
            case "polling" -> new LeaseDriver.Polling(Duration.ofMillis(1), Duration.ofMillis(1));
            case "watch" -> (AutoCloseable) () -> {};
            case "shard" -> 0;
            default -> throw new CacheUnavailableException("it does not answer");
        });
        Leases leases = closing(Leases.over(driver));
        return fake(BlobPathCache.class, (proxy, method, args) -> {
            if (method.getName().equals("leases")) {
                return leases;
            }
            throw new CacheUnavailableException("it does not answer");
        });
    }

    private static <T> T fake(Class<T> type, InvocationHandler answer) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answer));
    }
}
