package io.blobpath.benchmarks.peer;

import java.util.List;

/** A store of rows. Safe for any number of threads; every write is on disk when the call returns. */
public interface Peer extends AutoCloseable {
    /** What one thread reads with. */
    interface Reader extends AutoCloseable {
        /** The path of the row with this key, in the form that the peer gives it. */
        Object get(Lookup lookup);

        @Override
        void close();
    }

    /** For the calling thread only. */
    Reader reader();

    /** Adds one row, in a durable transaction of its own or with others. */
    void put(Row row);

    /** Adds rows in one durable transaction, or in a few if the peer decides on their size. */
    void putAll(List<Row> rows);

    /** Reads all rows; how many bytes of paths there were. */
    long scan();

    @Override
    void close();
}
