package io.blobpath.redis;

import static io.blobpath.redis.Stores.digest;
import static io.blobpath.redis.Stores.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobPathCaches;
import io.blobpath.cache.CacheConfig;
import io.blobpath.cache.CacheUnavailableException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encrypted connections, with certificates on both sides. */
class TlsTest {
    @TempDir
    Path folder;

    @Test
    void bothSidesShowTheirCertificates() throws Exception {
        Certificate certificate = Certificate.forHost("ip:127.0.0.1", folder);
        try (RedisServer server = start(certificate);
                BlobPathCache cache = BlobPathCaches.open(config(server, true))) {
            assertThat(cache.put(digest(1), path("a")).added()).isTrue();
        }
    }

    @Test
    void aServerRefusesWhoeverShowsNone() throws Exception {
        Certificate certificate = Certificate.forHost("ip:127.0.0.1", folder);
        try (RedisServer server = start(certificate)) {
            CacheConfig config = config(server, false);

            assertThatThrownBy(() -> BlobPathCaches.open(config).close()).isInstanceOf(CacheUnavailableException.class);
        }
    }

    @Test
    void aCertificateForAnotherHostIsRefused() throws Exception {
        Certificate certificate = Certificate.forHost("dns:elsewhere.example", folder);
        try (RedisServer server = start(certificate)) {
            CacheConfig config = config(server, true);

            assertThatThrownBy(() -> BlobPathCaches.open(config).close()).isInstanceOf(CacheUnavailableException.class);
        }
    }

    private static RedisServer start(Certificate certificate) {
        assumeTrue(RedisServer.hasTls(), "this server was built without TLS");
        return RedisServer.startTls(
                "--tls-cert-file", certificate.certificate().toString(),
                "--tls-key-file", certificate.key().toString(),
                "--tls-ca-cert-file", certificate.certificate().toString());
    }

    private CacheConfig config(RedisServer server, boolean withKey) throws Exception {
        String key = withKey ? "'keyStore': 'keys.p12', 'keyStorePassword': '" + Certificate.PASSWORD + "'," : "";
        String json = "{'driver': 'redis', 'operationTimeout': '2s', 'redis': {'addresses': ['" + server.address()
                + "'], 'tls': true, " + key + " 'trustStore': 'trust.p12', 'trustStorePassword': '"
                + Certificate.PASSWORD + "', 'connectTimeout': '2s'}}";
        return CacheConfig.load(Files.writeString(folder.resolve("config.json"), json.replace('\'', '"')));
    }
}
