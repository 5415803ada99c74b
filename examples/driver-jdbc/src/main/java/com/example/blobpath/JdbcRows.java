package com.example.blobpath;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.CacheCorruptedException;
import io.blobpath.cache.Digest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The statements, each within somebody's transaction. */
final class JdbcRows {
    private final Connection connection;

    JdbcRows(Connection connection) {
        this.connection = connection;
    }

    Optional<BlobPath> canonical(Digest digest) throws SQLException {
        return first("select canonical from entry where digest = ?", digest.toString());
    }

    /** Sets the canonical path of a digest; empty takes the digest away. */
    void setCanonical(Digest digest, Optional<BlobPath> canonical) throws SQLException {
        if (canonical.isEmpty()) {
            change("delete from entry where digest = ?", digest.toString());
        } else {
            change(
                    "insert or replace into entry values (?, ?)",
                    digest.toString(),
                    canonical.get().utf8());
        }
    }

    boolean contains(Digest digest, BlobPath path) throws SQLException {
        return first("select path from path where digest = ? and path = ?", digest.toString(), path.utf8())
                .isPresent();
    }

    /** All paths behind this one, in byte order. */
    List<BlobPath> paths(Digest digest, byte[] after, int limit) throws SQLException {
        return all(
                "select path from path where digest = ? and path > ? order by path limit ?",
                digest.toString(),
                after,
                limit);
    }

    List<BlobPath> duplicates(Digest digest, BlobPath canonical, int limit) throws SQLException {
        return all(
                "select path from path where digest = ? and path <> ? order by path limit ?",
                digest.toString(),
                canonical.utf8(),
                limit);
    }

    /** Whether the path is new. */
    boolean insert(Digest digest, BlobPath path) throws SQLException {
        return change("insert or ignore into path values (?, ?)", digest.toString(), path.utf8()) == 1;
    }

    /** Whether the path was there. */
    boolean delete(Digest digest, BlobPath path) throws SQLException {
        return change("delete from path where digest = ? and path = ?", digest.toString(), path.utf8()) == 1;
    }

    /** Digests behind this one, in the order of their texts. */
    List<Digest> digests(String after, int limit) throws SQLException {
        try (PreparedStatement statement =
                        prepared("select digest from entry where digest > ? order by digest limit ?", after, limit);
                ResultSet rows = statement.executeQuery()) {
            List<Digest> digests = new ArrayList<>();
            while (rows.next()) {
                digests.add(Digest.parse(rows.getString(1)));
            }
            return digests;
        }
    }

    private Optional<BlobPath> first(String sql, Object... parameters) throws SQLException {
        return all(sql, parameters).stream().findFirst();
    }

    private List<BlobPath> all(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepared(sql, parameters);
                ResultSet rows = statement.executeQuery()) {
            List<BlobPath> paths = new ArrayList<>();
            while (rows.next()) {
                paths.add(path(rows.getBytes(1)));
            }
            return paths;
        }
    }

    private static BlobPath path(byte[] utf8) {
        try {
            return BlobPath.ofUtf8(utf8);
        } catch (IllegalArgumentException e) {
            throw new CacheCorruptedException("a row holds no valid path; restore the database or remove the row", e);
        }
    }

    private int change(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepared(sql, parameters)) {
            return statement.executeUpdate();
        }
    }

    private PreparedStatement prepared(String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }
}
