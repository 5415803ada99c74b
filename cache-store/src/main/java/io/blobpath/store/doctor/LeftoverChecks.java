package io.blobpath.store.doctor;

import io.blobpath.cache.Finding;
import io.blobpath.store.file.FileState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What runs and pushes that died have left in the cache's own folder. */
final class LeftoverChecks {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration HOUR = Duration.ofHours(1);

    static final List<Check> ALL = List.of(
            below(
                    "uploads",
                    "are there no dead uploads?",
                    "uploads",
                    DAY,
                    FileState::isRegular,
                    "is an upload to which nothing was written for a day",
                    "gc --apply removes it"),
            below(
                    "workspace",
                    "has no dedupe left files behind?",
                    "tmp",
                    DAY,
                    FileState::isRegular,
                    "was left by a dedupe that was killed",
                    "the next dedupe --apply removes it"),
            below(
                    "doors",
                    "has no session left its door open?",
                    "doors",
                    HOUR,
                    FileState::isSymbolicLink,
                    "is the door of a session that died, or of a node that is stopped",
                    "look for a stopped process; the next change of that repository removes it"),
            below(
                    "aside",
                    "has no collection left blobs aside?",
                    "aside",
                    HOUR,
                    FileState::isRegular,
                    "was put aside by a collection that died before it had decided",
                    "gc --apply removes it, or gives it its name back"),
            new Check("damaged-cache", "was no cache set aside because of damage?", LeftoverChecks::damaged));

    private LeftoverChecks() {}

    private static Check below(
            String name,
            String question,
            String folder,
            Duration age,
            Predicate<FileState> kind,
            String what,
            String remedy) {
        return new Check(name, question, at -> {
            Path place = at.root().ownFolder().resolve(folder);
            List<Path> found = at.survey().own().entrySet().stream()
                    .filter(entry -> entry.getKey().startsWith(place))
                    .filter(entry -> kind.test(entry.getValue()) && at.isOlder(entry.getValue(), age))
                    .map(Map.Entry::getKey)
                    .toList();
            return findings(at, found, what, remedy);
        });
    }

    private static List<Finding> damaged(Examination at) {
        List<Path> found = at.survey().own().keySet().stream()
                .filter(path -> String.valueOf(path.getFileName()).contains(".damaged-"))
                .toList();
        return findings(
                at,
                found,
                "is a cache that was found damaged and set aside; the one in its place began empty",
                "rebuild --apply, look for the cause (a full disk, a power cut), then delete the file");
    }

    private static List<Finding> findings(Examination at, List<Path> found, String what, String remedy) {
        return found.isEmpty()
                ? List.of()
                : List.of(
                        new Finding(at.root().relative(found.get(0)), what + TreeChecks.others(found.size()), remedy));
    }
}
