package org.linli.hub.command;

import java.nio.file.Path;
import java.util.Map;
import org.linli.hub.records.RecordsPlace;
import org.linli.hub.records.keeping.KeepingException;
import org.linli.hub.records.keeping.Manifest;
import org.linli.hub.records.keeping.Restore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code restore}: puts the records of a backup where there are none, and checks them. */
@Command(name = RestoreCommand.NAME, sortOptions = false)
final class RestoreCommand extends RecordsCommand {

  /** The first argument that selects this command. */
  static final String NAME = "restore";

  @Parameters(paramLabel = "FILE", descriptionKey = "file")
  private Path file = Path.of("");

  RestoreCommand(Words words, Map<String, String> variables) {
    super(words, variables);
  }

  @Override
  int run(RecordsPlace place, ProgressLine line) throws KeepingException {
    Manifest restored = new Restore(place, variables, progress(line)).restore(file);
    line.show("");
    command().getOut().println(words.say("restore.done", place, restored.at()));
    return new VerificationText(words, command().getOut()).check(place, line);
  }
}
