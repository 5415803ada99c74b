package io.blobpath.store.task;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The updates of these tests, as a store would write them. */
enum ShelfUpdate implements Update<Shelf, ShelfUpdate.Request, ShelfUpdate.State, Integer> {
    /** Adds a line at the end of a file. */
    ADD {
        @Override
        public Set<Resource> plan(Request request, State state) {
            return Set.of(Shelf.resource(request.file()));
        }

        @Override
        public Integer apply(Shelf shelf, Request request, State state, Transaction transaction)
                throws IOException, InterruptedException {
            request.probe().reached(transaction);
            state.lines().add(request.text());
            transaction.persist(() -> shelf.write(request.file(), state.lines()), () -> {});
            return state.lines().size();
        }
    },

    /** Gives a file another name, which must be free. Names are kept in one place, which is locked. */
    RENAME {
        @Override
        public Set<Resource> plan(Request request, State state) {
            refuse(!state.files().contains(request.file()), "there is no file " + request.file());
            refuse(state.files().contains(request.text()), "there is a file " + request.text());
            return Set.of(Resource.of("names"), Shelf.resource(request.file()), Shelf.resource(request.text()));
        }

        @Override
        public Integer apply(Shelf shelf, Request request, State state, Transaction transaction)
                throws IOException, InterruptedException {
            request.probe().reached(transaction);
            transaction.persist(() -> shelf.write(request.text(), state.lines()), () -> {});
            transaction.delete(() -> shelf.write(request.file(), List.of()), () -> {});
            return state.lines().size();
        }
    },

    /** Deletes a file, but not one to which another one refers. */
    DROP {
        @Override
        public Set<Resource> plan(Request request, State state) {
            refuse(state.references().contains(request.file()), request.file() + " is still referred to");
            Set<Resource> all =
                    state.files().stream().map(Shelf::resource).collect(Collectors.toCollection(TreeSet::new));
            all.add(Shelf.resource(request.file()));
            return all;
        }

        @Override
        public Integer apply(Shelf shelf, Request request, State state, Transaction transaction)
                throws IOException, InterruptedException {
            request.probe().reached(transaction);
            transaction.delete(() -> shelf.write(request.file(), List.of()), () -> {});
            return 0;
        }
    };

    /** What a caller wants; the probe lets a test look at the body. */
    record Request(String file, String text, Probe probe) {
        Request(String file, String text) {
            this(file, text, transaction -> {});
        }
    }

    interface Probe {
        void reached(Transaction transaction) throws IOException, InterruptedException;
    }

    /** What was read. */
    record State(List<String> lines, Set<String> files, Set<String> references) {}

    @Override
    public State load(Shelf shelf, Request request) throws IOException {
        Set<String> references = new TreeSet<>();
        for (String file : shelf.files()) {
            references.addAll(shelf.read(file));
        }
        return new State(shelf.read(request.file()), shelf.files(), references);
    }

    @Override
    public String describe(Request request) {
        return name() + " " + request.file() + " " + request.text();
    }

    private static void refuse(boolean wrong, String why) {
        if (wrong) {
            throw new IllegalStateException(why);
        }
    }
}
