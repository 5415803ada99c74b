package io.blobpath.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a script answered.
 *
 * @param word what came of it
 * @param values the rest
 */
record RedisAnswer(String word, List<byte[]> values) {
    /**
     * Reads the answer of a script.
     *
     * @throws io.blobpath.cache.CacheStoreLostException if the bucket has lost its stamp
     * @throws io.blobpath.cache.CacheCorruptedException if the script met something foreign
     */
    static RedisAnswer of(List<byte[]> answer) {
        String word = word(answer);
        return switch (word) {
            case "lost" -> throw RedisErrors.lost();
            case "foreign" -> throw RedisRecords.foreign(null);
            default -> new RedisAnswer(word, answer.subList(1, answer.size()));
        };
    }

    /** Whether the script did nothing, because it found the bucket lost or foreign. */
    static boolean isRefusal(List<byte[]> answer) {
        String word = word(answer);
        return word.equals("lost") || word.equals("foreign");
    }

    boolean is(String expected) {
        return word.equals(expected);
    }

    byte[] value(int index) {
        return values.get(index);
    }

    String text(int index) {
        return new String(values.get(index), StandardCharsets.UTF_8);
    }

    long number(int index) {
        return Long.parseLong(text(index));
    }

    IllegalStateException unknown() {
        return new IllegalStateException("a script answered " + word);
    }

    private static String word(List<byte[]> answer) {
        return new String(answer.get(0), StandardCharsets.US_ASCII);
    }
}
