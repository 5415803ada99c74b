package io.blobpath.tck;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.CacheUnavailableException;
import io.blobpath.cache.Digest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What several threads did to a cache at once, and what they were answered. */
record History(long seed, List<Operation> operations) {
    private static final List<Action> ACTIONS = List.of(Action.values());
    private static final List<BlobPath> PATHS = Sample.paths("m", "a", "z");

    /** Lets threads do random things to these digests, which are absent; the threads take turns with the handles. */
    static History record(
            List<BlobPathCache> handles, List<Digest> digests, int threads, int calls, long seed, ExecutorService pool)
            throws Exception {
        AtomicLong clock = new AtomicLong();
        List<Callable<List<Operation>>> tasks = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            int number = thread;
            Random random = new Random(seed * 31 + thread);
            BlobPathCache cache = handles.get(thread % handles.size());
            tasks.add(() -> {
                List<Operation> done = new ArrayList<>();
                while (done.size() < calls) {
                    done.add(perform(cache, digests, number, random, clock));
                }
                return done;
            });
        }
        return new History(
                seed, Race.run(tasks, pool).stream().flatMap(List::stream).toList());
    }

    /**
     * The same history if the reply to one of its changes, nobody knows which, got lost unless a call has failed for it: the driver
     * asked again by itself, so that a change may have happened twice and its answer tell of the second time (E4).
     */
    History withALostReply() {
        if (operations.stream().anyMatch(Operation::mayHaveFailed)) {
            return this;
        }
        return new History(
                seed,
                operations.stream()
                        .flatMap(call -> call.action().isChange() ? call.perhapsTwice() : Stream.of(call))
                        .toList());
    }

    /** The digests whose calls no order explains, with their calls; empty if the history is linearizable. */
    String contradictions() {
        Map<Digest, List<Operation>> byDigest = operations.stream()
                .collect(Collectors.groupingBy(Operation::digest, TreeMap::new, Collectors.toList()));
        return byDigest.entrySet().stream()
                .filter(calls -> !Linearizability.explains(calls.getValue()))
                .map(calls -> "no order of these calls explains their answers (repeat with -Dblobpath.tck.seed=" + seed
                        + "): " + calls.getKey() + timeline(calls.getValue()))
                .collect(Collectors.joining(System.lineSeparator()));
    }

    /** A line for each call with a bar from call to return: calls whose bars share no column have an order. */
    private static String timeline(List<Operation> calls) {
        TreeSet<Long> moments = new TreeSet<>();
        calls.forEach(call -> moments.addAll(List.of(call.called(), call.returned())));
        return calls.stream()
                .sorted(Comparator.comparingLong(Operation::called))
                .map(call -> {
                    int from = moments.headSet(call.called()).size();
                    int to = moments.headSet(call.returned()).size();
                    String bar = " ".repeat(from) + "[" + "-".repeat(to - from - 1) + "]"
                            + " ".repeat(moments.size() - 1 - to);
                    return "%n  thread %d %s %s %s -> %s"
                            .formatted(call.thread(), bar, call.action(), call.path(), call.answer());
                })
                .collect(Collectors.joining());
    }

    private static Operation perform(
            BlobPathCache cache, List<Digest> digests, int thread, Random random, AtomicLong clock) {
        Action action = ACTIONS.get(random.nextInt(ACTIONS.size()));
        Digest digest = digests.get(random.nextInt(digests.size()));
        BlobPath path = PATHS.get(random.nextInt(PATHS.size()));
        for (int pause = random.nextInt(200); pause > 0; pause--) {
            Thread.onSpinWait();
        }
        long called = clock.getAndIncrement();
        try {
            Object answer = action.perform(cache, digest, path);
            return new Operation(thread, action, digest, path, answer, called, clock.getAndIncrement());
        } catch (CacheUnavailableException e) {
            if (!action.isChange()) {
                throw e;
            }
            return Operation.failed(thread, action, digest, path, called);
        }
    }
}
