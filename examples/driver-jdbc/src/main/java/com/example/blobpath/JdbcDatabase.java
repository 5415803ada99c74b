package com.example.blobpath;

import io.blobpath.cache.CacheInterruptedException;
import io.blobpath.cache.CacheUnavailableException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One connection, and whose turn it is. SQLite lets one writer in and the others sleep and look again; the threads of this JVM
 * queue for the file instead, and only other processes are left to that.
 */
final class JdbcDatabase implements AutoCloseable {
    /** One small object for each file that this JVM ever opened. */
    private static final Map<Path, ReentrantLock> TURNS = new ConcurrentHashMap<>();

    private final Path file;
    private final Connection connection;
    private final Duration timeout;
    private final ReentrantLock turn;

    /** What is done within one transaction. */
    @FunctionalInterface
    interface Step<T> {
        T with(Connection connection) throws SQLException;
    }

    private JdbcDatabase(Path file, Connection connection, Duration timeout, ReentrantLock turn) {
        this.file = file;
        this.connection = connection;
        this.timeout = timeout;
        this.turn = turn;
    }

    static JdbcDatabase open(Path file, Duration timeout) {
        Path path = file.toAbsolutePath().normalize();
        try {
            JdbcDatabase database = new JdbcDatabase(
                    path,
                    DriverManager.getConnection("jdbc:sqlite:" + path),
                    timeout,
                    TURNS.computeIfAbsent(path, first -> new ReentrantLock()));
            database.prepare();
            return database;
        } catch (SQLException e) {
            throw JdbcErrors.translate(e);
        }
    }

    Path file() {
        return file;
    }

    /** Reads in one snapshot. */
    <T> T read(Step<T> step) {
        return inTransaction("begin", step);
    }

    /** Reads and writes in one atomic step, which is on disk afterwards. */
    <T> T write(Step<T> step) {
        return inTransaction("begin immediate", step);
    }

    @Override
    public void close() {
        turn.lock();
        try {
            connection.close();
        } catch (SQLException e) {
            throw JdbcErrors.translate(e);
        } finally {
            turn.unlock();
        }
    }

    private void prepare() throws SQLException {
        try {
            inTurn(() -> {
                execute("pragma busy_timeout = " + timeout.toMillis());
                execute("pragma journal_mode = wal");
                execute("pragma synchronous = full");
                return null;
            });
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private <T> T inTransaction(String begin, Step<T> step) {
        return inTurn(() -> {
            execute(begin);
            try {
                T result = step.with(connection);
                execute("commit");
                return result;
            } catch (SQLException | RuntimeException e) {
                rollBack(e);
                throw e;
            }
        });
    }

    private <T> T inTurn(JdbcCall<T> call) {
        try {
            if (!turn.tryLock(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new CacheUnavailableException(
                        "the file was busy for " + timeout.toMillis() + " ms; give operationTimeout more time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CacheInterruptedException("interrupted while waiting for the file", e);
        }
        try {
            return call.run();
        } catch (SQLException e) {
            throw JdbcErrors.translate(e);
        } finally {
            turn.unlock();
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void rollBack(Exception cause) {
        try {
            execute("rollback");
        } catch (SQLException e) {
            cause.addSuppressed(e); // SQLite rolled back by itself.
        }
    }

    /** Something that runs in this thread's turn. */
    @FunctionalInterface
    private interface JdbcCall<T> {
        T run() throws SQLException;
    }
}
