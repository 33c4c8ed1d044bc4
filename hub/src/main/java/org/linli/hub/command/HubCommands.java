package org.linli.hub.command;

import java.io.PrintStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.linli.program.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Runs a command instead of the hub. A new command is a class beside this one, added here. */
public final class HubCommands {

  /** The first arguments that select a command. */
  public static final List<String> NAMES =
      List.of(
          CommunitiesCommand.NAME,
          VerifyCommand.NAME,
          BackupCommand.NAME,
          RestoreCommand.NAME,
          MoveCommand.NAME);

  private HubCommands() {}

  /** What all commands are below: their names begin with it in what {@code --help} prints. */
  @Command(name = "hub.jar")
  private static final class Program {}

  /**
   * Runs the command that the first argument names.
   *
   * @param environment the variables of the process, for the language and the settings
   * @return the exit code, see {@link ExitCode}
   */
  public static int run(
      InstantSource clock,
      PrintStream out,
      PrintStream err,
      Map<String, String> environment,
      String... arguments) {
    Terminal terminal = Terminal.of(out, environment);
    Words words = Words.in(terminal.language());
    CommandLine program =
        new CommandLine(new Program())
            .addSubcommand(CommunitiesCommand.line(words, out))
            .addSubcommand(new VerifyCommand(words, environment))
            .addSubcommand(new BackupCommand(words, environment, clock))
            .addSubcommand(new RestoreCommand(words, environment))
            .addSubcommand(new MoveCommand(words, environment));
    speak(program, words);
    return program.setOut(terminal.writer(out)).setErr(terminal.writer(err)).execute(arguments);
  }

  private static void speak(CommandLine command, Words words) {
    command.setResourceBundle(words.bundle());
    command.getSubcommands().values().forEach(below -> speak(below, words));
  }
}
