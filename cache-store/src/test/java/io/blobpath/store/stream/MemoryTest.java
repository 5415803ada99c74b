package io.blobpath.store.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** What a stream takes of the heap. */
final class MemoryTest extends StreamTest {
    private static final int CHUNK = 1 << 16;
    private static final long SMALL = 1 << 20;
    private static final long LARGE = 64 << 20;

    @Test
    void aStoredStreamTakesNoMoreHeapIfItIsLonger() throws Exception {
        StreamCache cache = cache();

        assertThat(more(cache)).isLessThan(LARGE / 4);
    }

    @Test
    void aStreamPastTheCacheTakesNoMoreHeapIfItIsLonger() throws Exception {
        StreamCache cache = closing(new NullStreamCache(timing));

        assertThat(more(cache)).isLessThan(LARGE / 4);
    }

    /** By how much the heap is larger with the large stream. The half that was read would be twice the bound. */
    private static long more(StreamCache cache) throws IOException {
        long small = heap(cache, SMALL);
        return heap(cache, LARGE) - small;
    }

    /** What is alive while a stream of this length is made and half of it is read; there is nobody else to free what it took. */
    private static long heap(StreamCache cache, long length) throws IOException {
        StreamProducer producer = sink -> {
            for (long at = 0; at < length; at += CHUNK) {
                sink.write(ByteBuffer.allocate(CHUNK));
            }
        };
        StreamKey key = StreamKey.of("length " + length);
        try (StreamReader reader = cache.open(key, producer, OPTIONS)) {
            ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
            while (reader.position() < length / 2) {
                reader.read(buffer.clear());
            }
            System.gc();
            Runtime memory = Runtime.getRuntime();
            return memory.totalMemory() - memory.freeMemory();
        }
    }
}
