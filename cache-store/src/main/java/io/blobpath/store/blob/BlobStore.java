package io.blobpath.store.blob;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.Digest;
import io.blobpath.store.BlobSource;
import io.blobpath.store.InvalidContentException;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.file.BlobHashes;
import io.blobpath.store.file.FileOperations;
import io.blobpath.store.stream.StreamCache;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Blobs and manifests of many repositories, as OCI image layouts below one root, each blob stored once.
 *
 * <p>Guaranteed, for any number of threads, processes and hosts that use the same root and the same cache, and whenever one of
 * them is killed or stopped:
 *
 * <ul>
 *   <li>a name has a whole file with the right bytes, or nothing; what was acknowledged is on the disk;
 *   <li>a manifest becomes visible only if every blob that it refers to is in its repository, with the size that it says;
 *   <li>no acknowledged change of a repository's index is lost, and none is written over by a process that was stopped for
 *       longer than its lease;
 *   <li>the cache is a hint. A record that saves an upload is checked on the disk, a wrong one is mended, and an empty cache
 *       costs copies of blobs and no blob.
 * </ul>
 *
 * <p>Each change of a repository is an {@link io.blobpath.store.task.Update}, a task in a queue of the store's own that runs in
 * the thread of its caller, so that there is nothing to close. Those who change one repository go one after the
 * other, here and on all nodes; how long a call waits for that is the patience of {@link BlobStoreOptions#lease}.
 *
 * <p>Not guaranteed: anything while other programs write to the same repositories; and permissions: the caller decides who may
 * read, and from where a blob may be mounted.
 *
 * <p>A failed call leaves at most a file in {@code .blobpath/uploads} and a blob that nothing refers to. Methods throw
 * {@link IOException} if the file system failed, a {@link io.blobpath.store.StoreException} as they say, and a
 * {@link io.blobpath.cache.BlobPathCacheException} if the cache did; after each of them the call can be repeated.
 */
public final class BlobStore {
    private final StoreRoot root;
    private final FileOperations files;
    private final Scratch scratch;
    private final BlobFiles blobs;
    private final Placement placement;
    private final RepositoryUpdates updates;
    private final Pulls pulls;

    private BlobStore(StoreRoot root, BlobPathCache cache, BlobStoreOptions options, StreamCache streams, Clock clock) {
        this.root = root;
        this.files = root.files();
        this.scratch = new Scratch(root);
        this.blobs = new BlobFiles(root, cache, clock);
        this.placement = new Placement(root, cache, scratch, blobs);
        this.updates = new RepositoryUpdates(root, cache, scratch, blobs, options);
        this.pulls = new Pulls(this, placement, scratch, streams, cache.leases(), options);
    }

    /** The store at the root, with the usual options. The cache stays the caller's to close; there is nothing else to close. */
    public static BlobStore open(StoreRoot root, BlobPathCache cache) {
        return open(root, cache, BlobStoreOptions.defaults());
    }

    /** The store at the root. */
    public static BlobStore open(StoreRoot root, BlobPathCache cache, BlobStoreOptions options) {
        return open(root, cache, options, Clock.systemUTC());
    }

    /**
     * The store at the root.
     *
     * @param streams keeps what {@link #fetch} brings while it arrives, so that several clients read along. It stays the
     *     caller's to close. Without a folder, as in the other ways to open a store, one client reads along, and the others of
     *     this node wait until the blob is there
     */
    public static BlobStore open(StoreRoot root, BlobPathCache cache, BlobStoreOptions options, StreamCache streams) {
        return new BlobStore(root, cache, options, streams, Clock.systemUTC());
    }

    static BlobStore open(StoreRoot root, BlobPathCache cache, BlobStoreOptions options, Clock clock) {
        return new BlobStore(root, cache, options, StreamCache.none(), clock);
    }

    /**
     * Stores a blob. If the store has the same bytes elsewhere, and they are read and match, the blob becomes a link to them.
     * Storing what is there is success, and replaces it if it was damaged.
     *
     * @param size the length that the content must have
     * @param content read to its end, or until it is too long; not closed
     * @throws InvalidContentException if the content has another size or digest, or the algorithm cannot be computed; nothing of
     *     it is left
     * @throws io.blobpath.store.UploadExpiredException if nothing came for so long that a collection took away what there was
     */
    public BlobStat publish(RepositoryName repository, Digest digest, long size, InputStream content)
            throws IOException {
        Path received = scratch.receive(digest, size, content);
        RepositoryFolder folder = folder(repository);
        try {
            folder.make(digest, scratch);
        } catch (IOException | RuntimeException e) {
            scratch.discard(received, e);
            throw e;
        }
        placement.place(folder, digest, received);
        return new BlobStat(digest, size);
    }

    /**
     * Opens a blob, and brings it from elsewhere if the store has it not. One node at a time brings it, and its clients read it
     * while it arrives; those of other nodes wait until it is there. A repository gets the bytes that another one has. If the
     * node dies, or a source fails half-way, whoever asks next goes on with the bytes that are there.
     *
     * <p>The stream ends only when the blob is in the repository, with the right bytes and on the disk; if that fails, it ends
     * with an {@link IOException}, whose cause says why, behind the bytes that came. When all clients of all nodes have left,
     * the work ends.
     *
     * <p>The caller has checked that its client may read the blob: who finds it in the store does not ask the source.
     *
     * @return the blob from its first byte to its last; the caller closes it
     * @throws io.blobpath.store.SourceException if the source failed before its first byte, or there was none for too long
     * @throws InvalidContentException the same for another size or digest, or an algorithm that cannot be computed
     */
    public InputStream fetch(RepositoryName repository, Digest digest, BlobSource source) throws IOException {
        scratch.requireHash(digest);
        return pulls.fetch(folder(repository), digest, source);
    }

    /**
     * Gives a repository a blob of another one, without moving bytes. The caller has checked that its client may read there.
     *
     * @return the blob; empty if neither repository has it, so that it must be uploaded
     */
    public Optional<BlobStat> mount(RepositoryName from, RepositoryName to, Digest digest) throws IOException {
        Optional<BlobStat> there = stat(to, digest);
        if (there.isPresent()) {
            return there;
        }
        RepositoryFolder source = folder(from);
        if (!source.holds(digest)) {
            return Optional.empty();
        }
        RepositoryFolder target = folder(to);
        if (blobs.look(source.blob(digest), digest).isPresent()) {
            target.make(digest, scratch);
        }
        return placement.mount(source, target, digest) ? stat(to, digest) : Optional.empty();
    }

    /**
     * Whether the repository has the blob: looked up on the disk, not in the cache. A client may skip an upload because of the
     * answer, so this also makes the blob young for a collection.
     */
    public Optional<BlobStat> stat(RepositoryName repository, Digest digest) throws IOException {
        RepositoryFolder folder = folder(repository);
        if (!folder.holds(digest)) {
            blobs.forget(repository, digest);
            return Optional.empty();
        }
        return blobs.claim(folder, digest).map(state -> new BlobStat(digest, state.size()));
    }

    /** Opens a blob from its first byte to its last. The caller closes the stream; empty if the repository has no such blob. */
    public Optional<InputStream> read(RepositoryName repository, Digest digest) throws IOException {
        return read(repository, digest, 0, Long.MAX_VALUE);
    }

    /**
     * Opens a part of a blob.
     *
     * @param offset the first byte
     * @param length how many bytes at most; fewer if the blob ends before
     * @return the stream, which the caller closes; empty if the repository has no such blob
     * @throws IllegalArgumentException if one of the numbers is negative
     */
    public Optional<InputStream> read(RepositoryName repository, Digest digest, long offset, long length)
            throws IOException {
        if (offset < 0 || length < 0) {
            throw new IllegalArgumentException(
                    "offset was " + offset + " and length " + length + " but neither may be negative");
        }
        RepositoryFolder folder = folder(repository);
        try {
            if (folder.holds(digest) && blobs.look(folder.blob(digest), digest).isPresent()) {
                return Optional.of(new RangeStream(files.read(folder.blob(digest)), offset, length));
            }
        } catch (NoSuchFileException e) {
            // Removed since it was looked at.
        }
        blobs.forget(repository, digest);
        return Optional.empty();
    }

    /**
     * Removes a blob from a repository; other repositories keep it.
     *
     * @return whether it was there
     * @throws io.blobpath.store.BlobInUseException if a manifest of the repository refers to it
     * @throws InvalidContentException if the manifests of the repository cannot be followed, so that nobody can tell
     * @throws io.blobpath.store.StoreBusyException if others have the repository for too long
     */
    public boolean delete(RepositoryName repository, Digest digest) throws IOException {
        RepositoryFolder folder = folder(repository);
        if (!folder.holds(digest)) {
            blobs.forget(repository, digest);
            return false;
        }
        return updates.run(BlobRemoval.REMOVE, new BlobRemoval.Blob(digest), folder);
    }

    /**
     * Stores a manifest or an index and makes it visible, under a tag or under its digest only. A tag moves; the manifest that
     * had it stays readable by its digest, until it is deleted, or until a collection long after the move.
     *
     * @param reference a tag, or the manifest's digest
     * @return the digest, SHA-256 unless the reference is another
     * @throws InvalidContentException if it is no manifest, has not the digest, is longer than 4 MiB, or says another size than
     *     a blob has; nothing is visible
     * @throws io.blobpath.store.BlobUnknownException if a blob that it refers to is not in the repository; nothing is visible
     * @throws io.blobpath.store.StoreBusyException if others have the repository for too long
     */
    public Digest putManifest(RepositoryName repository, ManifestReference reference, byte[] content)
            throws IOException {
        Digest digest = reference.digest().orElseGet(() -> BlobHashes.sha256(content));
        String what = "manifest " + digest;
        if (content.length > Documents.MAX_BYTES) {
            throw new InvalidContentException(
                    what + " has " + content.length + " bytes and at most " + Documents.MAX_BYTES + " are allowed",
                    null);
        }
        ObjectNode manifest = Documents.parse(content, what);
        String mediaType = Documents.mediaType(manifest, what);
        List<Documents.Reference> references = Documents.references(manifest, what);
        publish(repository, digest, content.length, new ByteArrayInputStream(content));
        ImageIndex.Entry entry = new ImageIndex.Entry(digest, content.length, mediaType, reference.tag());
        updates.run(ManifestAddition.ADD, new ManifestAddition.Manifest(entry, references), folder(repository));
        return digest;
    }

    /**
     * The manifest that a tag or digest names; empty if there is none. A manifest whose tag moved to another one is still there
     * under its digest, and so is one that another manifest of the repository lists.
     *
     * @throws InvalidContentException if it is damaged, or not there though something lists it
     */
    public Optional<Manifest> manifest(RepositoryName repository, ManifestReference reference) throws IOException {
        RepositoryFolder folder = folder(repository);
        return folder.exists() ? new ManifestLookup(files, folder).find(reference) : Optional.empty();
    }

    /**
     * Removes a tag, or a manifest with all its tags. Its blobs stay, for a collection to decide.
     *
     * @return whether it was there
     * @throws io.blobpath.store.StoreBusyException if others have the repository for too long
     */
    public boolean deleteManifest(RepositoryName repository, ManifestReference reference) throws IOException {
        RepositoryFolder folder = folder(repository);
        return folder.exists() && updates.run(ManifestRemoval.REMOVE, reference, folder);
    }

    /** The repositories, in the order of their names. Walks over the folders of the store. */
    public List<RepositoryName> repositories() throws IOException {
        return RepositoryTree.names(root);
    }

    /** The tags of a repository, sorted; none if there is no such repository. */
    public List<String> tags(RepositoryName repository) throws IOException {
        RepositoryFolder folder = folder(repository);
        if (!folder.exists()) {
            return List.of();
        }
        return ImageIndex.read(files, folder.index()).entries().stream()
                .map(ImageIndex.Entry::tag)
                .filter(tag -> !tag.isEmpty())
                .distinct()
                .sorted()
                .toList();
    }

    private RepositoryFolder folder(RepositoryName name) {
        return new RepositoryFolder(root, name);
    }
}
