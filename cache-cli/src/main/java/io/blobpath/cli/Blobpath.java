package io.blobpath.cli;

import io.blobpath.cache.Digest;
import io.blobpath.store.blob.RepositoryName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command without a subcommand. */
@Command(
        name = "blobpath",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        sortOptions = false,
        abbreviateSynopsis = true,
        usageHelpAutoWidth = true,
        optionListHeading = "%nOptions:%n",
        parameterListHeading = "%nParameters:%n",
        commandListHeading = "%nCommands:%n",
        descriptionHeading = "%n",
        footerHeading = "%nExamples:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:done, and problems were found; they are in the report",
            "2:the command line or the config is wrong; nothing was done",
            "3:the machine or the backend refused; the message says what",
            "130:stopped by Ctrl-C; every file is whole, the next run goes on",
            "141:whoever read the output went away, as 'head' does; the work was done"
        })
final class Blobpath implements Runnable {
    private static final Set<List<String>> VERSION = Set.of(List.of("--version"), List.of("-V"));

    /** In the order of the help. */
    private static final List<String> COMMANDS = List.of(
            "dedupe",
            "index",
            "gc",
            "verify",
            "rebuild",
            "migrate",
            "export",
            "import",
            "inspect",
            "stats",
            "doctor",
            "leases",
            "tasks",
            "drivers",
            "demo",
            "completion");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private CommandSpec spec;

    /** The whole command, with all its subcommands. */
    static CommandLine commandLine(Terminal terminal) {
        return commandLine(terminal, name -> true);
    }

    /**
     * The command with those subcommands that this command line needs. To tell picocli of all of them takes a tenth of a
     * second, as long as Java needs to start.
     */
    static CommandLine commandLine(Terminal terminal, List<String> arguments) {
        String first = arguments.isEmpty() ? "" : arguments.get(0);
        boolean all = !COMMANDS.contains(first) && !VERSION.contains(arguments);
        return commandLine(terminal, name -> all || name.equals(first));
    }

    private static CommandLine commandLine(Terminal terminal, Predicate<String> needed) {
        CommandLine line = new CommandLine(new Blobpath());
        line.getCommandSpec()
                .usageMessage()
                .description("Finds, shares, collects and inspects the blobs of a tree of OCI image layouts.")
                .footer("  blobpath demo", "  blobpath dedupe /srv/registry --apply");
        line.getCommandSpec()
                .addOption(OptionSpec.builder(CacheOptions.CONFIG)
                        .paramLabel("FILE")
                        .type(Path.class)
                        .description("Use the cache of this config; the same as after the command.")
                        .build());
        COMMANDS.stream().filter(needed).forEach(name -> line.addSubcommand(name, command(name, terminal)));
        line.registerConverter(Digest.class, Digest::parse);
        line.registerConverter(RepositoryName.class, RepositoryName::new);
        line.registerConverter(Duration.class, DurationText::parse);
        line.getSubcommands().values().forEach(Blobpath::addStacktrace);
        line.setExecutionStrategy(Blobpath::execute);
        return line;
    }

    /** A switch and not a map: only the class of the command that is asked for is loaded. */
    private static Object command(String name, Terminal terminal) {
        return switch (name) {
            case "dedupe" -> new DedupeCommand(terminal);
            case "index" -> new IndexCommand(terminal);
            case "gc" -> new GcCommand(terminal);
            case "verify" -> new VerifyCommand(terminal);
            case "rebuild" -> new RebuildCommand(terminal);
            case "migrate" -> new MigrateCommand(terminal);
            case "export" -> new ExportCommand(terminal);
            case "import" -> new ImportCommand(terminal);
            case "inspect" -> new InspectCommand(terminal);
            case "stats" -> new StatsCommand(terminal);
            case "doctor" -> new DoctorCommand(terminal);
            case "leases" -> LeasesCommand.commandLine(terminal);
            case "tasks" -> new TasksCommand(terminal);
            case "drivers" -> new DriversCommand(terminal);
            case "demo" -> DemoCommand.commandLine(terminal);
            case "completion" -> new CompletionCommand(terminal);
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** Hands a config that was named before the command down to it. */
    private static int execute(ParseResult line) {
        ParseResult command = line;
        while (command.hasSubcommand()) {
            command = command.subcommand();
        }
        Path config = line.matchedOptionValue(CacheOptions.CONFIG, null);
        if (config != null && !command.hasMatchedOption(CacheOptions.CONFIG)) {
            CommandSpec spec = command.commandSpec();
            OptionSpec option = spec.findOption(CacheOptions.CONFIG);
            if (option == null) {
                throw new ParameterException(
                        spec.commandLine(),
                        "'" + spec.qualifiedName() + "' uses no cache; leave " + CacheOptions.CONFIG + " out");
            }
            option.setValue(config);
        }
        return new RunLast().execute(line);
    }

    /** {@link Failures} looks for it by itself; here it is only made known. */
    private static void addStacktrace(CommandLine command) {
        command.getCommandSpec()
                .addOption(OptionSpec.builder(Failures.STACKTRACE)
                        .description("Print the stack trace of a failure.")
                        .build());
        command.getSubcommands().values().forEach(Blobpath::addStacktrace);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
