package io.blobpath.lmdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobPathCacheException;
import io.blobpath.cache.BlobPathCaches;
import io.blobpath.cache.CacheAccessException;
import io.blobpath.cache.CacheConfig;
import io.blobpath.cache.CacheConfigException;
import io.blobpath.cache.CacheInUseException;
import io.blobpath.cache.CacheInterruptedException;
import io.blobpath.cache.CacheMismatchException;
import io.blobpath.cache.Digest;
import io.blobpath.tck.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LmdbOpeningTest {
    @TempDir
    Path temporary;

    @Test
    void whatItCreatesBelongsToItsOwnerAlone() throws Exception {
        Path directory = temporary.resolve("deep/down");

        try (BlobPathCache cache = Fixtures.open(directory);
                Stream<Path> files = Files.list(directory)) {
            assertThat(cache.info().details()).containsEntry("directory", directory.toString());
            assertThat(mode(directory)).isEqualTo("rwx------");
            assertThat(files.toList()).hasSize(5).allMatch(file -> mode(file).equals("rw-------"));
        }
    }

    @Test
    void anInterruptWhileOpeningIsToldAsOne() {
        Path directory = temporary.resolve("cache");
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> Fixtures.open(directory)).isInstanceOf(CacheInterruptedException.class);

        assertThat(Thread.interrupted()).isTrue();
        Fixtures.open(directory).close();
    }

    @Test
    void aFileInPlaceOfTheDirectoryIsRefused() throws Exception {
        Path file = Files.createFile(temporary.resolve("file"));

        assertThatThrownBy(() -> Fixtures.open(file))
                .isInstanceOf(CacheConfigException.class)
                .hasMessageContaining("not a directory");
    }

    @Test
    void aDirectoryThatEverybodyMayWriteIsRefused() throws Exception {
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThatThrownBy(() -> Fixtures.open(temporary))
                .isInstanceOf(CacheAccessException.class)
                .hasMessageContaining("chmod 700");
    }

    @Test
    void aDataFileThatTheGroupMayWriteIsRefused() throws Exception {
        Fixtures.open(temporary).close();
        Path data = temporary.resolve("data.mdb");
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rw-rw----"));

        assertThatThrownBy(() -> Fixtures.open(temporary))
                .isInstanceOf(CacheAccessException.class)
                .hasMessageContaining("chmod 600 " + data);
    }

    @Test
    void aDataFileThatIsALinkIsRefused() throws Exception {
        Files.createSymbolicLink(temporary.resolve("data.mdb"), temporary.resolve("elsewhere"));

        assertThatThrownBy(() -> Fixtures.open(temporary))
                .isInstanceOf(CacheAccessException.class)
                .hasMessageContaining("not a regular file");
    }

    @Test
    void aDataFileOfAnotherUserIsRefused() throws Exception {
        assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "only root can give files away");
        Fixtures.open(temporary).close();
        Files.setAttribute(temporary.resolve("data.mdb"), "unix:uid", 12345);

        assertThatThrownBy(() -> Fixtures.open(temporary))
                .isInstanceOf(CacheAccessException.class)
                .hasMessageContaining("belongs to 12345");
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsRefused() {
        assertThatThrownBy(() -> Fixtures.open(Path.of("/proc/blobpath"))).isInstanceOf(BlobPathCacheException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "ext4,false",
        "xfs,false",
        "tmpfs,false",
        "overlay,false",
        "fuseblk,false",
        "nfs,true",
        "nfs4,true",
        "cifs,true",
        "smb3,true",
        "9p,true",
        "fuse.sshfs,true",
        "FUSE.s3fs,true"
    })
    void fileSystemsThatHostsShareAreKnown(String type, boolean shared) {
        assertThat(LmdbDirectory.isSharedByHosts(type)).isEqualTo(shared);
    }

    @Test
    void aNewerSchemaIsRefusedAndNotTouched() {
        Fixtures.open(temporary).close();
        RawRows.stampSchema(temporary, 7);

        assertThatThrownBy(() -> Fixtures.open(temporary))
                .isInstanceOf(CacheMismatchException.class)
                .hasMessageContaining("7")
                .hasMessageContaining("1");
        assertThatThrownBy(() -> Fixtures.open(temporary)).isInstanceOf(CacheMismatchException.class);
    }

    @Test
    void theWrongStoreIsRefusedAndLeavesNothingOpen() {
        CacheConfig config = CacheConfig.of(LmdbOptions.of(temporary));
        BlobPathCaches.open(config.withStoreId("north")).close();

        assertThatThrownBy(() -> BlobPathCaches.open(config.withStoreId("south")))
                .isInstanceOf(CacheMismatchException.class)
                .hasMessageContaining("north")
                .hasMessageContaining("south");

        try (BlobPathCache cache = BlobPathCaches.open(config)) {
            assertThat(cache.info().storeId()).isEqualTo("north");
        }
    }

    @Test
    void handlesUnderDifferentNamesShareOneEnvironment() throws Exception {
        Path link =
                Files.createSymbolicLink(temporary.resolve("link"), Files.createDirectory(temporary.resolve("real")));
        Digest digest = Fixtures.digest(1);

        try (BlobPathCache one = Fixtures.open(temporary.resolve("real"));
                BlobPathCache two = Fixtures.open(link)) {
            one.put(digest, Fixtures.path(digest));

            assertThat(two.canonical(digest)).contains(Fixtures.path(digest));
        }
    }

    @Test
    void anotherClassLoaderOfThisProcessIsRefused() throws Exception {
        URL[] classPath = Arrays.stream(System.getProperty("java.class.path").split(":"))
                .map(LmdbOpeningTest::url)
                .toArray(URL[]::new);
        try (BlobPathCache cache = Fixtures.open(temporary);
                URLClassLoader loader = new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader())) {
            Class<?> fixtures = loader.loadClass(Fixtures.class.getName());
            Method open = fixtures.getDeclaredMethod("environment", Path.class);
            open.setAccessible(true);

            assertThatThrownBy(() -> open.invoke(null, temporary))
                    .isInstanceOf(InvocationTargetException.class)
                    .cause()
                    .hasMessageContaining("another class loader");
            assertThat(cache.info().records()).hasValue(0);
        }
    }

    @Test
    void anotherPidNamespaceIsRefusedWhileThisOneHasItOpen() throws Exception {
        List<String> prefix = List.of("unshare", "--user", "--map-root-user", "--pid", "--fork", "--mount-proc");
        assumeTrue(ChildMain.succeeds(prefix, "true"), "no PID namespace can be made here");

        try (BlobPathCache cache = Fixtures.open(temporary);
                ChildJvm child = ChildMain.start(prefix, "open", temporary)) {
            assertThat(child.readLine()).contains("PID namespace");
            assertThat(child.exitCode()).isZero();
            assertThat(cache.info().records()).hasValue(0);
        }
    }

    @Test
    void aFailedLoadOfTheNativeLibraryNamesTheWayOut() {
        CacheAccessException error = LmdbErrors.translate(new UnsatisfiedLinkError("noexec"));

        assertThat(error).hasMessageContaining("-Dlmdbjava.extract.dir");
    }

    @Test
    void closingTheLastHandleGivesTheClaimBack() {
        Fixtures.open(temporary).close();

        assertThat(System.getProperties().stringPropertyNames()).noneMatch(name -> name.startsWith("io.blobpath"));
    }

    @Test
    void aDirectoryThatIsClaimedIsInUse() {
        LmdbDirectory directory = LmdbDirectory.prepare(LmdbOptions.of(temporary));
        String claim = "io.blobpath.lmdb.open." + directory.key();
        System.setProperty(claim, "test");

        try {
            assertThatThrownBy(() -> Fixtures.open(temporary)).isInstanceOf(CacheInUseException.class);
        } finally {
            System.clearProperty(claim);
        }
    }

    private static String mode(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
