package io.blobpath.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** A stream of the process, which remembers whether its reader went away. File names are UTF-8, whatever the locale says. */
final class StandardOutput extends PrintStream {
    private final Target target;

    private StandardOutput(Target target) {
        super(target, true, StandardCharsets.UTF_8);
        this.target = target;
    }

    static StandardOutput of(FileDescriptor descriptor) {
        return new StandardOutput(new Target(new FileOutputStream(descriptor)));
    }

    static StandardOutput of(OutputStream stream) {
        return new StandardOutput(new Target(stream));
    }

    /** Whether whoever read this has closed its end, as {@code head} does when it has enough. */
    boolean readerIsGone() {
        return checkError() && target.readerIsGone;
    }

    /** {@link PrintStream} forgets why it failed; Java has no exception of its own for a broken pipe, only the text. */
    private static final class Target extends OutputStream {
        private final OutputStream stream;
        private volatile boolean readerIsGone;

        Target(OutputStream stream) {
            this.stream = stream;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                stream.write(bytes, offset, length);
            } catch (IOException e) {
                readerIsGone |= "Broken pipe".equals(e.getMessage());
                throw e;
            }
        }

        @Override
        public void flush() throws IOException {
            stream.flush();
        }

        @Override
        public void close() throws IOException {
            stream.close();
        }
    }
}
