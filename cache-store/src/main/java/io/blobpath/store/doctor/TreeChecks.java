package io.blobpath.store.doctor;

import io.blobpath.cache.Finding;
import io.blobpath.store.Problem;
import io.blobpath.store.ProblemKind;
import java.util.List;

/** Whether the tree is one of OCI image layouts and of nothing else. */
final class TreeChecks {
    static final List<Check> ALL = List.of(
            new Check("repositories", "are there repositories?", TreeChecks::repositories),
            of(
                    "layout-marker",
                    "has every folder of blobs an oci-layout beside it?",
                    ProblemKind.NOT_A_LAYOUT,
                    "is taken for no repository, and is left out of everything",
                    "write the file oci-layout beside it, or move the folder away"),
            new Check(
                    "index",
                    "can every index.json be read?",
                    at -> findings(
                            at.survey().indexes(),
                            "so its repository is not collected, and no tag of it can be changed",
                            "restore it from a copy")),
            of(
                    "symbolic-links",
                    "are there no symbolic links?",
                    ProblemKind.SYMBOLIC_LINK,
                    "and links are not followed, so what it leads to is left out",
                    "put the folder or file there itself, or a mount"),
            of(
                    "names",
                    "are there only blobs where blobs lie?",
                    ProblemKind.NOT_A_BLOB,
                    "and is never collected",
                    "look what made it; delete what a tool has left"),
            of(
                    "plain-files",
                    "are all blobs plain files?",
                    ProblemKind.NOT_REGULAR,
                    "and is no blob",
                    "delete it, and push the blob again"),
            of(
                    "empty-blobs",
                    "has every blob its bytes?",
                    ProblemKind.EMPTY,
                    "as after a crash without fsync",
                    "delete it, and push the blob again"),
            of(
                    "readable",
                    "can everything be looked at?",
                    ProblemKind.UNREADABLE,
                    "and nothing is known about it",
                    "look at the disk and at the permissions"));

    private TreeChecks() {}

    /** What to add about how many more there are. */
    static String others(int all) {
        return all == 1 ? "" : "; and " + (all - 1) + " more";
    }

    private static List<Finding> repositories(Examination at) {
        return Check.unless(
                !at.survey().folders().isEmpty(),
                at.path(),
                "has no repository: no folder with the file oci-layout",
                "is it mounted? Is it the right folder?");
    }

    private static Check of(String name, String question, ProblemKind kind, String why, String remedy) {
        return new Check(name, question, at -> findings(at.survey().problems(kind), why, remedy));
    }

    private static List<Finding> findings(List<Problem> problems, String why, String remedy) {
        if (problems.isEmpty()) {
            return List.of();
        }
        Problem first = problems.get(0);
        String where = first.path().isEmpty() ? "the root" : first.path();
        return List.of(new Finding(where, "(" + first.detail() + ") " + why + others(problems.size()), remedy));
    }
}
