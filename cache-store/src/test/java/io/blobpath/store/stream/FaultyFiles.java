package io.blobpath.store.stream;

import io.blobpath.store.fixture.ForwardingFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Lets the n-th operation of one kind, on a file or on its channel, fail or hang; writes may be short. */
final class FaultyFiles extends ForwardingFiles {
    /** What fails. */
    enum Fault {
        LIST(Call.LIST),
        STAT(Call.STAT),
        OPEN(Call.READ),
        CREATE(Call.CREATE),
        CREATE_FOLDER(Call.CREATE_FOLDER),
        RENAME(Call.RENAME),
        DELETE(Call.DELETE),
        SYNC(Call.SYNC),
        TOUCH(Call.SET_MODIFIED),
        LOCK(Call.LOCK),
        WRITE(null),
        /** Some bytes are written, and then it fails. */
        PARTIAL_WRITE(null),
        CLOSE(null),
        READ(null);

        private final @Nullable Call call;

        Fault(@Nullable Call call) {
            this.call = call;
        }
    }

    private final Fault fault;
    private final int number;
    private final AtomicInteger seen = new AtomicInteger();
    private final CountDownLatch hung = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private boolean hangs;
    private volatile boolean armed;

    FaultyFiles(Fault fault, int number) {
        this.fault = fault;
        this.number = number;
    }

    /** It hangs instead, until it is released. */
    FaultyFiles hanging() {
        hangs = true;
        return this;
    }

    /** Counts from now on. */
    void arm() {
        armed = true;
    }

    /** Works from now on. */
    void disarm() {
        armed = false;
    }

    boolean hasStruck() {
        return seen.get() >= number;
    }

    void awaitHang() throws InterruptedException {
        hung.await();
    }

    boolean hasHung() {
        return hung.getCount() == 0;
    }

    void release() {
        goOn.countDown();
    }

    @Override
    protected void before(Call call, Path file) throws IOException {
        if (call == fault.call) {
            strike();
        }
    }

    @Override
    public WritableByteChannel create(Path file) throws IOException {
        return new Written(super.create(file));
    }

    @Override
    public SeekableByteChannel read(Path file) throws IOException {
        return fault == Fault.READ ? new Read(super.read(file)) : super.read(file);
    }

    private void strike() throws IOException {
        if (armed && seen.incrementAndGet() == number) {
            if (!hangs) {
                throw new IOException("injected: " + fault + " number " + number);
            }
            hung.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }

    /** Writes three bytes less than it could, where it can. */
    private final class Written implements WritableByteChannel {
        private final WritableByteChannel file;

        Written(WritableByteChannel file) {
            this.file = file;
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            if (fault == Fault.WRITE) {
                strike();
            }
            int count = Math.max(1, source.remaining() - 3);
            file.write(source.slice(source.position(), count));
            if (fault == Fault.PARTIAL_WRITE) {
                strike();
            }
            source.position(source.position() + count);
            return count;
        }

        @Override
        public boolean isOpen() {
            return file.isOpen();
        }

        @Override
        public void close() throws IOException {
            file.close();
            if (fault == Fault.CLOSE) {
                strike();
            }
        }
    }

    private final class Read implements SeekableByteChannel {
        private final SeekableByteChannel file;

        Read(SeekableByteChannel file) {
            this.file = file;
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            strike();
            return file.read(target);
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            return file.write(source);
        }

        @Override
        public long position() throws IOException {
            return file.position();
        }

        @Override
        public SeekableByteChannel position(long position) throws IOException {
            file.position(position);
            return this;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public SeekableByteChannel truncate(long size) throws IOException {
            file.truncate(size);
            return this;
        }

        @Override
        public boolean isOpen() {
            return file.isOpen();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
