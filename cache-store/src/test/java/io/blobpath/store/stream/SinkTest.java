package io.blobpath.store.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.Pipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Where a stream is sent. */
final class SinkTest extends StreamTest {
    private static final int LARGE = 3 << 20;

    @Test
    void everySinkGetsEveryByte() throws Exception {
        StreamCache cache = cache();
        long seed = System.nanoTime();
        System.out.println("BackpressureTest seed " + seed);
        byte[] content = new byte[LARGE];
        new Random(seed).nextBytes(content);
        StreamProducer producer = sink -> sink.write(ByteBuffer.wrap(content));
        Path target = folder.resolve("target");

        try (FileChannel file = FileChannel.open(target, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            assertThat(cache.fetch(KEY, file, producer, OPTIONS).bytes()).isEqualTo(LARGE);
        }

        assertThat(Arrays.equals(Files.readAllBytes(target), content)).isTrue();
        assertThat(Arrays.equals(throughPipe(cache, producer, true), content)).isTrue();
        assertThat(Arrays.equals(throughPipe(cache, producer, false), content)).isTrue();
    }

    private byte[] throughPipe(StreamCache cache, StreamProducer producer, boolean blocking) throws Exception {
        Pipe pipe = Pipe.open();
        try (Pipe.SinkChannel sink = pipe.sink();
                Pipe.SourceChannel source = pipe.source()) {
            sink.configureBlocking(blocking);
            Future<byte[]> received = start(() -> {
                ByteArrayOutputStream all = new ByteArrayOutputStream();
                ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
                while (all.size() < LARGE && source.read(buffer.clear()) >= 0) {
                    all.write(buffer.array(), 0, buffer.position());
                }
                return all.toByteArray();
            });
            cache.fetch(KEY, sink, producer, OPTIONS);
            return received.get();
        }
    }
}
