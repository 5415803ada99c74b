package io.blobpath.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        description = "Prints a script that makes the shell complete commands and options.",
        footer = {
            "  source <(blobpath completion bash)",
            "  blobpath completion zsh >> ~/.zshrc",
        })
final class CompletionCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "SHELL", description = "One of: ${COMPLETION-CANDIDATES}.")
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private Shell shell;

    /** In lower case, because it is what a user types. */
    enum Shell {
        bash,
        zsh
    }

    CompletionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (shell == Shell.zsh) {
            terminal.out().println("autoload -U +X compinit && compinit");
        }
        terminal.out().print(AutoComplete.bash("blobpath", Blobpath.commandLine(terminal)));
        return ExitCode.OK;
    }
}
