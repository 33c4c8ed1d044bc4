package org.linli.sims.hostile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A program's heap in use after a collection, read with the JDK's {@code jcmd}. */
final class Heap {

  private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");

  /** One command on each line. */
  private static final String COMMANDS = "GC.run\nGC.heap_info";

  private static final long PATIENCE_SECONDS = 20;
  private static final double MEGABYTE = 1_024;

  /** One line for each part of the heap; other memory is not counted. */
  private static final Pattern USED =
      Pattern.compile("^\\s*+(?!Metaspace|class space).*?used (\\d+)K", Pattern.MULTILINE);

  private Heap() {}

  /** Whether this Java has {@code jcmd}. */
  static boolean canBeMeasured() {
    return Files.isExecutable(JCMD);
  }

  /** In MB; empty when it cannot be read. */
  static OptionalDouble afterCollection(long pid) {
    return canBeMeasured() ? parse(ask(pid)) : OptionalDouble.empty();
  }

  /** Parses the output of {@code GC.heap_info}. */
  static OptionalDouble parse(String said) {
    Matcher used = USED.matcher(said);
    double kilobytes = 0;
    boolean any = false;
    while (used.find()) {
      kilobytes += Double.parseDouble(used.group(1));
      any = true;
    }
    return any ? OptionalDouble.of(kilobytes / MEGABYTE) : OptionalDouble.empty();
  }

  /** Empty when there is no answer. */
  private static String ask(long pid) {
    try {
      Process process =
          new ProcessBuilder(
                  JCMD.toString(),
                  "-J-XX:TieredStopAtLevel=1",
                  "-J-XX:+UseSerialGC",
                  Long.toString(pid),
                  COMMANDS)
              .redirectErrorStream(true)
              .start();
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return "";
      }
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.exitValue() == 0 ? said : "";
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
