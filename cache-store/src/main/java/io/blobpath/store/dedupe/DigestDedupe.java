package io.blobpath.store.dedupe;

import io.blobpath.cache.BlobEntry;
import io.blobpath.cache.BlobPath;
import io.blobpath.store.ProblemKind;
import io.blobpath.store.file.BlobHashes;
import io.blobpath.store.file.FileKey;
import io.blobpath.store.file.FileState;
import io.blobpath.store.file.OtherFileSystemException;
import io.blobpath.store.file.TooManyLinksException;
import io.blobpath.store.walk.RecordScan;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Dedupes the copies of one digest, path by path: the first good one becomes the master, the others get its file. Copies of
 * other owners or permissions have a master of their own. In memory are the masters, and the files that are unfit or have
 * several names; not the paths.
 */
final class DigestDedupe {
    private final DedupeRun run;
    private final RecordScan records;
    private final BlobEntry entry;
    private final Map<Copy.Traits, Master> masters = new HashMap<>();
    private final Map<FileKey, ProblemKind> unfit = new HashMap<>();
    private final Set<FileKey> met = new HashSet<>();
    private final Set<FileKey> proven = new HashSet<>();
    private final Map<FileKey, Integer> namesLeft = new HashMap<>();
    private long visited;

    DigestDedupe(DedupeRun run, RecordScan records, BlobEntry entry) {
        this.run = run;
        this.records = records;
        this.entry = entry;
    }

    /** Dedupes; how many paths were visited. */
    long run() {
        boolean verifiable = BlobHashes.canVerify(entry.digest().algorithm());
        records.paths(entry, path -> {
            visited++;
            examine(path).ifPresent(verifiable ? this::visit : this::notVerifiable);
        });
        masters.values().forEach(master -> run.tally().alreadyLinked.add(master.sharing()));
        return visited;
    }

    private Optional<Copy> examine(BlobPath path) {
        Optional<Copy> found = run.examiner().find(entry.digest(), path);
        found.map(Copy::state).ifPresent(this::countShared);
        return found.filter(run.examiner()::isFit);
    }

    /** Adds up what paths would take if their files had not been met before under other paths. */
    private void countShared(FileState state) {
        if (state.links() > 1 && !met.add(state.key())) {
            run.tally().bytesShared.add(state.size());
        }
    }

    private void notVerifiable(Copy copy) {
        run.report(copy, ProblemKind.NOT_VERIFIABLE, "nothing here computes its algorithm, so that it is not linked");
    }

    private void visit(Copy copy) {
        FileKey key = copy.state().key();
        Master master = masters.get(traits(copy));
        ProblemKind known = unfit.get(key);
        if (known != null) {
            run.report(copy, known, "it is the same file as a path reported before");
        } else if (master == null) {
            first(copy);
        } else if (master.holds(key)) {
            master.met(key);
        } else if (master.links() >= run.options().maxLinks()) {
            retire(master, copy);
        } else if (!isProven(master, copy)) {
            master.replace(copy);
        } else if (isGood(copy)) {
            share(master, copy);
        }
    }

    private void first(Copy copy) {
        Optional<Copy.Traits> other = masters.keySet().stream().findFirst();
        other.ifPresent(traits -> {
            if (traits(copy).sameOwner(traits)) {
                run.report(
                        copy,
                        ProblemKind.OTHER_MODE,
                        "its permissions are " + copy.state().octalPermissions()
                                + " and not those of the copies before it; not linked to them");
            } else {
                run.report(copy, ProblemKind.OTHER_OWNER, "its owner differs; not linked to the copies before it");
            }
        });
        masters.put(traits(copy), new Master(copy));
    }

    private Copy.Traits traits(Copy copy) {
        return copy.traits(run.options());
    }

    private void retire(Master master, Copy next) {
        run.report(next, ProblemKind.TOO_MANY_LINKS, "it keeps its own file, to which the copies after it are linked");
        master.retire(next);
    }

    /** Reads the master before its first link. If it is unfit, all its names that were passed by are reported too. */
    private boolean isProven(Master master, Copy reached) {
        if (!master.isProven()) {
            if (isGood(master.copy()) && isOnDisk(master.copy())) {
                master.prove();
            } else {
                reportOtherNames(master.copy(), reached.path());
            }
        }
        return master.isProven();
    }

    private void reportOtherNames(Copy master, BlobPath reached) {
        FileKey key = master.state().key();
        boolean[] passed = new boolean[1];
        records.paths(entry, path -> {
            passed[0] |= path.equals(reached);
            if (!passed[0] && !path.equals(master.path()) && isFile(path, key)) {
                run.problems()
                        .report(
                                path.toString(),
                                unfit.getOrDefault(key, ProblemKind.FAILED),
                                "it is the same file as '" + master.path() + "'");
            }
        });
    }

    private boolean isFile(BlobPath path, FileKey key) {
        try {
            return run.root().files().stat(run.root().resolve(path)).key().equals(key);
        } catch (IOException e) {
            return false; // It was there a moment ago; then the visit before had its say.
        }
    }

    /** Reads the copy, a file with several names once only. */
    private boolean isGood(Copy copy) {
        FileKey key = copy.state().key();
        if (proven.contains(key)) {
            return true;
        }
        Optional<ProblemKind> fault = run.examiner().fault(entry.digest(), copy);
        if (fault.isEmpty() && copy.state().links() > 1) {
            proven.add(key);
        }
        fault.ifPresent(kind -> unfit.put(key, kind));
        return fault.isEmpty();
    }

    /**
     * Waits until the master's bytes are on the disk. The other copies are about to go; a power cut must not take the one
     * that was only in memory.
     */
    private boolean isOnDisk(Copy master) {
        if (run.writer().isPresent()) {
            try {
                run.root().files().sync(master.file());
            } catch (IOException e) {
                run.report(master, ProblemKind.FAILED, "it cannot be synced: " + e);
                unfit.put(master.state().key(), ProblemKind.FAILED);
                return false;
            }
        }
        return true;
    }

    private void share(Master master, Copy copy) {
        try {
            if (run.writer().isPresent()) {
                run.writer().get().give(master, copy);
            }
            master.linked();
            count(copy.state());
        } catch (SharedFile.MasterChangedException e) {
            run.report(master.copy(), ProblemKind.CHANGED, String.valueOf(e.getMessage()));
            unfit.put(master.copy().state().key(), ProblemKind.CHANGED);
            master.replace(copy);
        } catch (TooManyLinksException e) {
            retire(master, copy);
        } catch (OtherFileSystemException e) {
            run.report(
                    copy,
                    ProblemKind.OTHER_FILE_SYSTEM,
                    "it is on another mount than " + master.copy().path());
        } catch (SharedFile.CopyChangedException e) {
            run.report(copy, ProblemKind.CHANGED, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            if (!run.root().files().isGone(copy.file())) {
                run.report(copy, ProblemKind.FAILED, "linking it failed: " + e);
            }
        }
    }

    /** A file is freed with its last name, and names outside the store are not ours to replace. */
    private void count(FileState replaced) {
        run.tally().linked.increment();
        int left = replaced.links() == 1
                ? 0
                : namesLeft.merge(replaced.key(), replaced.links() - 1, (before, first) -> before - 1);
        if (left == 0) {
            run.tally().bytesFreed.add(replaced.size());
        }
    }
}
