package org.linli.hub.command;

import java.util.Map;
import org.linli.hub.records.RecordsPlace;
import picocli.CommandLine.Command;

/** {@code verify}: says what is wrong with the records, also while a hub runs. */
@Command(name = VerifyCommand.NAME, sortOptions = false)
final class VerifyCommand extends RecordsCommand {

  /** The first argument that selects this command. */
  static final String NAME = "verify";

  VerifyCommand(Words words, Map<String, String> variables) {
    super(words, variables);
  }

  @Override
  int run(RecordsPlace place, ProgressLine line) {
    return new VerificationText(words, command().getOut()).check(place, line);
  }
}
