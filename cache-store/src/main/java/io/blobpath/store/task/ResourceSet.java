package io.blobpath.store.task;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a task locks within this process: resources and whole branches of them, each shared or exclusive. Immutable.
 *
 * <p>A branch {@code repo/*} is everything whose id begins with {@code repo/}. Two sets conflict if something is in both and
 * exclusive in one of them.
 */
public final class ResourceSet {
    private static final ResourceSet NONE = new ResourceSet(new TreeMap<>());

    // What was asked for; the key of a branch ends in '/', that of everything is empty.
    private final SortedMap<String, LockMode> asked;

    // The same with what is declared on the nodes above.
    private final String[] keys;
    private final LockMode[] modes;

    private ResourceSet(SortedMap<String, LockMode> asked) {
        this.asked = asked;
        SortedMap<String, LockMode> all = new TreeMap<>(asked);
        asked.forEach((key, mode) -> {
            for (int slash = parent(key); slash >= 0; slash = key.lastIndexOf('/', slash - 1)) {
                all.merge(key.substring(0, slash + 1), mode.intent(), LockMode::and);
            }
            if (!key.isEmpty()) {
                all.merge("", mode.intent(), LockMode::and);
            }
        });
        keys = all.keySet().toArray(String[]::new);
        modes = all.values().toArray(LockMode[]::new);
    }

    /** No resources at all: such a task never waits for another one, and keeps none waiting. */
    public static ResourceSet none() {
        return NONE;
    }

    /** These, each for one task at a time. */
    public static ResourceSet exclusive(Resource... resources) {
        return exclusive(List.of(resources));
    }

    /** These, each for one task at a time. */
    public static ResourceSet exclusive(Collection<Resource> resources) {
        return each(resources, LockMode.EXCLUSIVE);
    }

    /** These, together with others that share them. */
    public static ResourceSet shared(Resource... resources) {
        return each(List.of(resources), LockMode.SHARED);
    }

    /** All resources whose id begins with this and a slash, for one task at a time. */
    public static ResourceSet exclusiveBelow(String branch) {
        return below(branch, LockMode.EXCLUSIVE);
    }

    /** All resources whose id begins with this and a slash, together with others that share them. */
    public static ResourceSet sharedBelow(String branch) {
        return below(branch, LockMode.SHARED);
    }

    /** All resources that there are. */
    public static ResourceSet everything() {
        return new ResourceSet(new TreeMap<>(Map.of("", LockMode.EXCLUSIVE)));
    }

    /** Both sets together; exclusive wins. */
    public ResourceSet and(ResourceSet other) {
        SortedMap<String, LockMode> both = new TreeMap<>(asked);
        other.asked.forEach((key, mode) -> both.merge(key, mode, LockMode::and));
        return new ResourceSet(both);
    }

    int size() {
        return keys.length;
    }

    String key(int index) {
        return keys[index];
    }

    LockMode mode(int index) {
        return modes[index];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ResourceSet that && asked.equals(that.asked);
    }

    @Override
    public int hashCode() {
        return asked.hashCode();
    }

    /** For people: the resources, {@code *} for branches, and which are shared. */
    @Override
    public String toString() {
        return asked.isEmpty()
                ? "nothing"
                : asked.entrySet().stream().map(ResourceSet::text).collect(Collectors.joining(", "));
    }

    private static String text(Map.Entry<String, LockMode> entry) {
        String key = entry.getKey();
        return (key.isEmpty() || key.endsWith("/") ? key + "*" : key)
                + (entry.getValue() == LockMode.SHARED ? " (shared)" : "");
    }

    private static int parent(String key) {
        return key.lastIndexOf('/', key.length() - 2);
    }

    private static ResourceSet each(Collection<Resource> resources, LockMode mode) {
        if (resources.isEmpty()) {
            throw new IllegalArgumentException("there are no resources; if none is meant, say ResourceSet.none()");
        }
        SortedMap<String, LockMode> asked = new TreeMap<>();
        resources.forEach(resource -> asked.put(resource.toString(), mode));
        return new ResourceSet(asked);
    }

    private static ResourceSet below(String branch, LockMode mode) {
        Resource.checkSegments(branch);
        return new ResourceSet(new TreeMap<>(Map.of(branch + "/", mode)));
    }
}
