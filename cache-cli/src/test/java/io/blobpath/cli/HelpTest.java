package io.blobpath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HelpTest {
    static Set<String> commands() {
        return Blobpath.commandLine(Terminal.plain(System.out, System.err))
                .getSubcommands()
                .keySet();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHasHelpWithExamplesAndExitCodes(String command) {
        Run run = Run.of(command, "--help");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .startsWith("Usage: blobpath " + command)
                .contains("\nExamples:\n  ", "\nExit codes:\n")
                .doesNotContain("\u001b");
        assertThat(run.err()).isEmpty();
    }

    /** A command line that names a command knows no other; one that names none knows all. */
    @ParameterizedTest
    @ValueSource(strings = {"--help", "--version --help", "--config=file --help"})
    void theHelpListsEveryCommand(String line) {
        String help = Run.of((Object[]) line.split(" ")).out();

        assertThat(help)
                .containsSubsequence("\nCommands:", "\n  dedupe ", "\n  index ", "\n  demo ", "\n  completion ");
    }

    /** Making a command known takes time that the start of another one should not pay. */
    @Test
    void aLineThatNamesItsCommandMakesNoOther() {
        Terminal terminal = Terminal.plain(System.out, System.err);

        assertThat(Blobpath.commandLine(terminal, List.of("index", "gc")).getSubcommands())
                .containsOnlyKeys("index");
        assertThat(Blobpath.commandLine(terminal, List.of("--version")).getSubcommands())
                .isEmpty();
    }

    @Test
    void versionComesFromTheBuild() {
        assertThat(Run.of("--version").out()).startsWith("blobpath " + Version.number());
        assertThat(Version.number()).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh"})
    void completionIsAScriptForTheCommand(String shell) {
        Run run = Run.of("completion", shell);

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("complete -F _complete_blobpath", "dedupe", "--apply");
    }

    @Test
    void aScreenHasColorsUnlessNoColorOrDumb() {
        assertThat(terminal(Map.of("TERM", "xterm")).outColors()).isTrue();
        assertThat(terminal(Map.of("TERM", "xterm", "NO_COLOR", "1")).outColors())
                .isFalse();
        assertThat(terminal(Map.of("TERM", "xterm", "NO_COLOR", "1")).animated())
                .isTrue();
        assertThat(terminal(Map.of("TERM", "dumb")).animated()).isFalse();
        assertThat(terminal(Map.of()).outColors()).isFalse();
    }

    private static Terminal terminal(Map<String, String> environment) {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        return Terminal.of(nowhere, nowhere, true, true, environment);
    }
}
