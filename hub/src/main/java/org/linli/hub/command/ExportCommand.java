package org.linli.hub.command;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linli.hub.registry.CommunityPlan;
import org.linli.hub.registry.file.CommunityYaml;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code communities export}: prints a community file in its canonical form. */
@Command(name = "export", sortOptions = false)
final class ExportCommand implements Callable<Integer> {

  private final Words words;
  private final PrintStream printed;

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--from", paramLabel = "FILE|FOLDER", required = true)
  private List<Path> from = List.of();

  @Parameters(arity = "0..1", paramLabel = "ID", descriptionKey = "community")
  private @Nullable String community;

  /** Read by picocli only. */
  @SuppressWarnings("UnusedVariable")
  @Option(names = "--help", usageHelp = true)
  private boolean help;

  /**
   * @param printed receives the file: UTF-8, whatever the terminal shows
   */
  ExportCommand(Words words, PrintStream printed) {
    this.words = words;
    this.printed = printed;
  }

  @Override
  public Integer call() {
    CommandLine command = Objects.requireNonNull(spec).commandLine();
    PrintWriter err = command.getErr();
    Optional<ReadFiles> read = ReadFiles.of(from, words, err);
    if (read.isEmpty()) {
      return ExitCode.REFUSED;
    }
    List<CommunityPlan> asked =
        read.get().plans().stream()
            .filter(plan -> community == null || plan.community().id().value().equals(community))
            .toList();
    if (asked.size() != 1) {
      String all =
          read.get().plans().stream()
              .map(plan -> plan.community().id().value())
              .collect(Collectors.joining(", "));
      err.println(
          community == null
              ? words.say("export.which", all)
              : words.say("export.none", community, all));
      return ExitCode.MISUSED;
    }
    byte[] file = CommunityYaml.written(asked.getFirst()).getBytes(StandardCharsets.UTF_8);
    printed.write(file, 0, file.length);
    printed.flush();
    if (printed.checkError()) {
      err.println(words.say("export.unwritten"));
      return ExitCode.REFUSED;
    }
    return ExitCode.DONE;
  }
}
