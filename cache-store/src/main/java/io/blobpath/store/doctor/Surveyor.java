package io.blobpath.store.doctor;

import io.blobpath.store.Problem;
import io.blobpath.store.ProblemKind;
import io.blobpath.store.ProblemLog;
import io.blobpath.store.StoreLayout;
import io.blobpath.store.StoreListener;
import io.blobpath.store.StorePhase;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.file.FileOperations;
import io.blobpath.store.file.FileState;
import io.blobpath.store.walk.BlobWalker;
import io.blobpath.store.walk.Workers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Walks over a store for its {@link Survey}. */
final class Surveyor {
    private static final JsonMapper JSON = new JsonMapper();

    private final StoreRoot root;
    private final FileOperations files;
    private final StoreListener listener;
    private final Map<Path, FileState> folders = new TreeMap<>();
    private final Map<Path, FileState> own = new TreeMap<>();
    private final List<Problem> indexes = new ArrayList<>();

    Surveyor(StoreRoot root, StoreListener listener) {
        this.root = root;
        this.files = root.files();
        this.listener = listener;
    }

    Survey survey() throws IOException {
        BlobFacts blobs = new BlobFacts();
        ProblemLog problems = new ProblemLog(StoreListener.NONE);
        listener.started(StorePhase.STATS, OptionalLong.empty());
        try (Workers workers = new Workers("doctor", Runtime.getRuntime().availableProcessors())) {
            new BlobWalker<>(root, workers, problems, files::stat, page -> {
                        page.forEach(blobs::add);
                        listener.advanced(StorePhase.STATS, page.size(), 0);
                    })
                    .walk();
        }
        folders(root.path());
        own(root.ownFolder());
        listener.finished(StorePhase.STATS);
        return new Survey(
                files.stat(root.path()),
                folders,
                own,
                blobs,
                problems.problems().named(),
                indexes);
    }

    private void folders(Path folder) {
        for (Path entry : list(folder)) {
            String name = String.valueOf(entry.getFileName());
            if (name.equals(StoreLayout.MARKER)) {
                layout(folder);
            } else if (StoreLayout.mayHoldRepositories(name) && !name.equals(StoreLayout.BLOBS) && isFolder(entry)) {
                folders(entry);
            }
        }
    }

    private void layout(Path folder) {
        isFolder(folder, folders);
        Path blobs = folder.resolve(StoreLayout.BLOBS);
        if (isFolder(blobs, folders)) {
            list(blobs).forEach(each -> isFolder(each, folders));
        }
        Path index = folder.resolve(StoreLayout.INDEX);
        try (InputStream in = Channels.newInputStream(files.read(index))) {
            if (!(JSON.readTree(in) instanceof ObjectNode)) {
                damaged(index, "is no JSON object");
            }
        } catch (NoSuchFileException e) {
            damaged(index, "is not there");
        } catch (IOException | JacksonException e) {
            damaged(index, "cannot be read");
        }
    }

    private void own(Path file) {
        if (isFolder(file, own)) {
            list(file).forEach(this::own);
        }
    }

    private void damaged(Path index, String why) {
        indexes.add(new Problem(root.relative(index), ProblemKind.CORRUPT, why));
    }

    private boolean isFolder(Path entry) {
        return isFolder(entry, new TreeMap<>());
    }

    /** Whether it is a folder; whatever it is, its state is remembered. */
    private boolean isFolder(Path entry, Map<Path, FileState> states) {
        try {
            FileState state = files.stat(entry);
            states.put(entry, state);
            return state.isFolder();
        } catch (IOException e) {
            return false; // What cannot be looked at is among the problems of the walk.
        }
    }

    private List<Path> list(Path folder) {
        List<Path> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = files.list(folder)) {
            entries.forEach(names::add);
        } catch (IOException | DirectoryIteratorException e) {
            return List.of(); // Likewise.
        }
        return names;
    }
}
