package org.linli.hub.records;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;

/** Makes the records of an earlier version, which went the steps and knew no baseline script. */
public final class EarlierSteps {

  private static final Path STEPS = Path.of("src/main/resources/db/migration");
  private static final Pattern STEP = Pattern.compile("V(\\d+)__.*\\.sql");

  private EarlierSteps() {}

  /**
   * Goes the steps up to a number.
   *
   * @param copies an empty folder
   */
  public static void upTo(int last, String url, Path copies) throws IOException {
    try (Stream<Path> files = Files.list(STEPS)) {
      for (Path file : files.toList()) {
        Matcher name = STEP.matcher(file.getFileName().toString());
        if (name.matches() && Integer.parseInt(name.group(1)) <= last) {
          Files.copy(file, copies.resolve(file.getFileName()));
        }
      }
    }
    Flyway.configure().dataSource(url, "", "").locations("filesystem:" + copies).load().migrate();
  }
}
