package org.linli.sims.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.linli.sims.console.CannotRunException;
import org.linli.sims.program.Program;
import org.linli.sims.program.Unpacked;

/** Starts Linli's programs from their jars as their users start them. */
final class Programs {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** Below {@code target}, so that {@code ./mvnw clean} throws it away. */
  private static final Path UNPACKED = Path.of("target", "unpacked").toAbsolutePath();

  private Programs() {}

  /**
   * By {@code ./launch}, with the first compiler only: these programs end before the second one has
   * paid for itself.
   *
   * @param program {@code hub} or {@code edge-agent}
   * @param log takes what the program writes; added to when it is there already
   */
  static Program launch(
      String program, Map<String, String> environment, Path log, String... arguments) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("LINLI_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
    return start(List.of("bash", unpacked().toString(), program), all, log, arguments);
  }

  /**
   * By {@code java -jar}.
   *
   * @param jar below the folder of the whole build, for example {@code hub/target/hub.jar}
   * @param log takes what the program writes; added to when it is there already
   */
  static Program start(String jar, Map<String, String> environment, Path log, String... arguments) {
    return start(
        List.of(
            Unpacked.JAVA.toString(),
            "-XX:TieredStopAtLevel=1",
            "-jar",
            ROOT.resolve(jar).toString()),
        environment,
        log,
        arguments);
  }

  private static Program start(
      List<String> how, Map<String, String> environment, Path log, String... arguments) {
    List<String> command = new ArrayList<>(how);
    command.addAll(List.of(arguments));
    try {
      return Program.start(command, environment, log);
    } catch (CannotRunException e) {
      throw new AssertionError(e.sentence(), e);
    }
  }

  private static synchronized Path unpacked() {
    try {
      return new Unpacked(ROOT, UNPACKED).launch();
    } catch (CannotRunException e) {
      throw new AssertionError(e.sentence(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
