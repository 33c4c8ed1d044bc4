package org.linli.hub.command;

import java.io.PrintStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code communities}: works on community files. */
@Command(name = CommunitiesCommand.NAME, sortOptions = false)
final class CommunitiesCommand {

  /** The first argument that selects this command. */
  static final String NAME = "communities";

  /** Read by picocli only. */
  @SuppressWarnings("UnusedVariable")
  @Option(names = "--help", usageHelp = true)
  private boolean help;

  private CommunitiesCommand() {}

  static CommandLine line(Words words, PrintStream out) {
    return new CommandLine(new CommunitiesCommand())
        .addSubcommand(new CheckCommand(words))
        .addSubcommand(new ExportCommand(words, out));
  }
}
