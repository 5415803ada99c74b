package io.blobpath.store.doctor;

import static io.blobpath.store.doctor.Check.unless;

import io.blobpath.cache.Finding;
import io.blobpath.store.file.FileState;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Who may do what. */
final class AccessChecks {
    private static final int OTHERS_WRITE = 0002;
    private static final int NOT_OWNER_WRITE = 0022;
    private static final int STICKY = 01000;
    private static final long FEW_FILES = 1024;

    static final List<Check> ALL = List.of(
            new Check("root-access", "may this user write to the root?", AccessChecks::rootAccess),
            new Check("folder-access", "may this user write to all repositories?", AccessChecks::folderAccess),
            new Check("folder-open", "are there no folders that anybody may write to?", AccessChecks::folderOpen),
            new Check("folder-owner", "do all folders belong to one user?", AccessChecks::folderOwner),
            new Check("own-folder", "may only its owner write to .blobpath?", AccessChecks::ownFolder),
            new Check("blob-owner", "do all blobs belong to one user and group?", AccessChecks::blobOwner),
            new Check("blob-mode", "do all blobs have the same permissions?", AccessChecks::blobMode),
            new Check("special-mode", "has no blob a set-user, set-group or sticky bit?", AccessChecks::specialMode),
            new Check("umask", "are new files not writable by anybody?", AccessChecks::umask),
            new Check("protected-links", "may this user link all blobs?", AccessChecks::protectedLinks),
            new Check("open-files", "may this process open enough files?", AccessChecks::openFiles));

    private AccessChecks() {}

    private static List<Finding> rootAccess(Examination at) {
        return unless(
                at.mayUse(at.survey().rootState()),
                at.path(),
                "may not be written by user " + at.machine().user()
                        + ", so nothing can be published, linked or collected",
                "run as user " + at.survey().rootState().user() + ", or give it to this user with chown");
    }

    private static List<Finding> folderAccess(Examination at) {
        return folders(
                at,
                state -> !at.mayUse(state),
                "may not be written by user " + at.machine().user()
                        + ", so its blobs can be neither linked nor collected",
                "run as the user that it belongs to, or chown it");
    }

    private static List<Finding> folderOpen(Examination at) {
        return folders(
                at,
                state -> (state.mode() & OTHERS_WRITE) != 0 && (state.mode() & STICKY) == 0,
                "may be written by anybody, who can put other bytes under any name",
                "chmod o-w");
    }

    private static List<Finding> folderOwner(Examination at) {
        int owner = at.survey().rootState().user();
        return folders(
                at,
                state -> state.isFolder() && state.user() != owner,
                "belongs to another user than the root, user " + owner + ", so tools of several users write here",
                "run all tools as one user, and chown -R the tree to it");
    }

    private static List<Finding> ownFolder(Examination at) {
        FileState state = at.survey().own().get(at.root().ownFolder());
        return unless(
                state == null || (state.isFolder() && (state.mode() & NOT_OWNER_WRITE) == 0),
                at.root().ownFolder().toString(),
                "is a link, or others may write to it: they can change records and the files of uploads",
                "make it a folder of its owner alone: chmod 700");
    }

    private static List<Finding> blobOwner(Examination at) {
        return unless(
                at.survey().blobs().owners().size() <= 1,
                at.path(),
                "has blobs of several owners, " + at.survey().blobs().owners() + ", which never share a file",
                "run all tools as one user, and chown -R the tree to it");
    }

    private static List<Finding> blobMode(Examination at) {
        return unless(
                at.survey().blobs().modes().size() <= 1,
                at.path(),
                "has blobs of several permissions, " + at.survey().blobs().modes() + ", which do not share a file",
                "dedupe --ignore-mode, or give them the same with chmod");
    }

    private static List<Finding> specialMode(Examination at) {
        return unless(
                at.survey().blobs().special().isEmpty(),
                at.survey().blobs().special(),
                "has the set-user, set-group or sticky bit and is left out of dedupe",
                "chmod a-s,-t");
    }

    private static List<Finding> umask(Examination at) {
        return unless(
                (at.machine().umask() & OTHERS_WRITE) != 0,
                "this process",
                "has umask " + Integer.toOctalString(at.machine().umask())
                        + ", so anybody may change the files that tools of this user make",
                "umask 022 in the shell or the service");
    }

    private static List<Finding> protectedLinks(Examination at) {
        boolean own = at.survey().blobs().owners().keySet().stream()
                .allMatch(owner -> owner.startsWith(at.machine().user() + ":"));
        return unless(
                own || at.machine().user() == 0 || !at.machine().protectedLinks(),
                at.path(),
                "has blobs of other users than " + at.machine().user()
                        + ", and the system refuses links to files of others (fs.protected_hardlinks)",
                "run as the user that they belong to");
    }

    private static List<Finding> openFiles(Examination at) {
        return unless(
                at.machine().openFiles().orElse(FEW_FILES) >= FEW_FILES,
                "this process",
                "may open " + at.machine().openFiles().orElse(0) + " files only, and fails when many push at once",
                "raise it: ulimit -n, or LimitNOFILE of the service");
    }

    /** One finding for the first of them, which says how many there are. */
    private static List<Finding> folders(Examination at, Predicate<FileState> bad, String what, String remedy) {
        List<Path> found = at.survey().folders().entrySet().stream()
                .filter(entry -> bad.test(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        return found.isEmpty()
                ? List.of()
                : List.of(
                        new Finding(at.root().relative(found.get(0)), what + TreeChecks.others(found.size()), remedy));
    }
}
