package org.linli.hub.command;

import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.linli.hub.records.RecordsPlace;
import org.linli.hub.records.keeping.KeepingException;
import org.linli.hub.records.keeping.Move;
import org.linli.hub.records.keeping.Move.Moved;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code move}: carries the records of a stopped hub over to PostgreSQL. */
@Command(name = MoveCommand.NAME, sortOptions = false)
final class MoveCommand extends RecordsCommand {

  /** The first argument that selects this command. */
  static final String NAME = "move";

  private static final String URL = "LINLI_DATABASE_URL";

  @Option(names = "--to", paramLabel = "ADDRESS", required = true)
  private String address = "";

  /**
   * @param variables user and password in them are those of the target
   */
  MoveCommand(Words words, Map<String, String> variables) {
    super(words, variables);
  }

  /** Where the records are now, when the variables name the target already. */
  @Override
  RecordsPlace place() {
    Map<String, String> ofSource = new HashMap<>(variables);
    if (address.equals(ofSource.get(URL))) {
      ofSource.remove(URL);
    }
    if (!ofSource.containsKey(URL)) {
      ofSource.remove("LINLI_DATABASE_USER");
      ofSource.remove("LINLI_DATABASE_PASSWORD");
    }
    return RecordsPlace.ofSettings(ofSource);
  }

  @Override
  int run(RecordsPlace from, ProgressLine line) throws KeepingException {
    Map<String, String> ofTarget = new HashMap<>(variables);
    ofTarget.put(URL, address);
    RecordsPlace to = RecordsPlace.ofSettings(ofTarget);
    List<Moved> moved = new Move(from, to, progress(line)).move();
    line.show("");
    PrintWriter out = command().getOut();
    moved.forEach(table -> out.println(words.say("move.table", table.table(), table.rows())));
    out.println(words.say("move.done", to, from.folder()));
    return ExitCode.DONE;
  }
}
