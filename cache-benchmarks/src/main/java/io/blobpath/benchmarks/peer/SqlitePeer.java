package io.blobpath.benchmarks.peer;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** SQLite with its log ahead and synced; one connection writes, each reader has its own. */
final class SqlitePeer implements Peer {
    private final String url;
    private final Connection connection;
    private final PreparedStatement insert;

    SqlitePeer(Path directory) {
        url = "jdbc:sqlite:" + directory.resolve("rows.db");
        try {
            connection = connect();
            try (Statement statement = connection.createStatement()) {
                statement.execute(
                        "CREATE TABLE IF NOT EXISTS rows (digest BLOB PRIMARY KEY, path BLOB NOT NULL) WITHOUT ROWID");
            }
            insert = connection.prepareStatement("INSERT OR REPLACE INTO rows VALUES (?, ?)");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Reader reader() {
        try {
            return new SqliteReader(connect());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public synchronized void put(Row row) {
        try {
            insert(row);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public synchronized void putAll(List<Row> added) {
        try {
            connection.setAutoCommit(false);
            for (Row row : added) {
                insert(row);
            }
            connection.commit();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public long scan() {
        long bytes = 0;
        try (Connection reading = connect();
                Statement statement = reading.createStatement();
                ResultSet all = statement.executeQuery("SELECT digest, path FROM rows ORDER BY digest")) {
            while (all.next()) {
                bytes += all.getBytes(1).length > 0 ? all.getBytes(2).length : 0;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return bytes;
    }

    @Override
    public synchronized void close() {
        try {
            insert.close();
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void insert(Row row) throws SQLException {
        insert.setBytes(1, row.key());
        insert.setBytes(2, row.value());
        insert.executeUpdate();
    }

    private Connection connect() throws SQLException {
        Connection opened = DriverManager.getConnection(url);
        try (Statement statement = opened.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = FULL");
            statement.execute("PRAGMA cache_size = -262144");
            statement.execute("PRAGMA busy_timeout = 10000");
        }
        return opened;
    }

    private static final class SqliteReader implements Reader {
        private final Connection connection;
        private final PreparedStatement select;

        SqliteReader(Connection connection) throws SQLException {
            this.connection = connection;
            this.select = connection.prepareStatement("SELECT path FROM rows WHERE digest = ?");
        }

        @Override
        public Object get(Lookup lookup) {
            try {
                select.setBytes(1, lookup.key());
                try (ResultSet found = select.executeQuery()) {
                    found.next();
                    return found.getBytes(1);
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            try {
                select.close();
                connection.close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
