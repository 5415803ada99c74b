package io.blobpath.cli;

import io.blobpath.cache.BlobPathCaches;
import io.blobpath.cache.Finding;
import io.blobpath.store.doctor.CheckResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Looks at a config file: who may read the secrets in it, who may change it, and where the secrets are sent. */
final class ConfigChecks {
    private static final Set<PosixFilePermission> READ =
            Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);
    private static final Set<PosixFilePermission> WRITE =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
    private static final String SECRET = "secret";

    private final Path file;
    private final JsonNode section;
    private final List<String> secrets;

    private ConfigChecks(Path file, JsonNode section, List<String> secrets) {
        this.file = file;
        this.section = section;
        this.secrets = secrets;
    }

    /** Looks at a config that was opened before, so that it is known to be one. */
    static List<CheckResult> of(Path file, String driver) throws IOException {
        JsonNode section = JsonMapper.shared().readTree(Files.readString(file)).path(driver);
        List<String> secrets = BlobPathCaches.options(driver).stream()
                .filter(option -> option.type().equals(SECRET))
                .map(option -> option.key())
                .filter(section::has)
                .toList();
        ConfigChecks checks = new ConfigChecks(file, section, secrets);
        return List.of(
                new CheckResult(
                        "config-secrets", "may only its owner read the secrets of the config?", checks.readable()),
                new CheckResult(
                        "secret-files", "may only its owner read the files of secrets?", checks.readableFiles()),
                new CheckResult("config-write", "may only its owner change the config?", checks.writable()),
                new CheckResult("config-tls", "are passwords sent encrypted?", checks.inClear()));
    }

    private List<Finding> readable() throws IOException {
        boolean has = secrets.stream().anyMatch(key -> section.path(key).isString());
        return has && allows(file, READ)
                ? List.of(new Finding(
                        file.toString(),
                        "has a secret and may be read by others",
                        "chmod 600, or take it from {\"env\": ...} or {\"file\": ...}"))
                : List.of();
    }

    private List<Finding> readableFiles() throws IOException {
        List<Finding> findings = new ArrayList<>();
        for (String key : secrets) {
            JsonNode named = section.path(key).path("file");
            Path secret = file.toAbsolutePath().resolveSibling(named.asString(""));
            if (named.isString() && Files.exists(secret) && allows(secret, READ)) {
                findings.add(new Finding(secret.toString(), "has a secret and may be read by others", "chmod 600"));
            }
        }
        return findings;
    }

    private List<Finding> writable() throws IOException {
        return allows(file, WRITE)
                ? List.of(new Finding(
                        file.toString(), "may be changed by others, who can name another cache", "chmod go-w"))
                : List.of();
    }

    private List<Finding> inClear() {
        boolean elsewhere = section.path("addresses")
                .valueStream()
                .map(address -> address.asString(""))
                .anyMatch(address -> !address.startsWith("localhost:") && !address.startsWith("127."));
        return !secrets.isEmpty() && elsewhere && !section.path("tls").asBoolean(false)
                ? List.of(new Finding(
                        file.toString(),
                        "has a password and no tls, so that whoever sees the network sees it",
                        "set tls to true, and let the servers listen for it"))
                : List.of();
    }

    private static boolean allows(Path path, Set<PosixFilePermission> any) throws IOException {
        return Files.getPosixFilePermissions(path).stream().anyMatch(any::contains);
    }
}
