package io.blobpath.dynamodb;

import io.blobpath.cache.Digest;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Stands between the driver and the server and treats each request as its script says. Each connection of the driver has a
 * thread and a connection to the server; the server does not check signatures.
 */
final class FaultProxy implements AutoCloseable {
    private static final Duration IDLE = Duration.ofSeconds(5);

    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Call> calls = Collections.synchronizedList(new ArrayList<>());
    private final ConcurrentHashMap<String, Plan> plans = new ConcurrentHashMap<>();
    private volatile Script script = call -> Fate.PASS;
    private boolean cut;
    private boolean closed;
    private long epoch;

    /** A request and its answer. */
    record Call(String operation, String request, int status, String response) {}

    /** What happens to the requests about a digest. */
    private record Plan(AtomicInteger asked, int from, int times, Fate fate) {
        Fate next() {
            int number = asked.getAndIncrement();
            return number >= from && number - from < times ? fate : Fate.PASS;
        }
    }

    /** A request. */
    record Ask(String operation, String body) {}

    /** Decides about each request, in the order in which they come. */
    interface Script {
        Fate of(Ask ask);
    }

    /** What happens to a request. */
    sealed interface Fate {
        Fate PASS = new Pass();
        Fate SWALLOW = new Swallow(false);
        Fate APPLY_AND_SWALLOW = new Swallow(true);

        record Pass() implements Fate {}

        /** No answer until the proxy is mended or closed. */
        record Swallow(boolean applied) implements Fate {}

        /** Passes when the latch opens. */
        record Held(CountDownLatch until) implements Fate {}

        /** This answer, before or after it is applied. */
        record Answer(int status, String body, boolean applied) implements Fate {}

        static Fate fails(int status, String code, boolean applied) {
            return new Answer(
                    status,
                    "{\"__type\":\"com.amazonaws.dynamodb.v20120810#" + code + "\",\"message\":\"made by the test\"}",
                    applied);
        }
    }

    FaultProxy() {
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    String endpoint() {
        return "http://localhost:" + listener.getLocalPort();
    }

    void script(Script next) {
        script = next;
    }

    /** So many requests about the digest have this fate, from that number on. */
    void fail(Digest digest, int from, int times, Fate fate) {
        plans.put(digest.hex(), new Plan(new AtomicInteger(), from, times, fate));
    }

    void mend(Digest digest) {
        plans.remove(digest.hex());
    }

    /** The requests that passed, since the last {@link #forget}. */
    List<Call> calls() {
        synchronized (calls) {
            return List.copyOf(calls);
        }
    }

    void forget() {
        calls.clear();
    }

    void cut() {
        set(true);
    }

    void mend() {
        set(false);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        close(listener);
        sockets.forEach(FaultProxy::close);
    }

    private void set(boolean next) {
        lock.lock();
        try {
            cut = next;
            epoch++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        while (true) {
            try {
                Socket client = opened(listener.accept());
                start(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                Upstream upstream = new Upstream()) {
            InputStream requests = new BufferedInputStream(client.getInputStream());
            while (answer(HttpMessage.read(requests), client, upstream)) {
                // The next one.
            }
        } catch (IOException e) {
            // One end hung up; so does the other one.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.remove(client);
        }
    }

    /** Whether the connection lives on. */
    private boolean answer(HttpMessage request, Socket client, Upstream upstream)
            throws IOException, InterruptedException {
        if (isCut()) {
            hold();
            return false;
        }
        Fate fate = planned(request.body()).orElseGet(() -> script.of(new Ask(request.operation(), request.body())));
        if (fate instanceof Fate.Swallow swallow) {
            if (swallow.applied()) {
                upstream.ask(request);
            }
            hold();
            return false;
        }
        if (fate instanceof Fate.Answer answer) {
            if (answer.applied()) {
                upstream.ask(request);
            }
            HttpMessage.json(answer.status(), answer.body()).write(client.getOutputStream());
            return true;
        }
        if (fate instanceof Fate.Held held) {
            held.until().await();
        }
        HttpMessage reply = upstream.ask(request);
        calls.add(new Call(request.operation(), request.body(), reply.status(), reply.body()));
        reply.write(client.getOutputStream());
        return true;
    }

    private Optional<Fate> planned(String body) {
        return plans.entrySet().stream()
                .filter(plan -> body.contains(plan.getKey()))
                .map(plan -> plan.getValue().next())
                .findFirst();
    }

    private boolean isCut() {
        lock.lock();
        try {
            return cut;
        } finally {
            lock.unlock();
        }
    }

    private void hold() throws InterruptedException {
        lock.lock();
        try {
            long began = epoch;
            while (began == epoch && !closed) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private Socket opened(Socket socket) throws IOException {
        sockets.add(socket);
        socket.setTcpNoDelay(true);
        return socket;
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "fault-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** The connection to the server, made anew before the server may have ended it for idleness. */
    private final class Upstream implements AutoCloseable {
        private Socket socket = connect();
        private InputStream replies = new BufferedInputStream(socket.getInputStream());
        private long used = System.nanoTime();

        Upstream() throws IOException {}

        HttpMessage ask(HttpMessage request) throws IOException {
            if (System.nanoTime() - used > IDLE.toNanos()) {
                close();
                socket = connect();
                replies = new BufferedInputStream(socket.getInputStream());
            }
            request.withBody(measured(request.body())).write(socket.getOutputStream());
            HttpMessage reply = HttpMessage.read(replies);
            used = System.nanoTime();
            return reply;
        }

        @Override
        public void close() {
            sockets.remove(socket);
            FaultProxy.close(socket);
        }

        private Socket connect() throws IOException {
            URI server = LocalServer.endpoint();
            return opened(new Socket(server.getHost(), server.getPort()));
        }

        /** The same request, whose answer tells the capacity used. */
        private static String measured(String body) {
            return body.startsWith("{\"") && !body.contains("ReturnConsumedCapacity")
                    ? "{\"ReturnConsumedCapacity\":\"TOTAL\"," + body.substring(1)
                    : body;
        }
    }
}
