package io.blobpath.redis;

import io.blobpath.tck.FaultControl;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A way to a server that can break. While it is cut it accepts connections and bytes and passes nothing on, like a network that
 * drops packets; mended, it passes on what it held back.
 */
final class FaultProxy implements FaultControl, AutoCloseable {
    /** What happens to the next command that names a key. */
    enum Trap {
        NONE,
        /** The connection ends before the server has the request. */
        CUT_BEFORE,
        /** The server applies the request, and the connection ends before the reply. */
        CUT_AFTER,
        /** The server applies the request, and its reply never comes, while the connection stays open. */
        HALF_OPEN,
        /** The server applies the request, and half of its reply comes at once, the rest byte by byte. */
        TRICKLE
    }

    private static final Duration TRICKLE_PAUSE = Duration.ofMillis(100);

    private final ServerSocket listener;
    private final RedisServer target;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Trap> trap = new AtomicReference<>(Trap.NONE);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition mended = lock.newCondition();
    private volatile Duration delay = Duration.ZERO;
    private boolean cut;
    private boolean closed;

    FaultProxy(RedisServer target) {
        this.target = target;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start("accept", this::accept);
    }

    String address() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    @Override
    public void cut() {
        lock.lock();
        try {
            cut = true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void mend() {
        lock.lock();
        try {
            cut = false;
            mended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void loseNextReply() {
        spring(Trap.CUT_AFTER);
    }

    void spring(Trap next) {
        trap.set(next);
    }

    /** Whether a trap is set that nothing has run into. */
    boolean isWaiting() {
        return trap.get() != Trap.NONE;
    }

    /** From now on whatever passes takes so long, in each direction. */
    void delay(Duration latency) {
        delay = latency;
    }

    int connections() {
        return links.size();
    }

    /** Ends all connections. */
    void hangUp() {
        links.forEach(Link::close);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            mended.signalAll();
        } finally {
            lock.unlock();
        }
        close(listener);
        hangUp();
    }

    private void accept() {
        while (true) {
            try {
                Socket client = listener.accept();
                Link link = new Link(client, new Socket(target.host(), target.port()));
                links.add(link);
                start("to server", link::toServer);
                start("to client", link::toClient);
            } catch (IOException e) {
                return;
            }
        }
    }

    private void start(String name, Runnable work) {
        Thread thread = new Thread(work, "fault-proxy " + name);
        thread.setDaemon(true);
        thread.start();
    }

    private void passWhenMended() {
        lock.lock();
        try {
            while (cut && !closed) {
                mended.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private final class Link {
        private final Socket client;
        private final Socket server;
        private volatile Trap caught = Trap.NONE;

        Link(Socket client, Socket server) throws IOException {
            this.client = client;
            this.server = server;
            // Otherwise a batch that comes in several pieces waits 40 ms for an acknowledgement between them.
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
        }

        void toServer() {
            pump(client, server, (bytes, length) -> {
                String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
                if (text.contains("{")) {
                    caught = trap.getAndSet(Trap.NONE);
                }
                return caught != Trap.CUT_BEFORE;
            });
        }

        void toClient() {
            pump(server, client, (bytes, length) -> caught != Trap.CUT_AFTER);
        }

        private void pump(Socket from, Socket to, Filter filter) {
            byte[] bytes = new byte[64 * 1024];
            try {
                int length = from.getInputStream().read(bytes);
                while (length >= 0) {
                    passWhenMended();
                    LockSupport.parkNanos(delay.toNanos());
                    if (!filter.passes(bytes, length)) {
                        return;
                    }
                    pass(bytes, length, from, to.getOutputStream());
                    length = from.getInputStream().read(bytes);
                }
            } catch (IOException e) {
                // One end hung up; so does the other one.
            } finally {
                close();
            }
        }

        private void pass(byte[] bytes, int length, Socket from, OutputStream to) throws IOException {
            Trap trapped = from == server ? caught : Trap.NONE;
            switch (trapped) {
                case HALF_OPEN -> {}
                case TRICKLE -> {
                    to.write(bytes, 0, length / 2);
                    for (int i = length / 2; i < length; i++) {
                        LockSupport.parkNanos(TRICKLE_PAUSE.toNanos());
                        to.write(bytes[i]);
                    }
                }
                default -> to.write(bytes, 0, length);
            }
        }

        void close() {
            links.remove(this);
            FaultProxy.close(client);
            FaultProxy.close(server);
        }
    }

    private interface Filter {
        boolean passes(byte[] bytes, int length);
    }
}
