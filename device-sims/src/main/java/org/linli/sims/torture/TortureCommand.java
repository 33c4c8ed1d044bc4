package org.linli.sims.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.Callable;
import org.linli.sims.console.CannotRunException;
import org.linli.sims.console.Console;
import org.linli.sims.console.ExitCode;
import org.linli.sims.program.Folders;
import org.linli.sims.program.Unpacked;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code device-sims torture}. */
@Command(
    name = "torture",
    description = {
      "Starts a hub and an agent of its own, on free ports and in a folder of its own, lets devices"
          + " report over MQTT, CoAP and HTTP, and does to programs, networks and batches what can"
          + " happen to them, by a seeded plan. Then it lets things settle, reads every event back"
          + " from the hub and says what was lost, doubled, unexpected and recovered, and whether"
          + " the ledgers balance.",
      "",
      "Run it in the folder of the whole build, after ./mvnw -Pquick -DskipTests package."
          + " docs/reliability.md describes every fault and the verdict."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  device-sims torture --seed 1 --brisk --kills 30",
      "  device-sims torture --seed 1 --each 10 --kills 300 --timeline long-run.txt",
      "  device-sims torture --soak 30m",
      "  device-sims torture --seed 1 --plan"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Nothing is lost, doubled, unexpected or out of order, and the ledgers balance.",
      "1:Something is; examples say what. In a soak: or something grows.",
      "2:The command line cannot be used, or the programs were not built.",
      "3:A program does not come up any more."
    })
public final class TortureCommand implements Callable<Integer> {

  @Mixin private TortureOptions options = new TortureOptions();

  private final Console console;
  private final InstantSource clock;

  public TortureCommand(Console console, InstantSource clock) {
    this.console = console;
    this.clock = clock;
  }

  @Override
  public Integer call() throws CannotRunException, InterruptedException {
    options.requireUsable();
    Path jar = options.root().resolve(Path.of("fault-points", "target", "fault-points.jar"));
    boolean testBuild = Files.exists(jar);
    if (!testBuild && !options.sabotages().isEmpty()) {
      throw CannotRunException.unusable(
          "There is no %s, which --sabotage needs: run ./mvnw package.".formatted(jar));
    }
    long seed = options.seed(clock.millis() % 1_000_000);
    Set<Fault> faults = options.faults(testBuild);
    if (options.planOnly()) {
      options
          .plan(seed, faults)
          .steps()
          .forEach(step -> console.say("%s: %s".formatted(step, step.fault().sentence())));
      return ExitCode.HOLDS;
    }
    if (!testBuild) {
      console.complain(
          "Without %s no program dies at an instrumented point, no clock jumps, and what a soak says of memory includes garbage."
              .formatted(jar));
    }
    Path folder = folder();
    Path launch = new Unpacked(options.root(), unpacked()).launch();
    TestBuild build = new TestBuild(jar, folder, options.always());
    int exitCode;
    try (Timeline timeline = timeline(folder)) {
      exitCode =
          new Torture(options, seed, faults, folder, launch, build, console, timeline, clock).run();
    }
    conclude(folder, exitCode);
    return exitCode;
  }

  private Timeline timeline(Path folder) throws CannotRunException {
    Path file = options.timeline();
    return Timeline.in(file == null ? folder.resolve("timeline.txt") : file, console, clock);
  }

  private Path unpacked() {
    return options.root().resolve(Path.of("device-sims", "target", "unpacked"));
  }

  private Path folder() throws CannotRunException {
    try {
      Path keep = options.keep();
      return keep == null
          ? Files.createTempDirectory("linli-torture-").toAbsolutePath()
          : Files.createDirectories(keep).toAbsolutePath();
    } catch (IOException e) {
      throw CannotRunException.unusable(
          "No folder can be made for the run: %s.".formatted(e.getMessage()));
    }
  }

  private void conclude(Path folder, int exitCode) throws CannotRunException {
    if (options.keep() != null || exitCode != ExitCode.HOLDS) {
      console.say("Data, logs, records and timeline are in " + folder + ".");
      return;
    }
    try {
      Folders.delete(folder);
    } catch (IOException e) {
      throw CannotRunException.unusable(
          "%s cannot be removed: %s.".formatted(folder, e.getMessage()));
    }
  }
}
