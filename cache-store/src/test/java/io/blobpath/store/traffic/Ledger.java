package io.blobpath.store.traffic;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What may be visible under each tag, after what processes told. Each tag belongs to one of them. While a change is not
 * acknowledged, and for ever if its process dies before, both states are allowed.
 */
final class Ledger {
    /** For a tag that is not there. */
    static final String ABSENT = "-";

    private final Map<String, Set<String>> allowed = new TreeMap<>();
    private final Map<String, Integer> counts = new HashMap<>();

    /** Takes a line: {@code put? TAG DIGEST} before a change, {@code put TAG DIGEST} after it; the same with {@code delete}. */
    synchronized void take(String line) {
        String[] words = line.split(" ", 3);
        counts.merge(words[0], 1, Integer::sum);
        if (words.length < 3 || !words[0].matches("(put|delete)\\??")) {
            return;
        }
        Set<String> states = allowed.computeIfAbsent(words[1], tag -> new HashSet<>(Set.of(ABSENT)));
        if (!words[0].endsWith("?")) {
            states.clear();
        }
        states.add(words[2]);
    }

    /** The digests that each tag may have. */
    synchronized Map<String, Set<String>> allowed() {
        return new TreeMap<>(allowed);
    }

    /** How often something was told, by its first word. */
    synchronized int count(String what) {
        return counts.getOrDefault(what, 0);
    }
}
