package io.blobpath.tck;

import static io.blobpath.tck.Sample.digest;
import static io.blobpath.tck.Sample.path;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.Digest;
import io.blobpath.cache.PageRequest;
import io.blobpath.cache.ScanRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import org.jspecify.annotations.NullUnmarked;

/** Every operation of a cache by name, for rules that hold for all of them. */
final class Calls {
    private Calls() {}

    /** With valid arguments: digest 1 and path "a". */
    static Map<String, Runnable> all(BlobPathCache cache) {
        Map<String, Runnable> calls = onDigest(cache);
        calls.put("putAll", () -> cache.putAll(Sample.records(digest(1), "a")));
        calls.put("removeAll", () -> cache.removeAll(Sample.records(digest(1), "a")));
        calls.put("scan", () -> cache.scan(ScanRequest.first(10)));
        calls.put("info", cache::info);
        return calls;
    }

    /** Checks each of them, in a thread of its own: waits for a deadline pass together. */
    static void atOnce(Map<String, Runnable> calls, BiConsumer<String, Runnable> check) throws Exception {
        Race.run(calls.entrySet().stream()
                .map(call -> Executors.callable(() -> check.accept(call.getKey(), call.getValue())))
                .toList());
    }

    /** Those that are about one digest, which is digest 1. */
    static Map<String, Runnable> onDigest(BlobPathCache cache) {
        Map<String, Runnable> calls = new LinkedHashMap<>();
        calls.put("canonical", () -> cache.canonical(digest(1)));
        calls.put("contains", () -> cache.contains(digest(1), path("a")));
        calls.put("paths", () -> cache.paths(digest(1), PageRequest.first(10)));
        calls.put("put", () -> cache.put(digest(1), path("a")));
        calls.put("remove", () -> cache.remove(digest(1), path("a")));
        return calls;
    }

    /** With null in the place of each argument. */
    @NullUnmarked // What it is for.
    static Map<String, Runnable> withNull(BlobPathCache cache) {
        Digest digest = digest(1);
        BlobPath path = path("a");
        Map<String, Runnable> calls = new LinkedHashMap<>();
        calls.put("canonical(null)", () -> cache.canonical(null));
        calls.put("contains(null, path)", () -> cache.contains(null, path));
        calls.put("contains(digest, null)", () -> cache.contains(digest, null));
        calls.put("paths(null, page)", () -> cache.paths(null, PageRequest.first(1)));
        calls.put("paths(digest, null)", () -> cache.paths(digest, null));
        calls.put("put(null, path)", () -> cache.put(null, path));
        calls.put("put(digest, null)", () -> cache.put(digest, null));
        calls.put("remove(null, path)", () -> cache.remove(null, path));
        calls.put("remove(digest, null)", () -> cache.remove(digest, null));
        calls.put("putAll(null)", () -> cache.putAll(null));
        calls.put("removeAll(null)", () -> cache.removeAll(null));
        calls.put("scan(null)", () -> cache.scan(null));
        return calls;
    }
}
