package io.blobpath.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobPathCacheException;
import io.blobpath.cache.Digest;
import io.blobpath.store.StoreException;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.blob.BlobStore;
import io.blobpath.store.blob.ManifestReference;
import io.blobpath.store.blob.RepositoryName;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a store goes through in a day, on a machine that may fail at any moment: images are pushed to two repositories and
 * removed, copies are linked, garbage is collected. Whatever fails must say so clearly, and lose nothing that was acknowledged.
 */
final class FaultyDay implements AutoCloseable {
    private static final List<RepositoryName> REPOSITORIES =
            List.of(new RepositoryName("a"), new RepositoryName("team/b"));
    private static final String CONFIG = "the config";
    private static final int STEPS = 5;

    private final Path root;
    private final List<String> cacheOptions;
    private final Set<String> acknowledged = new TreeSet<>();
    private final List<String> failures = new ArrayList<>();
    private int steps;
    private @Nullable BlobPathCache cache;

    /** Something that may fail. */
    interface Body {
        void run() throws IOException;
    }

    /** A day of the store at the root, with its embedded cache, or with that of the config if there is one. */
    FaultyDay(Path root, Path... config) {
        this.root = root;
        this.cacheOptions = config.length == 0 ? List.of() : List.of(CacheOptions.CONFIG, config[0].toString());
    }

    /** All steps of a day, until it is over; whether all of them went well. */
    boolean rest() throws IOException {
        boolean well = true;
        do {
            well &= next();
        } while (steps % STEPS != 0);
        return well;
    }

    /** The next step; whether it went well. */
    boolean next() throws IOException {
        int day = steps / STEPS;
        return switch (steps++ % STEPS) {
            case 0 -> command("dedupe", "--undo");
            case 1 -> push("image-" + day);
            case 2 -> command("dedupe", "--apply");
            case 3 -> remove("image-" + (day - 2));
            default -> command("gc", "--apply", "--grace", "0s");
        };
    }

    /** The images that were acknowledged and that nobody began to remove, as {@code repository:name}. */
    Set<String> acknowledged() {
        return acknowledged;
    }

    /** What the failures said. */
    List<String> failures() {
        return failures;
    }

    /** Pushes an image to both repositories. */
    private boolean push(String name) throws IOException {
        return attempt("push", () -> {
            BlobStore store = store();
            for (RepositoryName repository : REPOSITORIES) {
                publish(store, repository, CONFIG);
                publish(store, repository, layer(name));
                store.putManifest(repository, ManifestReference.parse(name), manifest(name));
                acknowledged.add(repository + ":" + name);
            }
        });
    }

    private boolean remove(String name) throws IOException {
        return attempt("remove", () -> {
            for (RepositoryName repository : REPOSITORIES) {
                // From now on it may be there or not.
                acknowledged.remove(repository + ":" + name);
                store().deleteManifest(
                                repository,
                                ManifestReference.parse(digest(manifest(name)).toString()));
            }
        });
    }

    /** Runs a command on the store. */
    boolean command(String name, String... options) throws IOException {
        Run run = run(name, options);
        if (run.exitCode() == ExitCode.OK) {
            return true;
        }
        failed(name + " " + String.join(" ", options), run.out() + run.err());
        return false;
    }

    private boolean attempt(String what, Body body) throws IOException {
        try {
            body.run();
            return true;
        } catch (IOException | StoreException | BlobPathCacheException e) {
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            PrintStream stream = new PrintStream(said, true, UTF_8);
            int exitCode = new Failures(Terminal.plain(stream, stream), List.of()).tell(e);
            assertThat(exitCode).isNotZero();
            failed(what, said.toString(UTF_8));
            return false;
        }
    }

    private void failed(String what, String said) throws IOException {
        failures.add(what + ": " + said);
        assertThat(said)
                .as(what)
                .isNotBlank()
                .doesNotContain("defect of blobpath")
                .doesNotContain("\tat ");
        close();
        assertSound();
    }

    /** What was acknowledged is complete and has the right bytes, and no name has other bytes than it says. */
    void assertSound() throws IOException {
        assertThat(ManyBlobs.in(root)).allMatch(ManyBlobs::isWhole);
        for (String each : acknowledged) {
            RepositoryName repository = new RepositoryName(each.substring(0, each.indexOf(':')));
            String name = each.substring(each.indexOf(':') + 1);
            assertThat(root.resolve(repository.value()).resolve("index.json"))
                    .as("%s, after %s", each, failures)
                    .content(UTF_8)
                    .contains("\"" + name + "\"")
                    .contains(digest(manifest(name)).hex());
            for (byte[] blob : List.of(manifest(name), bytes(CONFIG), bytes(layer(name)))) {
                assertThat(root.resolve(repository.blob(digest(blob)).toString()))
                        .as("%s, after %s", each, failures)
                        .hasBinaryContent(blob);
            }
        }
    }

    /** On a machine that works again, the next run of everything finishes, and leaves nothing behind. */
    void assertFinishes() throws IOException {
        int before = failures.size();
        command("rebuild", "--apply");
        command("dedupe", "--apply");
        command("gc", "--apply", "--grace", "0s");
        command("verify");
        assertThat(failures.subList(before, failures.size())).isEmpty();
        assertSound();
        assertThat(run("gc", "--grace", "0s").out())
                .contains("nothing to remove")
                .doesNotContain("dead upload");
        assertThat(run("rebuild").out()).contains("the records are those of the disk");
        assertThat(root.resolve(".blobpath/tmp")).isEmptyDirectory();
        assertThat(root.resolve(".blobpath/uploads")).isEmptyDirectory();
    }

    private Run run(String name, String... options) {
        List<String> arguments = new ArrayList<>(List.of(name, root.toString()));
        arguments.addAll(List.of(options));
        arguments.addAll(cacheOptions);
        return Run.of(arguments.toArray());
    }

    private BlobStore store() throws IOException {
        StoreRoot store = StoreRoot.open(root);
        if (cache == null) {
            cache = cacheOptions.isEmpty()
                    ? CacheSource.embeddedIn(store).open()
                    : CacheSource.of(Path.of(cacheOptions.get(1))).open();
        }
        return BlobStore.open(store, cache);
    }

    @Override
    public void close() {
        if (cache != null) {
            try {
                cache.close();
            } catch (BlobPathCacheException e) {
                failures.add("close: " + e.getMessage());
            }
            cache = null;
        }
    }

    private static void publish(BlobStore store, RepositoryName repository, String content) throws IOException {
        byte[] bytes = bytes(content);
        store.publish(repository, digest(bytes), bytes.length, new ByteArrayInputStream(bytes));
    }

    private static byte[] manifest(String name) {
        return bytes("{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"config\":"
                + descriptor(CONFIG) + ",\"layers\":[" + descriptor(layer(name)) + "]}");
    }

    private static String descriptor(String content) {
        return "{\"digest\":\"" + digest(bytes(content)) + "\",\"size\":" + bytes(content).length + "}";
    }

    /** Of more than one page. */
    private static String layer(String name) {
        return ("the layer of " + name + "\n").repeat(300);
    }

    private static Digest digest(byte[] content) {
        return SmallTree.sha256(content);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
