package io.blobpath.store.doctor;

import static io.blobpath.store.doctor.Check.unless;

import io.blobpath.cache.Finding;
import io.blobpath.store.file.FileState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** What the file system below the root can do, and how much of it is left. */
final class FileSystemChecks {
    private static final Set<String> WITHOUT_LINKS = Set.of("vfat", "msdos", "exfat", "ntfs3", "iso9660");
    private static final Set<String> OF_OTHER_HOSTS = Set.of("nfs", "nfs4", "cifs", "smb3", "9p", "ceph", "fuse.sshfs");
    private static final Set<String> NFS = Set.of("nfs", "nfs4");

    /** That of ext4; other file systems take more. */
    private static final int MOST_LINKS = 65_000;

    private static final double NEARLY = 0.9;
    private static final long LITTLE_SPACE = 1L << 30;
    private static final int ONE_OF = 20;
    private static final Duration AHEAD = Duration.ofMinutes(1);

    static final List<Check> ALL = List.of(
            new Check("same-file-system", "are all repositories on one file system?", FileSystemChecks::oneFileSystem),
            new Check(
                    "own-file-system", "is .blobpath on the file system of the root?", FileSystemChecks::ownFileSystem),
            new Check("hard-links", "does the file system have hard links?", FileSystemChecks::hardLinks),
            new Check("link-headroom", "can the blob with the most links take more?", FileSystemChecks::linkHeadroom),
            new Check("network", "is the disk in this machine?", FileSystemChecks::network),
            new Check("lookup-cache", "do clients of NFS look names up anew?", FileSystemChecks::lookupCache),
            new Check("read-only", "is it mounted for writing?", FileSystemChecks::readOnly),
            new Check("free-space", "is there room for blobs?", FileSystemChecks::freeSpace),
            new Check("free-inodes", "is there room for files?", FileSystemChecks::freeInodes),
            new Check("clock", "is no file younger than now?", FileSystemChecks::clock));

    private FileSystemChecks() {}

    private static List<Finding> oneFileSystem(Examination at) {
        List<Path> elsewhere = at.survey().folders().entrySet().stream()
                .filter(entry -> entry.getValue().device() != at.root().device())
                .map(Map.Entry::getKey)
                .toList();
        return elsewhere.isEmpty()
                ? List.of()
                : List.of(new Finding(
                        at.root().relative(elsewhere.get(0)),
                        "is on another file system than the root, so its blobs share no file with others"
                                + TreeChecks.others(elsewhere.size()),
                        "give it a root of its own, or move it onto the file system of the root"));
    }

    private static List<Finding> ownFileSystem(Examination at) {
        FileState state = at.survey().own().get(at.root().ownFolder());
        return unless(
                state == null || state.device() == at.root().device(),
                at.root().ownFolder().toString(),
                "is on another file system than the root, so that nothing can be renamed into place",
                "make it a plain folder below the root");
    }

    private static List<Finding> hardLinks(Examination at) {
        return unless(
                !WITHOUT_LINKS.contains(at.machine().mount().type()),
                at.path(),
                "is on " + at.machine().mount().type() + ", which has no hard links, so every blob is stored each time",
                "use ext4, xfs or btrfs");
    }

    private static List<Finding> linkHeadroom(Examination at) {
        return unless(
                at.survey().blobs().mostLinks() < MOST_LINKS * NEARLY,
                at.survey().blobs().mostLinked(),
                "has " + at.survey().blobs().mostLinks() + " links, and ext4 allows " + MOST_LINKS
                        + "; then a second file of the same bytes begins",
                "nothing need be done; xfs and btrfs allow more");
    }

    private static List<Finding> network(Examination at) {
        return unless(
                !OF_OTHER_HOSTS.contains(at.machine().mount().type()),
                at.path(),
                "is on " + at.machine().mount().type()
                        + ", where the embedded cache is refused since LMDB damages its file",
                "use Redis or DynamoDB with --config, or a disk of this machine");
    }

    private static List<Finding> lookupCache(Examination at) {
        return unless(
                !NFS.contains(at.machine().mount().type())
                        || at.machine().mount().options().contains("lookupcache=none"),
                at.machine().mount().point(),
                "remembers where names lead, so a node that was stopped may change a repository through a door that is closed",
                "mount it with lookupcache=none on every node");
    }

    private static List<Finding> readOnly(Examination at) {
        return unless(
                !at.machine().mount().options().contains("ro"),
                at.machine().mount().point(),
                "is mounted read-only, perhaps since the disk failed, so nothing can be published",
                "look at the log of the kernel, and mount it with rw");
    }

    private static List<Finding> freeSpace(Examination at) {
        Machine machine = at.machine();
        return unless(
                machine.freeBytes() >= LITTLE_SPACE || machine.freeBytes() >= machine.totalBytes() / ONE_OF,
                at.path(),
                "has " + (machine.freeBytes() >> 20) + " MiB left, and pushes fail when there is none",
                "make room: gc --apply, dedupe --apply");
    }

    private static List<Finding> freeInodes(Examination at) {
        OptionalLong total = at.machine().totalInodes();
        OptionalLong free = at.machine().freeInodes();
        return unless(
                total.orElse(0) == 0 || free.isEmpty() || free.getAsLong() >= total.getAsLong() / ONE_OF,
                at.path(),
                "has " + free.orElse(0) + " of " + total.orElse(0)
                        + " inodes left, and no file can be made when there is none",
                "make room: gc --apply, dedupe --apply; or make the file system anew with more");
    }

    private static List<Finding> clock(Examination at) {
        return unless(
                !at.survey().blobs().youngest().isAfter(at.now().plus(AHEAD)),
                at.survey().blobs().youngestPath(),
                "was changed at " + at.survey().blobs().youngest() + ", and here it is " + at.now()
                        + ": a clock is wrong, and with it what the collector takes for old",
                "set the clocks of all nodes by NTP");
    }
}
