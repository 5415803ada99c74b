package io.blobpath.store.file;

import java.nio.file.attribute.FileTime;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What {@code lstat} told about a file at one moment.
 *
 * @param key which file
 * @param mode its type and permissions, as {@code st_mode} has them
 * @param size its length
 * @param links how many hard links it has
 * @param user the owner's number
 * @param group the group's number
 * @param modified when its content was last changed
 * @param changed when its content or its attributes, links among them, were last changed
 */
public record FileState(
        FileKey key, int mode, long size, int links, int user, int group, FileTime modified, FileTime changed)
        implements FileSight {
    /** The attributes that {@link #of} needs, for {@code Files.readAttributes}. */
    static final String ATTRIBUTES = "unix:dev,ino,mode,size,nlink,uid,gid,lastModifiedTime,ctime";

    private static final int TYPE = 0170000;
    private static final int REGULAR = 0100000;
    private static final int FOLDER = 0040000;
    private static final int LINK = 0120000;
    private static final int SPECIAL = 07000;
    private static final int PERMISSIONS = 0777;
    private static final int READ = 0444;

    static FileState of(Map<String, Object> unix) {
        return new FileState(
                new FileKey(value(unix, "dev", Long.class), value(unix, "ino", Long.class)),
                value(unix, "mode", Integer.class),
                value(unix, "size", Long.class),
                value(unix, "nlink", Integer.class),
                value(unix, "uid", Integer.class),
                value(unix, "gid", Integer.class),
                value(unix, "lastModifiedTime", FileTime.class),
                value(unix, "ctime", FileTime.class));
    }

    /** The file system it is on. */
    public long device() {
        return key.device();
    }

    @Override
    public boolean isRegular() {
        return (mode & TYPE) == REGULAR;
    }

    @Override
    public boolean isFolder() {
        return (mode & TYPE) == FOLDER;
    }

    @Override
    public boolean isSymbolicLink() {
        return (mode & TYPE) == LINK;
    }

    /** Whether it has the set-user, set-group or sticky bit. */
    public boolean isSpecial() {
        return (mode & SPECIAL) != 0;
    }

    /** The permissions alone. */
    public int permissions() {
        return mode & PERMISSIONS;
    }

    /** The permissions as {@code chmod} takes them, such as {@code 644}. */
    public String octalPermissions() {
        return String.format(Locale.ROOT, "%03o", permissions());
    }

    /**
     * The permissions for a file that stands for this one and the other. Whoever may read one of them may read it, so that no
     * reader is locked out; to write or execute it takes the permission of both.
     */
    public int sharedPermissions(FileState other) {
        return ((permissions() | other.permissions()) & READ) | (permissions() & other.permissions());
    }

    /** Whether it is the same file with the same content, as far as attributes tell; links may have come or gone. */
    public boolean hasContentOf(FileState other) {
        return key.equals(other.key) && size == other.size && modified.equals(other.modified);
    }

    /** Whether nothing at all happened to the file. */
    public boolean isUnchangedSince(FileState other) {
        return hasContentOf(other) && mode == other.mode && changed.equals(other.changed);
    }

    private static <T> T value(Map<String, Object> unix, String name, Class<T> type) {
        return type.cast(Objects.requireNonNull(unix.get(name), name));
    }
}
