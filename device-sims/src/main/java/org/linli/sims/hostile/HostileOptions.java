package org.linli.sims.hostile;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linli.sims.console.CannotRunException;
import org.linli.sims.console.Meant;
import picocli.CommandLine.Option;

/** Which attacks, for how long, and how much a device may notice them. */
final class HostileOptions {

  private static final long MEGABYTE = 1024 * 1024;

  @Option(
      names = "--only",
      paramLabel = "NAME",
      split = ",",
      description = "these attacks only, apart by commas; --list says which there are")
  private List<String> only = new ArrayList<>();

  @Option(
      names = "--without",
      paramLabel = "NAME",
      split = ",",
      description = "all attacks but these")
  private List<String> without = new ArrayList<>();

  @Option(
      names = "--each",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "how many seconds each attack goes on, 1 to 600 (${DEFAULT-VALUE})")
  private int each = 10;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      description =
          "go on, one round of all attacks after another, until the time is over; from the third"
              + " round on what the programs hold must also stay flat from round to round")
  private @Nullable Duration length;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "makes the order of the attacks (${DEFAULT-VALUE})")
  private long seed = 1;

  @Option(
      names = "--floor",
      paramLabel = "TIME",
      defaultValue = "100ms",
      description =
          "a p99 up to this is never too much, whatever it is without an attack: the machine's own"
              + " noise (${DEFAULT-VALUE})")
  private Duration floor = Duration.ofMillis(100);

  @Option(
      names = "--quota",
      paramLabel = "MB",
      defaultValue = "64",
      description =
          "MB of the gateway's outbox, 32 to 10000, small so that invented devices reach it"
              + " (${DEFAULT-VALUE})")
  private int quota = 64;

  @Option(names = "--list", description = "print what each attack does and do nothing")
  private boolean listOnly;

  @Option(
      names = "--keep",
      paramLabel = "FOLDER",
      description =
          "a new folder for data, logs and records, which stays (a temporary one, which stays where"
              + " something does not hold)")
  private @Nullable Path keep;

  @Option(
      names = "--root",
      paramLabel = "FOLDER",
      defaultValue = ".",
      description = "the folder of the whole build, with the programs' jars in it (here)")
  private Path root = Path.of(".");

  void requireUsable() throws CannotRunException {
    requireBetween("--each", each, 1, 600, "seconds");
    requireBetween("--floor", floor.toMillis(), 1, 60_000, "ms");
    requireBetween("--quota", quota, 32, 10_000, "MB");
    if (length != null) {
      requireBetween("--for", length.toSeconds(), 1, Duration.ofDays(7).toSeconds(), "s");
    }
    if (keep != null && Files.exists(keep)) {
      throw CannotRunException.unusable(
          "%s is there already: name a new folder with --keep.".formatted(keep));
    }
    attacks();
  }

  /** The selected attacks. */
  Set<Attack> attacks() throws CannotRunException {
    EnumSet<Attack> attacks = only.isEmpty() ? EnumSet.allOf(Attack.class) : named(only);
    attacks.removeAll(named(without));
    if (attacks.isEmpty()) {
      throw CannotRunException.unusable("No attack is left: --without names all of --only.");
    }
    return attacks;
  }

  Duration each() {
    return Duration.ofSeconds(each);
  }

  /** How long to repeat rounds; zero for one round. */
  Duration length() {
    return length == null ? Duration.ZERO : length;
  }

  Random random() {
    return new Random(seed);
  }

  double floorMillis() {
    return floor.toMillis();
  }

  long quotaBytes() {
    return quota * MEGABYTE;
  }

  boolean listOnly() {
    return listOnly;
  }

  @Nullable Path keep() {
    return keep;
  }

  Path root() {
    return root;
  }

  private static EnumSet<Attack> named(List<String> names) throws CannotRunException {
    EnumSet<Attack> attacks = EnumSet.noneOf(Attack.class);
    for (String name : names) {
      attacks.add(
          Arrays.stream(Attack.values())
              .filter(attack -> attack.toString().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      CannotRunException.unusable(
                          "There is no attack \"%s\".%s \"hostile --list\" says which there are."
                              .formatted(name, Meant.hint(name, allNames())))));
    }
    return attacks;
  }

  private static List<String> allNames() {
    return Arrays.stream(Attack.values()).map(Attack::toString).toList();
  }

  private static void requireBetween(String option, long value, long least, long most, String unit)
      throws CannotRunException {
    if (value < least || value > most) {
      throw CannotRunException.unusable(
          "%s is %d to %d %s, not %d.".formatted(option, least, most, unit, value));
    }
  }
}
