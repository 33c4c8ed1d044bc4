package org.linli.hub.command;

import java.io.PrintWriter;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.linli.hub.records.RecordsPlace;
import org.linli.hub.records.keeping.Fault;
import org.linli.hub.records.keeping.Verification;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code verify}: says what is wrong with the records, also while a hub runs. */
@Command(name = VerifyCommand.NAME, sortOptions = false)
final class VerifyCommand implements Callable<Integer> {

  /** The first argument that selects this command. */
  static final String NAME = "verify";

  private final Words words;
  private final Map<String, String> variables;

  @Spec private @Nullable CommandSpec spec;

  /** Read by picocli only. */
  @SuppressWarnings("UnusedVariable")
  @Option(names = "--help", usageHelp = true)
  private boolean help;

  VerifyCommand(Words words, Map<String, String> variables) {
    this.words = words;
    this.variables = Map.copyOf(variables);
  }

  @Override
  public Integer call() {
    CommandLine command = Objects.requireNonNull(spec).commandLine();
    RecordsPlace place = RecordsPlace.ofSettings(variables);
    Verification found;
    try (ProgressLine progress = new ProgressLine(command.getErr())) {
      found =
          Verification.of(place, (done, all) -> progress.show(words.say("verify.step", done, all)));
    }
    return print(command.getOut(), place, found);
  }

  private int print(PrintWriter out, RecordsPlace place, Verification found) {
    if (found.isWhole()) {
      out.println(words.say("verify.whole", place));
      return ExitCode.DONE;
    }
    out.println(words.say("verify.faults", place, found.faults().size() + found.others()));
    for (Fault fault : found.faults()) {
      out.println(
          "  %s %s: %s".formatted(fault.table(), fault.key(), words.say("fault." + fault.kind())));
    }
    if (found.others() > 0) {
      out.println("  " + words.say("difference.more", found.others()));
    }
    out.println(words.say("verify.action"));
    return ExitCode.REFUSED;
  }
}
