package io.blobpath.dynamodb;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.blobpath.cache.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Stands between the driver and the server and treats each request as its script says. It forwards HTTP and looks into the
 * bodies; the server does not check signatures.
 */
final class FaultProxy implements AutoCloseable {
    static {
        // Otherwise each answer waits 40 ms for the acknowledgement of its header.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "fault-proxy");
        thread.setDaemon(true);
        return thread;
    });
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private volatile Script script = call -> Fate.PASS;
    private final ConcurrentHashMap<String, Plan> plans = new ConcurrentHashMap<>();
    private boolean cut;
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
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    String endpoint() {
        return "http://localhost:" + server.getAddress().getPort();
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

    List<Call> calls() {
        return calls;
    }

    void cut() {
        set(true);
    }

    void mend() {
        set(false);
    }

    @Override
    public void close() {
        set(false);
        server.stop(0);
        threads.shutdownNow();
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

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            String operation = target == null ? "" : target.substring(target.indexOf('.') + 1);
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (isCut()) {
                hold();
                return;
            }
            Fate fate = planned(body).orElseGet(() -> script.of(new Ask(operation, body)));
            if (fate instanceof Fate.Swallow swallow) {
                if (swallow.applied()) {
                    forward(exchange, body);
                }
                hold();
            } else if (fate instanceof Fate.Answer answer) {
                if (answer.applied()) {
                    forward(exchange, body);
                }
                reply(exchange, answer.status(), answer.body());
            } else {
                if (fate instanceof Fate.Held held) {
                    held.until().await();
                }
                HttpResponse<String> response = forward(exchange, body);
                calls.add(new Call(operation, body, response.statusCode(), response.body()));
                reply(exchange, response.statusCode(), response.body());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
            while (began == epoch) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private static HttpResponse<String> forward(HttpExchange exchange, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(LocalServer.endpoint());
        for (String header : List.of("X-Amz-Target", "Authorization", "X-Amz-Date", "Content-Type")) {
            String value = exchange.getRequestHeaders().getFirst(header);
            if (value != null) {
                request.header(header, value);
            }
        }
        return CLIENT.send(
                request.POST(HttpRequest.BodyPublishers.ofString(measured(body)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    /** The same request, whose answer tells the capacity used. */
    private static String measured(String body) {
        return body.startsWith("{\"") && !body.contains("ReturnConsumedCapacity")
                ? "{\"ReturnConsumedCapacity\":\"TOTAL\"," + body.substring(1)
                : body;
    }
}
