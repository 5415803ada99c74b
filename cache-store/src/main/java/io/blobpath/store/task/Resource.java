package io.blobpath.store.task;

import io.blobpath.cache.Digest;
import io.blobpath.cache.lease.LeaseName;
import java.util.List;

/**
 * Something that tasks lock: an id of segments separated by {@code /}, such as {@code repo/library/base}, or a digest.
 *
 * <p>An id must never change its meaning. Do not use a name that can be given to something else while it is locked; lock the
 * place where the names are kept.
 *
 * <p>Other nodes see it as the lease of the same name.
 */
public final class Resource implements Comparable<Resource> {
    private static final String DIGEST = "digest/";
    private static final List<String> RESERVED = List.of(DIGEST, TaskAnnouncer.PREFIX);

    private final String id;
    private final LeaseName lease;

    private Resource(String id, LeaseName lease) {
        this.id = id;
        this.lease = lease;
    }

    /**
     * The resource with this id.
     *
     * @throws IllegalArgumentException if a segment is empty or {@code *}, if it begins with {@code digest/} or {@code task/},
     *     or if it cannot be the name of a lease (512 bytes of UTF-8)
     */
    public static Resource of(String id) {
        checkSegments(id);
        for (String reserved : RESERVED) {
            if (id.startsWith(reserved)) {
                throw new IllegalArgumentException("resource '" + id + "' must not begin with '" + reserved + "'");
            }
        }
        return new Resource(id, LeaseName.of(id));
    }

    /** The resource of this digest. Its lease is the digest's own, which guards what is written. */
    public static Resource of(Digest digest) {
        return new Resource(DIGEST + digest, LeaseName.of(digest));
    }

    /** The lease by which other nodes see it. */
    public LeaseName lease() {
        return lease;
    }

    static void checkSegments(String id) {
        for (String segment : id.split("/", -1)) {
            if (segment.isEmpty() || segment.equals("*")) {
                throw new IllegalArgumentException(
                        "resource '" + id + "' must be segments separated by '/', none of them empty or '*'");
            }
        }
    }

    @Override
    public int compareTo(Resource other) {
        return id.compareTo(other.id);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Resource that && id.equals(that.id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    /** The id. */
    @Override
    public String toString() {
        return id;
    }
}
