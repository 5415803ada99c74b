package com.example.blobpath;

import io.blobpath.cache.CacheMismatchException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The tables, and the stamp that says whose they are (L7, L8). */
final class JdbcSchema {
    static final int VERSION = 1;

    /** Blobs are compared by their bytes, unsigned, which is the order of the contract. */
    private static final List<String> TABLES = List.of(
            "create table if not exists stamp (store text not null, schema integer not null)",
            "create table if not exists entry (digest text primary key, canonical blob not null) without rowid",
            "create table if not exists path (digest text, path blob, primary key (digest, path)) without rowid");

    private JdbcSchema() {}

    /** Makes or checks the stamp, in one atomic step; the store id. */
    static String open(JdbcDatabase database, Optional<String> expected) {
        return database.write(connection -> {
            try (Statement statement = connection.createStatement()) {
                for (String table : TABLES) {
                    statement.execute(table);
                }
                try (ResultSet stamp = statement.executeQuery("select store, schema from stamp")) {
                    if (stamp.next()) {
                        return checked(stamp.getString(1), stamp.getInt(2), expected);
                    }
                }
            }
            return stamped(
                    connection, expected.orElseGet(() -> UUID.randomUUID().toString()));
        });
    }

    private static String checked(String store, int schema, Optional<String> expected) {
        if (schema > VERSION) {
            throw new CacheMismatchException("the file has schema " + schema + " and this driver knows up to " + VERSION
                    + "; use a newer version of it");
        }
        if (expected.isPresent() && !expected.get().equals(store)) {
            throw new CacheMismatchException("the file belongs to storeId '" + store + "' and not to '" + expected.get()
                    + "'; correct storeId or use another file");
        }
        return store;
    }

    private static String stamped(Connection connection, String store) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into stamp values (?, ?)")) {
            insert.setString(1, store);
            insert.setInt(2, VERSION);
            insert.execute();
            return store;
        }
    }
}
