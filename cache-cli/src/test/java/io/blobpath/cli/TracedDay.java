package io.blobpath.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobPathCacheException;
import io.blobpath.store.StoreRoot;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Days whose system calls fail now and then, by strace: for {@link MachineFaultTest}. */
final class TracedDay {
    /** So many calls of write and of pwrite64 must go well in each thread: more than unpacking libraries takes. */
    static final int WRITES = 400;

    static final int POSITIONAL_WRITES = 40;

    private TracedDay() {}

    /** A root, a file for the images that were acknowledged, how many steps to take, and an empty folder. */
    public static void main(String[] args) throws InterruptedException, IOException {
        loadLibraries(Path.of(args[3]));
        Thread thread = new Thread(() -> run(Path.of(args[0]), Path.of(args[1]), Integer.parseInt(args[2])));
        thread.setUncaughtExceptionHandler((died, e) -> {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        });
        thread.start();
        thread.join();
        System.exit(0);
    }

    /** What unpacks them writes files, and does not look whether that failed. */
    private static void loadLibraries(Path folder) throws IOException {
        try (BlobPathCache cache =
                CacheSource.embeddedIn(StoreRoot.open(folder)).open()) {
            cache.info();
        } catch (BlobPathCacheException e) {
            // A call failed after they were loaded.
        }
    }

    private static void run(Path root, Path acknowledged, int steps) {
        try (FaultyDay day = new FaultyDay(root)) {
            count();
            for (int i = 0; i < steps; i++) {
                day.next();
            }
            tell(acknowledged, String.join("\n", day.acknowledged()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Makes the calls that do not fail, so that the next ones are those of the store. */
    private static void count() throws IOException {
        try (FileChannel nowhere = FileChannel.open(Path.of("/dev/null"), StandardOpenOption.WRITE)) {
            for (int i = 0; i < WRITES; i++) {
                nowhere.write(ByteBuffer.allocate(1));
            }
            for (int i = 0; i < POSITIONAL_WRITES; i++) {
                nowhere.write(ByteBuffer.allocate(1), 0);
            }
        }
    }

    /** By writev, since write may fail. */
    private static void tell(Path file, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer[] bytes = {ByteBuffer.wrap(text.getBytes(UTF_8))};
            while (bytes[0].hasRemaining()) {
                channel.write(bytes);
            }
        }
    }
}
