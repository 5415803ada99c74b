package io.blobpath.benchmarks.peer;

import java.nio.file.Path;

/** What is compared. */
public enum Product {
    /** Our LMDB driver. */
    BLOBPATH("blobpath"),
    /** LMDB through its binding and nothing else. */
    LMDBJAVA("bare lmdbjava"),
    /** RocksDB. */
    ROCKSDB("RocksDB"),
    /** SQLite. */
    SQLITE("SQLite"),
    /** The store below H2. */
    MVSTORE("H2 MVStore");

    private final String title;

    Product(String title) {
        this.title = title;
    }

    /** Its name in the table. */
    public String title() {
        return title;
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
