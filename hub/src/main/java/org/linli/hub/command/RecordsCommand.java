package org.linli.hub.command;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.linli.hub.records.RecordsPlace;
import org.linli.hub.records.RecordsUnavailableException;
import org.linli.hub.records.keeping.KeepingException;
import org.linli.hub.records.keeping.Progress;
import org.linli.program.folder.DataFolderRefusedException;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * A command on the records that the settings name. It shows how far it is, and says in sentences
 * why it cannot be done.
 */
abstract class RecordsCommand implements Callable<Integer> {

  private static final long MEGABYTE = 1_000_000;
  private static final long PERCENT = 100;

  final Words words;
  final Map<String, String> variables;

  @Spec private @Nullable CommandSpec spec;

  /** Read by picocli only. */
  @SuppressWarnings("UnusedVariable")
  @Option(names = "--help", usageHelp = true)
  private boolean help;

  RecordsCommand(Words words, Map<String, String> variables) {
    this.words = words;
    this.variables = Map.copyOf(variables);
  }

  /** Returns the records that it works on. */
  RecordsPlace place() {
    return RecordsPlace.ofSettings(variables);
  }

  /** Does it, and returns the exit code. */
  abstract int run(RecordsPlace place, ProgressLine line) throws KeepingException;

  @Override
  public final Integer call() {
    try (ProgressLine line = new ProgressLine(command().getErr())) {
      return run(place(), line);
    } catch (KeepingException e) {
      return refused(words.say("refused." + e.reason(), e.arguments()), "");
    } catch (RecordsUnavailableException e) {
      return refused(String.valueOf(e.getMessage()), e.action());
    } catch (DataFolderRefusedException e) {
      return refused(String.valueOf(e.getMessage()), e.action());
    }
  }

  private int refused(String what, String action) {
    command().getErr().println(what);
    if (!action.isEmpty()) {
      command().getErr().println(action);
    }
    return ExitCode.REFUSED;
  }

  /** Returns what shows the progress of a copy in a line. */
  final Progress progress(ProgressLine line) {
    return (what, done, all) ->
        line.show(
            all > 0
                ? words.say("progress", what, done * PERCENT / all)
                : words.say("progress.unknown", what, done / MEGABYTE));
  }

  final CommandLine command() {
    return Objects.requireNonNull(spec).commandLine();
  }
}
