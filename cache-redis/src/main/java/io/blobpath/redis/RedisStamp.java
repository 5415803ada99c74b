package io.blobpath.redis;

import io.blobpath.cache.CacheMismatchException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the stamp of a bucket says.
 *
 * @param schema the version of the stored format
 * @param incarnation differs each time that the bucket is made, so that a handle notices that it was made anew
 * @param storeId the store that the records belong to
 */
record RedisStamp(int schema, String incarnation, String storeId) {
    static final int SCHEMA = 1;

    private static final Pattern TEXT = Pattern.compile("(\\d{1,9}) ([0-9a-f]{1,64}) ([A-Za-z0-9._-]{1,128})");

    /** The member that stands behind all records of a bucket. */
    byte[] member() {
        byte[] text = (schema + " " + incarnation + " " + storeId).getBytes(StandardCharsets.US_ASCII);
        byte[] member = new byte[text.length + 1];
        member[0] = RedisRecords.STAMP;
        System.arraycopy(text, 0, member, 1, text.length);
        return member;
    }

    /** Reads a member that begins like a stamp; refuses one of a newer schema (L7). */
    static RedisStamp parse(byte[] member) {
        Matcher text = TEXT.matcher(new String(member, 1, member.length - 1, StandardCharsets.ISO_8859_1));
        if (!text.matches()) {
            throw RedisRecords.foreign(null);
        }
        RedisStamp stamp = new RedisStamp(Integer.parseInt(text.group(1)), text.group(2), text.group(3));
        if (stamp.schema > SCHEMA) {
            throw new CacheMismatchException("the store '" + stamp.storeId + "' has schema " + stamp.schema
                    + ", but this driver knows only up to " + SCHEMA + "; use a newer version of blobpath");
        }
        return stamp;
    }
}
