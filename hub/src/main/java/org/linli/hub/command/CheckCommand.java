package org.linli.hub.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.linli.hub.organisation.GridHint;
import org.linli.hub.organisation.OrganisationFile;
import org.linli.hub.organisation.OrganisationPlan;
import org.linli.hub.registry.CommunityPlan;
import org.linli.hub.registry.CommunityRegistry;
import org.linli.hub.registry.Grid;
import org.linli.hub.registry.Registry;
import org.linli.hub.registry.change.Difference;
import org.linli.hub.registry.change.Loss;
import org.linli.hub.registry.change.WouldLose;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code communities check}: says what is wrong with community files, and on request how they
 * differ from others. It needs no hub and changes nothing.
 */
@Command(name = "check", sortOptions = false)
final class CheckCommand implements Callable<Integer> {

  private final Words words;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "FILE|FOLDER", descriptionKey = "files")
  private List<Path> files = List.of();

  @Option(names = "--against", paramLabel = "FILE|FOLDER")
  private List<Path> against = List.of();

  /** Read by picocli only. */
  @SuppressWarnings("UnusedVariable")
  @Option(names = "--help", usageHelp = true)
  private boolean help;

  CheckCommand(Words words) {
    this.words = words;
  }

  @Override
  public Integer call() {
    CommandLine command = Objects.requireNonNull(spec).commandLine();
    PrintWriter out = command.getOut();
    Optional<ReadFiles> read = ReadFiles.of(files, words, command.getErr());
    Optional<ReadFiles> before =
        against.isEmpty()
            ? Optional.of(new ReadFiles(List.of(), List.of()))
            : ReadFiles.of(against, words, command.getErr());
    if (read.isEmpty() || before.isEmpty()) {
      return ExitCode.REFUSED;
    }
    List<CommunityPlan> plans = read.get().plans();
    for (int i = 0; i < plans.size(); i++) {
      CommunityPlan plan = plans.get(i);
      out.println(
          words.say(
              "check.community",
              plan.community().id(),
              read.get().names().get(i),
              plan.grids().size(),
              plan.buildings().size(),
              plan.gateways().size(),
              plan.devices().size(),
              plan.people().size(),
              plan.duty().size()));
    }
    Registry registry = new Registry(plans);
    if (!checkOrganisation(registry, out, command.getErr())) {
      return ExitCode.REFUSED;
    }
    printHints(registry, out);
    return against.isEmpty() ? ExitCode.DONE : compare(out, before.get().plans(), plans);
  }

  private boolean checkOrganisation(Registry registry, PrintWriter out, PrintWriter err) {
    Optional<Path> file = OrganisationFile.among(files);
    return file.isEmpty()
        || switch (OrganisationFile.read(file.get(), registry)) {
          case OrganisationFile.Read(OrganisationPlan plan) -> {
            out.println(
                words.say(
                    "check.organisation",
                    file.get(),
                    plan.cities().size(),
                    plan.subDistricts().size(),
                    plan.departments().size(),
                    plan.firms().size()));
            yield true;
          }
          case OrganisationFile.Refused(List<String> problems) -> {
            problems.forEach(err::println);
            err.println(words.say("files.refused"));
            yield false;
          }
        };
  }

  private void printHints(Registry registry, PrintWriter out) {
    for (CommunityRegistry community : registry.communities()) {
      for (Grid grid : community.grids()) {
        GridHint.of(community, grid)
            .forEach(
                hint ->
                    out.println(
                        words.say(
                            "check.hint",
                            community.id(),
                            grid.id(),
                            words.areChinese() ? hint.zh() : hint.en())));
      }
    }
  }

  private int compare(PrintWriter out, List<CommunityPlan> before, List<CommunityPlan> after) {
    Difference difference = Difference.between(before, after);
    List<Loss> losses = WouldLose.all(WouldLose.byPlans(), difference);
    new DifferenceText(words, out).print(difference, losses);
    return losses.isEmpty() ? ExitCode.DONE : ExitCode.WOULD_LOSE;
  }
}
