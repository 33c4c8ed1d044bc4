package org.linli.sims.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.linli.sims.console.CannotRunException;
import org.linli.sims.console.Console;
import org.linli.sims.console.ExitCode;
import org.linli.sims.program.Folders;
import org.linli.sims.program.Unpacked;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code device-sims hostile}. */
@Command(
    name = "hostile",
    description = {
      "Starts a hub and a gateway of its own, on free ports of 127.0.0.1 and in a folder of its"
          + " own, and does to them what attackers can do that reach their doors, one bounded"
          + " attack after another. Beside it a device that means well reports over MQTT, 50 events"
          + " a second: how long its acknowledgements take, without an attack and during each,"
          + " whether anything of it is lost or doubled, and what both programs hold, is the"
          + " verdict.",
      "",
      "Run it in the folder of the whole build, after ./mvnw -Pquick -DskipTests package."
          + " docs/reliability.md has the attacks and the limits."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  device-sims hostile",
      "  device-sims hostile --only vanishing-wills,slow-forms --each 20",
      "  device-sims hostile --for 1h",
      "  device-sims hostile --list"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Every limit held, and nothing of the device was lost or doubled.",
      "1:Something did not hold; sentences say what, under which attack.",
      "2:The command line cannot be used, or the programs were not built.",
      "3:A program does not come up any more."
    })
public final class HostileCommand implements Callable<Integer> {

  @Mixin private HostileOptions options = new HostileOptions();

  private final Console console;
  private final InstantSource clock;

  public HostileCommand(Console console, InstantSource clock) {
    this.console = console;
    this.clock = clock;
  }

  @Override
  public Integer call() throws CannotRunException, InterruptedException {
    options.requireUsable();
    if (options.listOnly()) {
      for (Attack attack : options.attacks()) {
        console.say("%-24s %-13s %s".formatted(attack, attack.port(), attack.sentence()));
      }
      return ExitCode.HOLDS;
    }
    if (!Heap.canBeMeasured()) {
      console.complain("This Java has no jcmd, so the heap is not judged: run with that of a JDK.");
    }
    Path folder = folder();
    Path launch =
        new Unpacked(
                options.root(),
                options.root().resolve(Path.of("device-sims", "target", "unpacked")))
            .launch();
    int exitCode = new Hostile(options, folder, launch, console, clock).run();
    conclude(folder, exitCode);
    return exitCode;
  }

  private Path folder() throws CannotRunException {
    try {
      Path keep = options.keep();
      return keep == null
          ? Files.createTempDirectory("linli-hostile-").toAbsolutePath()
          : Files.createDirectories(keep).toAbsolutePath();
    } catch (IOException e) {
      throw CannotRunException.unusable(
          "No folder can be made for the run: %s.".formatted(e.getMessage()));
    }
  }

  private void conclude(Path folder, int exitCode) throws CannotRunException {
    if (options.keep() != null || exitCode != ExitCode.HOLDS) {
      console.say("Data, logs and records are in " + folder + ".");
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
