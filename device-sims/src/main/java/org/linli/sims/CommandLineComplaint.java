package org.linli.sims;

import java.util.Collection;
import org.linli.sims.console.Meant;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Describes what is wrong with a command line, in the style of the program's other messages. */
final class CommandLineComplaint {

  private static final String OPTION = "-";

  private CommandLineComplaint() {}

  static String of(ParameterException wrong) {
    if (wrong instanceof UnmatchedArgumentException unmatched
        && !unmatched.getUnmatched().isEmpty()) {
      return unknown(unmatched.getUnmatched().getFirst(), wrong.getCommandLine().getCommandSpec());
    }
    ArgSpec concerned = wrong.getArgSpec();
    return concerned instanceof OptionSpec option
            && wrong.getCause() instanceof TypeConversionException unreadable
        ? "%s: %s.".formatted(option.longestName(), unreadable.getMessage())
        : wrong.getMessage() + ".";
  }

  private static String unknown(String argument, CommandSpec command) {
    if (argument.startsWith(OPTION)) {
      String name = argument.split("=", 2)[0];
      return unknown("option", name, command.optionsMap().keySet());
    }
    return command.subcommands().isEmpty()
        ? "\"%s\" is no option.".formatted(argument)
        : unknown("command", argument, command.subcommands().keySet());
  }

  private static String unknown(String sort, String name, Collection<String> known) {
    return "There is no %s \"%s\".%s".formatted(sort, name, Meant.hint(name, known));
  }
}
