package io.blobpath.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The scripts. Each is one atomic step on the keys of one bucket, all of which are declared, and answers a list that begins
 * with a word.
 */
enum RedisScript {
    OPEN("open"),
    PUT("stamp", "put", "one"),
    PUT_ALL("stamp", "put", "all"),
    REMOVE("stamp", "remove", "one"),
    REMOVE_ALL("stamp", "remove", "all"),
    PATHS("stamp", "paths"),
    SCAN("stamp", "scan"),
    GUARDED_PUT("leases", "guard", "stamp", "put", "one"),
    GUARDED_REMOVE("leases", "guard", "stamp", "remove", "one"),
    GUARDED_PROMOTE("leases", "guard", "stamp", "promote"),
    ACQUIRE("leases", "stamp", "acquire"),
    RENEW("leases", "renew"),
    RELEASE("leases", "release"),
    BREAK("leases", "stamp", "break"),
    PEEK("leases", "stamp", "peek"),
    LIST("leases", "stamp", "list");

    private final String text;
    private final String sha1;

    RedisScript(String... parts) {
        StringBuilder joined = new StringBuilder();
        for (String part : parts) {
            joined.append(resource(part + ".lua"));
        }
        text = joined.toString();
        sha1 = sha1(text);
    }

    String text() {
        return text;
    }

    /** What the server calls the script once it is loaded. */
    String sha1() {
        return sha1;
    }

    private static String resource(String name) {
        try (InputStream in = RedisScript.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the artifact");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha1(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
