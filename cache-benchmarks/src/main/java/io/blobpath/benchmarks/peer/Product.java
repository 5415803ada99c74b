package io.blobpath.benchmarks.peer;

import java.nio.file.Path;

/** What is compared. */
public enum Product {
    /** Our LMDB driver. */
    BLOBPATH("blobpath", 50_000),
    /** LMDB through its binding and nothing else. */
    LMDBJAVA("bare lmdbjava", 1000),
    /** RocksDB. */
    ROCKSDB("RocksDB", 50_000),
    /** SQLite. */
    SQLITE("SQLite", 50_000),
    /** The store below H2. */
    MVSTORE("H2 MVStore", 50_000);

    private final String title;
    private final int loadedAtOnce;

    Product(String title, int loadedAtOnce) {
        this.title = title;
        this.loadedAtOnce = loadedAtOnce;
    }

    /** Its name in the table. */
    public String title() {
        return title;
    }

    /** How many rows it gets at once when it is loaded: LMDB's file grows with its largest transaction, H2's with their number. */
    int loadedAtOnce() {
        return loadedAtOnce;
    }

    /** Opens a store of it in an existing directory. */
    public Peer open(Path directory) {
        return switch (this) {
            case BLOBPATH -> new BlobpathPeer(directory);
            case LMDBJAVA -> new LmdbJavaPeer(directory);
            case ROCKSDB -> new RocksDbPeer(directory);
            case SQLITE -> new SqlitePeer(directory);
            case MVSTORE -> new MvStorePeer(directory);
        };
    }
}
