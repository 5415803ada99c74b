package io.blobpath.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SystemFilesTest {
    private static final Path OTHER_FILE_SYSTEM = Path.of("/dev/shm");

    private final FileOperations files = FileOperations.system();

    @TempDir
    private Path folder;

    @Test
    void statTellsAboutTheLinkItself() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nowhere"));

        assertThat(files.stat(link).isSymbolicLink()).isTrue();
        assertThat(files.isGone(link)).isFalse();
        assertThat(files.isGone(folder.resolve("nowhere"))).isTrue();
    }

    @Test
    void lookTellsTypeAndSizeAsStatDoes() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "four");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);

        for (Path each : List.of(file, link, folder, Path.of("/dev/null"))) {
            assertThat(sight(files.look(each))).as("%s", each).isEqualTo(sight(files.stat(each)));
        }
        assertThat(files.look(file).isRegular()).isTrue();
        assertThat(files.look(file).size()).isEqualTo(4);
    }

    @Test
    void readingThroughALinkIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);

        assertThatThrownBy(() -> files.read(link).close()).isInstanceOf(IOException.class);
    }

    @Test
    void aFailureOfTheMachineNamesTheFile() throws IOException {
        // What cannot be synced, on every Linux.
        Path nothing = Path.of("/dev/null");
        assumeTrue(Files.exists(nothing), "no such device here");

        assertThatThrownBy(() -> files.sync(nothing))
                .isInstanceOf(FileSystemException.class)
                .hasMessageStartingWith(nothing + ": ");
    }

    @Test
    void whatIsReadCanBeSentOnByTheKernel() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");

        try (SeekableByteChannel channel = files.read(file)) {
            assertThat(channel).isInstanceOf(FileChannel.class);
        }
    }

    @Test
    void linkToAnotherFileSystemIsTyped() throws IOException {
        assumeTrue(Files.isDirectory(OTHER_FILE_SYSTEM), "no second file system here");
        Path file = Files.writeString(folder.resolve("file"), "x");
        Path elsewhere = Files.createTempDirectory(OTHER_FILE_SYSTEM, "blobpath");
        assumeTrue(files.stat(elsewhere).device() != files.stat(file).device(), "the same file system");

        try {
            assertThatThrownBy(() -> files.link(elsewhere.resolve("name"), file))
                    .isInstanceOf(OtherFileSystemException.class);
            assertThatThrownBy(() -> files.rename(file, elsewhere.resolve("name")))
                    .isInstanceOf(OtherFileSystemException.class);
        } finally {
            Files.delete(elsewhere);
        }
    }

    @Test
    void renameOfTwoNamesOfOneFileDoesNothing() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        files.link(folder.resolve("name"), file);

        files.rename(folder.resolve("name"), file);

        assertThat(folder.resolve("name")).exists();
    }

    @Test
    void folderOfItsOwnIsPrivateAndNeverALink() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder);

        files.createFolder(folder.resolve("own"));
        files.createFolder(folder.resolve("own"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("own"))))
                .isEqualTo("rwx------");
        assertThatThrownBy(() -> files.createFolder(link)).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void attributesAreCopiedToTheNanosecond() throws IOException {
        Path source = Files.writeString(folder.resolve("source"), "x");
        Files.setPosixFilePermissions(source, PosixFilePermissions.fromString("r--r-----"));
        Files.setLastModifiedTime(source, FileTime.from(Instant.ofEpochSecond(1_000_000_000, 123_456_789)));
        Path target = Files.writeString(folder.resolve("target"), "x");

        files.setAttributes(target, files.stat(source));

        assertThat(files.stat(target).modified()).isEqualTo(files.stat(source).modified());
        assertThat(files.stat(target).mode()).isEqualTo(files.stat(source).mode());
    }

    @Test
    void lockIsHeldAgainstThisProcessToo() throws IOException {
        Path file = folder.resolve("lock");

        try (Closeable held = files.tryLock(file).orElseThrow()) {
            assertThat(held).isNotNull();
            assertThat(files.tryLock(file)).isEmpty();
        }

        files.tryLock(file).orElseThrow().close();
    }

    @Test
    void missingFileIsNoSuchFile() {
        assertThatThrownBy(() -> files.stat(folder.resolve("missing"))).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> files.look(folder.resolve("missing"))).isInstanceOf(NoSuchFileException.class);
    }

    private static List<Object> sight(FileSight file) {
        return List.of(file.isRegular(), file.isFolder(), file.isSymbolicLink(), file.size());
    }
}
