package io.blobpath.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A channel to a new file, whose failures name it. Those of the JDK have the system's reason only, such as that there is no space. */
final class NamedChannel implements WritableByteChannel {
    private final Path file;
    private final FileChannel channel;

    NamedChannel(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** The failure with the file's name, if it is the system's and has none yet. */
    static IOException named(Path file, IOException failure) {
        // The JDK has classes of its own for everything else, such as a channel that an interrupt closed.
        if (failure.getClass() != IOException.class) {
            return failure;
        }
        FileSystemException named = new FileSystemException(file.toString(), null, failure.getMessage());
        named.initCause(failure);
        return named;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        try {
            return channel.write(source);
        } catch (IOException e) {
            throw named(file, e);
        }
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
