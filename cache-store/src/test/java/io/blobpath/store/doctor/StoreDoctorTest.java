package io.blobpath.store.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.Finding;
import io.blobpath.store.StoreListener;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.file.FileKey;
import io.blobpath.store.file.FileState;
import io.blobpath.store.fixture.ForwardingFiles;
import io.blobpath.store.fixture.Tree;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A store that is sound, and for each check one that is not. */
final class StoreDoctorTest {
    private static final Set<String> MOUNTED = Set.of("rw", "relatime");

    @TempDir
    Path folder;

    private final Map<Path, UnaryOperator<FileState>> lies = new HashMap<>();
    private Tree tree;
    private BlobPath blob;
    private int user;
    private int umask = 0022;
    private long openFiles = 4096;
    private boolean protectedLinks;
    private Mount mount = new Mount("/", "ext4", MOUNTED);
    private long freeBytes = 500L << 30;
    private long freeInodes = 900;
    private Duration late = Duration.ZERO;
    private Path unreadable = Path.of("/none");

    @BeforeEach
    void makeTree() throws IOException {
        tree = new Tree(folder.toRealPath());
        blob = tree.blob("a", "content");
        tree.blob("b", "other content");
        user = state(tree.root()).user();
    }

    @Test
    void aSoundStoreHasNoFindings() throws IOException {
        assertThat(examine()).flatExtracting(CheckResult::findings).isEmpty();
    }

    @Test
    void thereAreManyChecksAndEachHasItsName() {
        assertThat(StoreDoctor.checks().map(Check::name)).hasSizeGreaterThan(25).doesNotHaveDuplicates();
        assertThat(StoreDoctor.checks().map(Check::question)).allMatch(question -> question.endsWith("?"));
    }

    @ParameterizedTest
    @MethodSource("names")
    void eachCheckFindsWhatItIsFor(String name) throws IOException {
        provoke(name);

        List<CheckResult> results = examine();

        assertThat(results)
                .filteredOn(result -> result.name().equals(name))
                .flatExtracting(CheckResult::findings)
                .singleElement()
                .satisfies(finding -> assertThat(finding)
                        .extracting(Finding::where, Finding::what, Finding::remedy)
                        .noneMatch(text -> text.toString().isBlank()));
    }

    @Test
    void aFindingTellsWhereWhatAndHowToMend() throws IOException {
        provoke("doors");

        assertThat(examine())
                .flatExtracting(CheckResult::findings)
                .extracting(Finding::where, Finding::what, Finding::remedy)
                .containsExactly(tuple(
                        ".blobpath/doors/x/1",
                        "is the door of a session that died, or of a node that is stopped",
                        "look for a stopped process; the next change of that repository removes it"));
    }

    @Test
    void theMachineTellsOfItself() throws IOException {
        Machine machine = LinuxMachine.read(tree.root());

        assertThat(machine.user()).isEqualTo(user);
        assertThat(machine.umask()).isBetween(0, 0777);
        assertThat(machine.totalBytes()).isPositive();
        assertThat(machine.mount().options()).contains("rw");
        assertThat(new StoreDoctor(StoreRoot.open(tree.root()), StoreListener.NONE).examine())
                .hasSize((int) StoreDoctor.checks().count());
    }

    static Stream<String> names() {
        return StoreDoctor.checks().map(Check::name);
    }

    private void provoke(String name) throws IOException {
        Path a = tree.root().resolve("a");
        Path own = tree.root().resolve(".blobpath");
        Path file = tree.file(blob);
        switch (name) {
            case "root-access" -> {
                user = 4711;
                protectedLinks = false;
            }
            case "folder-access" -> {
                user = 4711;
                lies.put(tree.root(), state -> owned(state, 4711));
            }
            case "folder-open" -> permit(a, "rwxr-xrwx");
            case "folder-owner" -> lies.put(a, state -> owned(state, 4711));
            case "own-folder" -> permit(Files.createDirectory(own), "rwxrwx---");
            case "blob-owner" -> lies.put(file, state -> owned(state, 4711));
            case "blob-mode" -> permit(file, "rw-rw----");
            case "special-mode" -> lies.put(file, state -> moded(state, state.mode() | 04000));
            case "umask" -> umask = 0000;
            case "protected-links" -> {
                user = 4711;
                protectedLinks = true;
            }
            case "open-files" -> openFiles = 256;
            case "same-file-system" -> lies.put(a.resolve("blobs"), StoreDoctorTest::elsewhere);
            case "own-file-system" -> lies.put(Files.createDirectory(own), StoreDoctorTest::elsewhere);
            case "hard-links" -> mount = new Mount("/mnt", "vfat", MOUNTED);
            case "link-headroom" -> lies.put(file, state -> linked(state, 64_990));
            case "network", "lookup-cache" -> mount = new Mount("/mnt", "nfs4", MOUNTED);
            case "read-only" -> mount = new Mount("/mnt", "ext4", Set.of("ro"));
            case "free-space" -> freeBytes = 100L << 20;
            case "free-inodes" -> freeInodes = 10;
            case "clock" -> late = Duration.ofMinutes(-5);
            case "repositories" -> {
                Files.delete(a.resolve("oci-layout"));
                Files.delete(tree.root().resolve("b/oci-layout"));
            }
            case "layout-marker" -> Files.delete(a.resolve("oci-layout"));
            case "index" -> Files.writeString(a.resolve("index.json"), "[");
            case "symbolic-links" -> Files.createSymbolicLink(tree.root().resolve("c"), a);
            case "names" -> Files.writeString(file.resolveSibling("oci-put-blob123"), "left by a tool");
            case "plain-files" -> Files.createDirectory(tree.file(Tree.path("a", Tree.digest("folder"))));
            case "empty-blobs" -> tree.file("a", Tree.digest("nothing of it"), "");
            case "readable" -> unreadable = a.resolve("blobs/sha256");
            case "uploads" -> old(own.resolve("uploads/1"));
            case "workspace" -> old(own.resolve("tmp/dedupe-1"));
            case "aside" -> old(own.resolve("aside/x/sha256-1"));
            case "damaged-cache" -> old(own.resolve("data.mdb.damaged-1"));
            case "doors" -> {
                Files.createDirectories(
                        own.resolve("doors/x"),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
                Files.createSymbolicLink(own.resolve("doors/x/1"), Path.of("../../../a"));
                lies.put(own.resolve("doors/x/1"), StoreDoctorTest::aged);
            }
            default -> throw new AssertionError("nothing here provokes '" + name + "'");
        }
    }

    private List<CheckResult> examine() throws IOException {
        ForwardingFiles files = new ForwardingFiles() {
            @Override
            protected void before(Call call, Path file) throws IOException {
                if (call == Call.LIST && file.equals(unreadable)) {
                    throw new AccessDeniedException(file.toString());
                }
            }

            @Override
            public FileState stat(Path file) throws IOException {
                return lies.getOrDefault(file, UnaryOperator.identity()).apply(super.stat(file));
            }
        };
        Machine machine = new Machine(
                user,
                Set.of(),
                umask,
                OptionalLong.of(openFiles),
                protectedLinks,
                mount,
                100L << 40,
                freeBytes,
                OptionalLong.of(1000),
                OptionalLong.of(freeInodes));
        return new StoreDoctor(StoreRoot.open(tree.root(), files), StoreListener.NONE)
                .examine(machine, Clock.offset(Clock.systemUTC(), late));
    }

    private void old(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        permit(tree.root().resolve(".blobpath"), "rwx------");
        Files.writeString(file, "left behind");
        lies.put(file, StoreDoctorTest::aged);
    }

    private static FileState state(Path file) throws IOException {
        return StoreRoot.open(file).files().stat(file);
    }

    private static void permit(Path file, String permissions) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private static FileState owned(FileState state, int owner) {
        return new FileState(
                state.key(),
                state.mode(),
                state.size(),
                state.links(),
                owner,
                state.group(),
                state.modified(),
                state.changed());
    }

    private static FileState moded(FileState state, int mode) {
        return new FileState(
                state.key(),
                mode,
                state.size(),
                state.links(),
                state.user(),
                state.group(),
                state.modified(),
                state.changed());
    }

    private static FileState linked(FileState state, int links) {
        return new FileState(
                state.key(),
                state.mode(),
                state.size(),
                links,
                state.user(),
                state.group(),
                state.modified(),
                state.changed());
    }

    private static FileState elsewhere(FileState state) {
        return new FileState(
                new FileKey(state.device() + 1, 1),
                state.mode(),
                state.size(),
                state.links(),
                state.user(),
                state.group(),
                state.modified(),
                state.changed());
    }

    private static FileState aged(FileState state) {
        FileTime longAgo = FileTime.from(Instant.EPOCH);
        return new FileState(
                state.key(), state.mode(), state.size(), state.links(), state.user(), state.group(), longAgo, longAgo);
    }
}
