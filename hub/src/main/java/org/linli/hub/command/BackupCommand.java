package org.linli.hub.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.linli.hub.records.RecordsPlace;
import org.linli.hub.records.keeping.Backup;
import org.linli.hub.records.keeping.KeepingException;
import org.linli.hub.records.keeping.Manifest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code backup}: saves the records in one file, also while a hub runs. */
@Command(name = BackupCommand.NAME, sortOptions = false)
final class BackupCommand extends RecordsCommand {

  /** The first argument that selects this command. */
  static final String NAME = "backup";

  private final InstantSource clock;

  @Parameters(paramLabel = "FILE", descriptionKey = "file")
  private Path file = Path.of("");

  BackupCommand(Words words, Map<String, String> variables, InstantSource clock) {
    super(words, variables);
    this.clock = clock;
  }

  @Override
  int run(RecordsPlace place, ProgressLine line) throws KeepingException {
    Manifest made = new Backup(place, variables, clock, progress(line)).write(file);
    line.show("");
    PrintWriter out = command().getOut();
    out.println(words.say("backup.done", place, file, made.members().getFirst().size()));
    if (made.archiveFrom() > 0) {
      out.println(words.say("backup.history", Instant.ofEpochMilli(made.archiveFrom())));
    }
    if (!made.archiveIsWhole()) {
      out.println(words.say("backup.history-older"));
    }
    return ExitCode.DONE;
  }
}
