package io.blobpath.cli;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobPathCaches;
import io.blobpath.cache.BlobRecord;
import io.blobpath.cache.CacheConfig;
import io.blobpath.cache.PutResult;
import io.blobpath.store.StoreListener;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.index.IndexOptions;
import io.blobpath.store.index.Indexer;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The process that {@link KillTest} kills. It works for ever, and prints a line when it begins and after each step. */
final class KilledCommand {
    static final String STEP = "step";

    private final Path root;
    private final PrintStream told;

    private KilledCommand(Path root, PrintStream told) {
        this.root = root;
        this.told = told;
    }

    public static void main(String[] args) throws IOException {
        Path root = Path.of(args[1]);
        try (PrintStream told = new PrintStream(records(root).toFile(), StandardCharsets.UTF_8)) {
            KilledCommand killed = new KilledCommand(root, told);
            step();
            switch (args[0]) {
                case "index" -> killed.index();
                case "dedupe" -> killed.dedupe();
                default -> throw new IllegalArgumentException(args[0]);
            }
        }
    }

    /** Adds repositories and indexes them, and tells each record that was acknowledged. */
    private void index() throws IOException {
        try (BlobPathCache cache = BlobPathCaches.open(CacheConfig.load(config(root)))) {
            Indexer indexer = new Indexer(StoreRoot.open(root), telling(cache), StoreListener.NONE);
            for (int repository = 0; ; repository++) {
                ManyBlobs.repository(root, "r" + repository);
                indexer.index(IndexOptions.defaults().withThreads(2));
                step();
            }
        }
    }

    private void dedupe() {
        PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Terminal terminal = Terminal.plain(nowhere, System.err);
        while (true) {
            Cli.run(terminal, "dedupe", root.toString(), "--apply");
            step();
            Cli.run(terminal, "dedupe", root.toString(), "--undo");
            step();
        }
    }

    /** Where the records are told. What was written to a file outlives the process. */
    static Path records(Path root) {
        return root.resolveSibling("records.txt");
    }

    static Path config(Path root) {
        return root.resolveSibling("blobpath.json");
    }

    /** The same cache, which tells what a batch recorded after the batch was answered. */
    private BlobPathCache telling(BlobPathCache cache) {
        return (BlobPathCache) Proxy.newProxyInstance(
                BlobPathCache.class.getClassLoader(), new Class<?>[] {BlobPathCache.class}, (proxy, method, args) -> {
                    Object answer = answer(cache, method, args);
                    if (method.getName().equals("putAll")) {
                        tell(args, answer);
                    }
                    return answer;
                });
    }

    private static void step() {
        System.out.println(STEP);
        if (System.out.checkError()) {
            throw new IllegalStateException("the test is gone, so nobody will kill this process");
        }
    }

    private static Object answer(BlobPathCache cache, Method method, Object[] args) throws Throwable {
        try {
            return method.invoke(cache, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private void tell(Object[] args, Object answer) {
        List<?> records = (List<?>) args[0];
        List<?> results = (List<?>) answer;
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < records.size(); i++) {
            BlobRecord record = (BlobRecord) records.get(i);
            if (((PutResult) results.get(i)).added()) {
                lines.append(record.digest()).append(' ').append(record.path()).append('\n');
            }
        }
        told.print(lines);
        told.flush();
    }
}
