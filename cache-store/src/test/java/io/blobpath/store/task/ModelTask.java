package io.blobpath.store.task;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** A task of the sequential model, with its resources as texts and its own idea of what conflicts. */
final class ModelTask {
    private static final String[] IDS = {"r/a", "r/b", "r/c/x", "r/c/y", "s/a", "s/b", "t"};
    private static final String[] BRANCHES = {"r/", "r/c/", "s/", ""};

    /** What is locked, and whether exclusively; a branch ends in '/', everything is empty. */
    final Map<String, Boolean> claims = new LinkedHashMap<>();

    final int number;

    ModelTask(int number, Random random) {
        this.number = number;
        int size = random.nextInt(4);
        for (int i = 0; i < size; i++) {
            boolean branch = random.nextInt(6) == 0;
            String claim = branch ? BRANCHES[random.nextInt(BRANCHES.length)] : IDS[random.nextInt(IDS.length)];
            // There is no shared lock of everything.
            claims.merge(claim, claim.isEmpty() || random.nextInt(3) > 0, Boolean::logicalOr);
        }
    }

    ResourceSet resources() {
        ResourceSet set = ResourceSet.none();
        for (Map.Entry<String, Boolean> claim : claims.entrySet()) {
            set = set.and(one(claim.getKey(), claim.getValue()));
        }
        return set;
    }

    boolean conflictsWith(ModelTask other) {
        for (Map.Entry<String, Boolean> mine : claims.entrySet()) {
            for (Map.Entry<String, Boolean> theirs : other.claims.entrySet()) {
                if ((mine.getValue() || theirs.getValue())
                        && (covers(mine.getKey(), theirs.getKey()) || covers(theirs.getKey(), mine.getKey()))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Changes what is locked exclusively in a way that depends on the order. */
    void apply(Map<String, Integer> state) {
        for (String id : IDS) {
            if (claims.entrySet().stream().anyMatch(claim -> claim.getValue() && covers(claim.getKey(), id))) {
                state.merge(id, number, (before, mine) -> before * 31 + mine);
            }
        }
    }

    private static boolean covers(String claim, String other) {
        boolean branch = claim.isEmpty() || claim.endsWith("/");
        return branch ? other.startsWith(claim) : claim.equals(other);
    }

    private static ResourceSet one(String claim, boolean exclusive) {
        if (claim.isEmpty()) {
            return ResourceSet.everything();
        }
        if (claim.endsWith("/")) {
            String branch = claim.substring(0, claim.length() - 1);
            return exclusive ? ResourceSet.exclusiveBelow(branch) : ResourceSet.sharedBelow(branch);
        }
        return exclusive ? ResourceSet.exclusive(Resource.of(claim)) : ResourceSet.shared(Resource.of(claim));
    }

    @Override
    public String toString() {
        return number + " " + claims;
    }
}
