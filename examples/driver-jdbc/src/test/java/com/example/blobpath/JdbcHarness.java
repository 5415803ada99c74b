package com.example.blobpath;

import io.blobpath.cache.CacheConfig;
import io.blobpath.cache.Digest;
import io.blobpath.tck.Capability;
import io.blobpath.tck.TckHarness;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** One database file; the test deletes it with its directory. */
final class JdbcHarness implements TckHarness {
    private static final String EMBEDDED = "the database is inside of the process: there is no way to it to cut";
    private static final String NO_LEASES = "this driver keeps records only";

    private final Path file;

    JdbcHarness(Path file) {
        this.file = file;
    }

    @Override
    public CacheConfig config() {
        return CacheConfig.of(new JdbcOptions(file));
    }

    @Override
    public Map<Capability, String> unsupported() {
        return Map.of(
                Capability.CUT_OFF, EMBEDDED,
                Capability.LOST_REPLY, EMBEDDED,
                Capability.LEASES, NO_LEASES,
                Capability.PROCESSES, NO_LEASES);
    }

    @Override
    public int stampNewerSchema() {
        execute("update stamp set schema = " + (JdbcSchema.VERSION + 1));
        return JdbcSchema.VERSION + 1;
    }

    @Override
    public void damage(Digest digest) {
        execute("update entry set canonical = x'c3' where digest = '" + digest + "'");
    }

    @Override
    public void wipe() {
        execute("delete from path");
        execute("delete from entry");
        execute("delete from stamp");
    }

    @Override
    public void close() {}

    private void execute(String sql) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
