package io.blobpath.benchmarks.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * The directory of a store that has the rows 0 to {@code size}. The program loads each once, and a fork reads that one or writes
 * into a copy; a fork that JMH starts without the program loads its own and removes it.
 */
public final class LoadedStore implements AutoCloseable {
    /** The system property with the folder of the stores that the program has loaded. */
    public static final String FOLDER = "blobpath.benchmarks.stores";

    private final Path directory;
    private final boolean mine;

    private LoadedStore(Path directory, boolean mine) {
        this.directory = directory;
        this.mine = mine;
    }

    /** To read only. */
    public static LoadedStore forReading(Product product, int size) throws IOException {
        Optional<Path> loaded = loaded(product, size);
        return loaded.isPresent() ? new LoadedStore(loaded.get(), false) : fresh(product, size);
    }

    /** To change. */
    public static LoadedStore forWriting(Product product, int size) throws IOException {
        Optional<Path> loaded = loaded(product, size);
        if (loaded.isEmpty()) {
            return fresh(product, size);
        }
        Path copy = Files.createTempDirectory(loaded.get().getParent(), "copy");
        Folders.copyContent(loaded.get(), copy);
        return new LoadedStore(copy, true);
    }

    /** Loads a store below the folder; its directory. */
    public static Path load(Product product, int size, Path folder) throws IOException {
        Path directory = Files.createDirectories(folder.resolve(name(product, size)));
        fill(product, size, directory);
        return directory;
    }

    /** Opens it. */
    public Peer open(Product product) {
        return product.open(directory);
    }

    @Override
    public void close() throws IOException {
        if (mine) {
            Folders.delete(directory);
        }
    }

    private static LoadedStore fresh(Product product, int size) throws IOException {
        Path directory = Files.createTempDirectory("blobpath-benchmark");
        fill(product, size, directory);
        return new LoadedStore(directory, true);
    }

    private static Optional<Path> loaded(Product product, int size) {
        return Optional.ofNullable(System.getProperty(FOLDER))
                .map(folder -> Path.of(folder).resolve(name(product, size)))
                .filter(Files::isDirectory);
    }

    /** The folder of the store, below the one of all. */
    public static String name(Product product, int size) {
        return product.name() + '-' + size;
    }

    private static void fill(Product product, int size, Path directory) {
        try (Peer peer = product.open(directory)) {
            int step = product.loadedAtOnce();
            for (int from = 0; from < size; from += step) {
                List<Row> rows = LongStream.range(from, Math.min(from + step, size))
                        .mapToObj(Row::of)
                        .toList();
                peer.putAll(rows);
            }
        }
    }
}
