package io.blobpath.store.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was read before the lock cannot be used inside it: the programs that try do not compile. Each is the same handler with
 * one wrong line, and the handler without it compiles.
 */
final class FreshStateTest {
    private static final String HANDLER = """
            package example;

            import io.blobpath.store.task.*;
            import java.util.*;

            final class Handler {
                record Tag(String repository, String name) {}

                static final class Index {
                    final List<String> tags = new ArrayList<>();
                    String id = "id";
                }

                enum Tagging implements Update<Map<String, Index>, Tag, Index, Integer> {
                    TAG;

                    @Override public Index load(Map<String, Index> store, Tag tag) { return store.get(tag.repository()); }

                    @Override public Set<Resource> plan(Tag tag, Index planned) {
                        return Set.of(Resource.of("repo/" + planned.id));
                    }

                    @Override public Integer apply(Map<String, Index> store, Tag tag, Index index, Transaction transaction) {
                        BODY;
                        return index.tags.size();
                    }

                    @Override public String describe(Tag tag) { return "tag " + tag.name(); }
                }

                int handle(Updates<Map<String, Index>> updates, Map<String, Index> store, Tag tag) throws Exception {
                    Index stale = store.get(tag.repository());
                    CALL;
                }

                MEMBER
            }
            """;
    private static final String BODY = "index.tags.add(tag.name())";
    private static final String CALL = "return updates.run(Tagging.TAG, tag, TaskOptions.DEFAULT)";
    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    // One for all programs: it reads the class path once.
    private static final StandardJavaFileManager FILES = COMPILER.getStandardFileManager(null, null, null);

    @TempDir
    Path folder;

    @AfterAll
    static void closeTheFiles() throws IOException {
        FILES.close();
    }

    @Test
    void theRightProgramCompiles() {
        assertThat(errors(BODY, CALL, "")).isEmpty();
    }

    @Test
    void theBodyHasNoNameForWhatTheHandlerRead() {
        assertThat(errors("Index used = stale", CALL, ""))
                .singleElement()
                .asString()
                .contains("cannot find symbol")
                .contains("variable stale");
    }

    @Test
    void theBodyHasNoNameForWhatThePlanSaw() {
        assertThat(errors("Index used = planned", CALL, ""))
                .singleElement()
                .asString()
                .contains("cannot find symbol")
                .contains("variable planned");
    }

    @Test
    void anUpdateThatWasDeclaredWhereTheStaleStateIsCannotCaptureIt() {
        String local = "enum Local { IT; int size() { return stale.tags.size(); } } " + CALL;

        assertThat(errors(BODY, local, ""))
                .singleElement()
                .asString()
                .contains("non-static variable stale cannot be referenced from a static context");
    }

    @Test
    void aLambdaIsNoUpdate() {
        String lambda = "return updates.run((store2, values, state, transaction) -> stale.tags.size(), tag,"
                + " TaskOptions.DEFAULT)";

        assertThat(errors(BODY, lambda, "")).isNotEmpty();
    }

    @Test
    void anObjectThatWasMadeForThisCallIsNoUpdate() {
        String type = """
                record Carrier(Index stale) implements Update<Map<String, Index>, Tag, Index, Integer> {
                    @Override public Index load(Map<String, Index> store, Tag tag) { return stale; }
                    @Override public Set<Resource> plan(Tag tag, Index planned) { return Set.of(); }
                    @Override public Integer apply(Map<String, Index> store, Tag tag, Index index, Transaction transaction) {
                        return stale.tags.size();
                    }
                    @Override public String describe(Tag tag) { return "tag"; }
                }
                """;

        assertThat(errors(BODY, "return updates.run(new Carrier(stale), tag, TaskOptions.DEFAULT)", type))
                .singleElement()
                .asString()
                .contains("Carrier")
                .contains("Enum");
    }

    @Test
    void theStaleStateDoesNotPassForTheValues() {
        assertThat(errors(BODY, "return updates.run(Tagging.TAG, stale, TaskOptions.DEFAULT)", ""))
                .singleElement()
                .asString()
                .contains("Index");
    }

    @Test
    void onlyRecordsPassAsValues() {
        String update = "enum Loose implements Update<Map<String, Index>, Index, Index, Integer> { IT;"
                + " @Override public Index load(Map<String, Index> store, Index stale) { return stale; }"
                + " @Override public Set<Resource> plan(Index stale, Index planned) { return Set.of(); }"
                + " @Override public Integer apply(Map<String, Index> s, Index stale, Index i, Transaction t) { return 0; }"
                + " @Override public String describe(Index stale) { return \"loose\"; } }";

        assertThat(errors(BODY, CALL, update)).anyMatch(error -> error.contains("not within bounds"));
    }

    @Test
    void nobodyMakesATransaction() {
        assertThat(errors(BODY, CALL, "Transaction transaction = new Transaction(null, null);"))
                .singleElement()
                .asString()
                .contains("not public");
    }

    private List<String> errors(String body, String call, String member) {
        String source = HANDLER.replace("BODY", body).replace("CALL", call).replace("MEMBER", member);
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        List<String> options =
                List.of("-proc:none", "-d", folder.toString(), "-cp", System.getProperty("java.class.path"));
        JavaCompiler.CompilationTask task =
                COMPILER.getTask(null, FILES, found, options, null, List.of(new Source(source)));
        boolean compiled = task.call();
        List<String> errors = found.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(diagnostic -> diagnostic.getMessage(Locale.ROOT))
                .toList();
        assertThat(compiled).isEqualTo(errors.isEmpty());
        return errors;
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String text) {
            super(URI.create("string:///example/Handler.java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
