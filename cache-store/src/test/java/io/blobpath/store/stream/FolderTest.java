package io.blobpath.store.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.blobpath.store.file.FileOperations;
import io.blobpath.store.fixture.Tree;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is on disk, and what becomes of it when a process ends. */
final class FolderTest extends StreamTest {
    @Test
    void filesAndFoldersAreTheirOwnersAlone() throws Exception {
        StreamCache cache = cache();
        readWhole(cache, text("content"));

        Path entry = entries().get(0);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(entry)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(entry.getParent())))
                .isEqualTo("rwx------");
        assertThat(folder.relativize(entry).toString()).matches("v1/([0-9a-f]{2})/\\1[0-9a-f]{62}");
    }

    @Test
    void anEntryBeginsWithItsBytes() throws Exception {
        readWhole(cache(), text("content"));

        assertThat(Files.readString(entries().get(0), StandardCharsets.ISO_8859_1))
                .startsWith("content");
    }

    @Test
    void aCompleteEntrySurvivesARestart() throws Exception {
        StreamCache before = cache();
        readWhole(before, text("content"));
        before.close();

        StreamCache after = cache();

        assertThat(after.stats().entries()).isEqualTo(1);
        assertThat(after.stats().bytes()).isEqualTo(Files.size(entries().get(0)));
        assertThat(readWhole(after, never())).isEqualTo("content");
        assertThat(after.stats().opened(Outcome.HIT)).isEqualTo(1);
    }

    @Test
    void aFileThatIsCutShortOrOfAnotherKeyIsNoEntry() throws Exception {
        StreamCache before = cache();
        readWhole(before, text("content"));
        before.close();
        Path entry = entries().get(0);
        byte[] whole = Files.readAllBytes(entry);

        for (int length = 0; length < whole.length; length += 3) {
            Files.write(entry, Arrays.copyOf(whole, length));
            StreamCache after = cache();

            assertThat(readWhole(after, text("anew"))).isEqualTo("anew");
            after.close();
        }
        Path other = folder.resolve("v1/00").resolve("0".repeat(64));
        Files.createDirectories(other.getParent());
        Files.write(other, whole);
        assertThat(readWhole(cache(), never())).isEqualTo("anew");
    }

    @Test
    void bytesOfADigestAreCheckedWhileTheyAreMade() throws Exception {
        StreamCache cache = cache();
        StreamKey key = StreamKey.of(Tree.digest("content"));

        assertThat(readDigest(cache, key, text("content"))).isEqualTo("content");
        cache.invalidate(key);

        assertThatExceptionOfType(StreamFailedException.class)
                .isThrownBy(() -> readDigest(cache, key, text("forgery")))
                .withMessageContaining(Tree.digest("forgery").toString());
        assertThat(entries()).isEmpty();
        assertThatExceptionOfType(StreamFailedException.class)
                .isThrownBy(() -> StreamCache.none().fetch(key, new CountingSink(), text("forgery"), OPTIONS));
    }

    @Test
    void bytesOfADigestAreCheckedAgainAfterARestart() throws Exception {
        StreamKey key = StreamKey.of(Tree.digest("content"));
        StreamCache before = cache();
        readDigest(before, key, text("content"));
        before.close();
        try (FileChannel file = FileChannel.open(entries().get(0), StandardOpenOption.WRITE)) {
            file.write(bytes("X"), 3);
        }

        assertThat(readDigest(cache(), key, text("content"))).isEqualTo("content");
    }

    @Test
    void anUnsyncedEntryOfAnotherBootIsUsedOnlyIfItCanBeVerified() throws Exception {
        StreamKey key = StreamKey.of(Tree.digest("content"));
        Trailer named = new Trailer(KEY, 7, Long.MAX_VALUE, 12345);
        Trailer digest = new Trailer(key, 7, Long.MAX_VALUE, 12345);
        plant(KEY, named);
        plant(key, digest);
        StreamCache cache = cache();

        assertThat(readDigest(cache, key, never())).isEqualTo("content");
        assertThat(readWhole(cache, text("anew"))).isEqualTo("anew");
    }

    @Test
    void aSyncedEntrySurvivesABoot() throws Exception {
        StreamCache synced = cache(StreamCacheOptions.defaults().withSync(true));
        readWhole(synced, text("content"));

        try (FileChannel file = FileChannel.open(entries().get(0))) {
            assertThat(Trailer.read(file, KEY).orElseThrow().boot()).isZero();
        }
    }

    @Test
    void manyCachesOnOneFolderDoNotCollideAndShareWhatIsComplete() throws Exception {
        List<StreamCache> caches = new ArrayList<>();
        List<Script> scripts = new ArrayList<>();
        List<StreamReader> readers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            caches.add(cache());
            scripts.add(new Script().write("content"));
            readers.add(open(caches.get(i), scripts.get(i)));
        }

        assertThat(names("tmp")).hasSize(20).doesNotHaveDuplicates();
        scripts.forEach(Script::end);

        for (StreamReader reader : readers) {
            assertThat(readAll(reader)).isEqualTo("content");
        }
        for (StreamCache cache : caches) {
            assertThat(readWhole(cache, never())).isEqualTo("content");
        }
        assertThat(entries()).hasSize(1);
        assertThat(readWhole(cache(), never())).isEqualTo("content");
    }

    @Test
    void namesAreNeverUsedTwice() throws Exception {
        StreamCache cache = cache();
        Set<String> seen = new HashSet<>();
        List<FutureTask<String>> creators = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            StreamKey key = StreamKey.of("key " + i);
            creators.add(start(() -> {
                try (StreamReader reader = cache.open(key, text("content"), OPTIONS)) {
                    return readAll(reader);
                }
            }));
        }

        for (FutureTask<String> creator : creators) {
            assertThat(creator.get()).isEqualTo("content");
        }
        entries().forEach(entry -> seen.add(entry.getFileName().toString()));
        assertThat(seen).hasSize(100);
        assertThat(entries().stream().map(Path::getParent).distinct().count()).isLessThanOrEqualTo(256);
    }

    @Test
    void whatADeadProcessLeftIsRemovedAndWhatALiveOneWritesIsNot() throws Exception {
        StreamCache living = cache();
        Script script = new Script().write("part");
        StreamReader reader = open(living, script);
        Path temporary = folder.resolve("v1/tmp");
        Files.writeString(temporary.resolve("0123456789abcdef-0123456789abcdef.1"), "left");
        Files.writeString(folder.resolve("v1/live/0123456789abcdef-0123456789abcdef"), "");
        Files.writeString(temporary.resolve("fedcba9876543210-0123456789abcdef.1"), "left, without a lock");

        cache();

        assertThat(names("tmp")).hasSize(1);
        assertThat(names("live")).hasSize(2);
        script.end();
        assertThat(readAll(reader)).isEqualTo("part");
    }

    @Test
    void aFolderThatCannotBeUsedIsToldWhenItIsOpened() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");

        assertThatIOException()
                .isThrownBy(() -> StreamCache.open(file, StreamCacheOptions.defaults()))
                .withMessageContaining(file.toString());

        assertThat(file).hasContent("not a folder");
    }

    @Test
    void filesThatAreNotOursStay() throws Exception {
        cache().close();
        Path mine = Files.writeString(folder.resolve("v1/README"), "mine");
        Path alsoMine =
                Files.writeString(Files.createDirectory(folder.resolve("v1/ab")).resolve("mine"), "mine");

        timing.advance(StreamCacheOptions.defaults().maxAge().multipliedBy(3));
        cache();

        assertThat(mine).exists();
        assertThat(alsoMine).exists();
    }

    @Test
    void aFolderThatCannotBeEnteredIsMended() throws Exception {
        StreamCache cache = cache();
        readWhole(cache, text("content"));
        Path inside = entries().get(0).getParent();
        Files.setPosixFilePermissions(inside, Set.of());

        timing.advance(StreamCacheOptions.defaults().sweepPeriod());

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(inside)))
                .isEqualTo("rwx------");
        assertThat(readWhole(cache, never())).isEqualTo("content");
    }

    @Test
    void aWipedFolderCostsMissesAndNoReader() throws Exception {
        StreamCache cache = cache();
        readWhole(cache, text("content"));
        Script script = new Script().write("growing ");
        StreamReader complete = open(cache, never());
        StreamKey other = StreamKey.of("other");
        StreamReader growing = closing(cache.open(other, script, OPTIONS));
        wipe(folder.resolve("v1"));

        script.write("stream").end();

        assertThat(readAll(complete)).isEqualTo("content");
        assertThat(readAll(growing)).isEqualTo("growing stream");
        timing.advance(StreamCacheOptions.defaults().sweepPeriod());
        assertThat(readWhole(cache, text("anew"))).isEqualTo("anew");
        assertThat(readWhole(cache, never())).isEqualTo("anew");
        assertThat(names("live")).hasSize(1);
    }

    @Test
    void aSweepThatOutlivesItsCacheLeavesNoLock() throws Exception {
        Path root = Files.createDirectories(folder.resolve("v1"));
        StreamPresence presence = StreamPresence.enter(FileOperations.system(), root);

        presence.close();
        presence.refresh();

        assertThat(names("live")).isEmpty();
    }

    private void plant(StreamKey key, Trailer trailer) throws IOException {
        Path file = folder.resolve("v1").resolve(key.name().substring(0, 2)).resolve(key.name());
        Files.createDirectories(file.getParent());
        Files.writeString(file, "content");
        Files.write(file, trailer.encode().array(), StandardOpenOption.APPEND);
    }

    private String readDigest(StreamCache cache, StreamKey key, StreamProducer producer) throws IOException {
        try (StreamReader reader = cache.open(key, producer, OPTIONS)) {
            return readAll(reader);
        }
    }

    private static void wipe(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
