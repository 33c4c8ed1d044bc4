package org.linli.sims.torture;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linli.sims.console.CannotRunException;
import org.linli.sims.console.Meant;
import picocli.CommandLine.Option;

/** The faults of a run, and the system they are injected into. */
final class TortureOptions {

  private static final long LEAST_QUOTA = 3_000_000;

  /**
   * An unregistered device and its last 256 ids take 7 KB; devices have half of what is left of the
   * quota beside its other parts, which take a third (docs/bounds.md).
   */
  private static final long BYTES_OF_A_DEVICE = 22_000;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "makes the plan; the same seed with the same options, the same plan (any)")
  private @Nullable Long seed;

  @Option(
      names = "--each",
      paramLabel = "N",
      defaultValue = "1",
      description = "how often each fault comes (${DEFAULT-VALUE})")
  private int each = 1;

  @Option(
      names = "--kills",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "how often a process is killed, at least: kills at random instants are added to those"
              + " that the faults bring (${DEFAULT-VALUE})")
  private int kills;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      description = "go on, one round of all faults after another, until the time is over")
  private @Nullable Duration length;

  @Option(
      names = "--soak",
      paramLabel = "TIME",
      description =
          "as --for, at 500 events a second unless --rate says otherwise, with those faults that"
              + " end no program, and watch what the programs hold: memory, files, threads and disk"
              + " must stay flat")
  private @Nullable Duration soak;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "events a second that devices offer all the time (200, in a soak 500)")
  private @Nullable Integer rate;

  @Option(
      names = "--attached",
      description =
          "with a Mosquitto: MQTT devices publish there, agent and hub are attached to it")
  private boolean attached;

  @Option(
      names = "--disks",
      description =
          "data folders on disks whose power can be cut, that fail and fill up; for Linux as root,"
              + " with libfuse3")
  private boolean disks;

  @Option(
      names = "--brisk",
      description = "faults last a third of the time, 100 devices reconnect instead of 1000")
  private boolean brisk;

  @Option(
      names = "--only",
      paramLabel = "FAULT",
      split = ",",
      description = "these faults only, apart by commas; names are in the timeline and in --plan")
  private List<String> only = new ArrayList<>();

  @Option(
      names = "--without",
      paramLabel = "FAULT",
      split = ",",
      description = "all faults but these")
  private List<String> without = new ArrayList<>();

  @Option(
      names = "--sabotage",
      paramLabel = "NAME",
      split = ",",
      description =
          "break the programs on purpose, to see that the judge notices: skip-fsync,"
              + " acknowledge-early, forget-watermark, merge-lanes, ignore-digest or"
              + " drop-shed-range; or fail-participant, which has the hub's alerts fail with one"
              + " device, to see that the rest goes on; in the test build only")
  private List<String> sabotages = new ArrayList<>();

  @Option(names = "--plan", description = "print the plan and do nothing")
  private boolean planOnly;

  @Option(
      names = "--keep",
      paramLabel = "FOLDER",
      description =
          "a new folder for data, logs, records and timeline, which stays (a temporary one, which"
              + " stays where a promise is broken)")
  private @Nullable Path keep;

  @Option(
      names = "--timeline",
      paramLabel = "FILE",
      description = "write the timeline there (timeline.txt in the folder)")
  private @Nullable Path timeline;

  @Option(
      names = "--root",
      paramLabel = "FOLDER",
      defaultValue = ".",
      description = "the folder of the whole build, with the programs' jars in it (here)")
  private Path root = Path.of(".");

  void requireUsable() throws CannotRunException {
    requireBetween("--each", each, 0, 1_000);
    requireBetween("--kills", kills, 0, 100_000);
    requireBetween("--rate", rate(), 5, 100_000);
    if (length != null && soak != null) {
      throw CannotRunException.unusable("--soak says how long: leave out --for.");
    }
    if (keep != null && Files.exists(keep)) {
      throw CannotRunException.unusable(
          "%s is there already: name a new folder with --keep.".formatted(keep));
    }
    faultsOf(only);
    faultsOf(without);
  }

  /** The faults of the run; some need the test build or a broker. */
  Set<Fault> faults(boolean testBuild) throws CannotRunException {
    EnumSet<Fault> faults = only.isEmpty() ? EnumSet.allOf(Fault.class) : faultsOf(only);
    faults.removeAll(faultsOf(without));
    faults.removeIf(fault -> fault.need() == Fault.Need.POINTS && !testBuild);
    faults.removeIf(fault -> fault.need() == Fault.Need.BROKER && !attached);
    faults.removeIf(fault -> fault.need() == Fault.Need.DISK && !disks);
    // In a soak, programs must run for long.
    faults.removeIf(fault -> soak != null && fault.endsPrograms());
    if (faults.isEmpty()) {
      throw CannotRunException.unusable(
          "No fault is left: they need --attached, or the test build that ./mvnw package makes.");
    }
    return faults;
  }

  Plan plan(long seedOfIt, Set<Fault> faults) {
    return Plan.of(seedOfIt, faults, isTimed() ? 1 : each, isTimed() ? 0 : kills);
  }

  boolean isTimed() {
    return length != null || soak != null;
  }

  /** The length of a run that is limited by time. */
  Duration length() {
    if (soak != null) {
      return soak;
    }
    return length == null ? Duration.ZERO : length;
  }

  boolean soaks() {
    return soak != null;
  }

  int rate() {
    if (rate != null) {
      return rate;
    }
    return soak == null ? 200 : 500;
  }

  long seed(long any) {
    return seed == null ? any : seed;
  }

  /** The hub keeps a record of each alert: a soak has few, so that the hub's disk can stay flat. */
  int alertEvery() {
    return soak == null ? 25 : 1_000;
  }

  /**
   * The rows that the hub keeps to rebuild its history grow to a limit, which a soak must reach.
   */
  List<String> hubSettings() {
    return soak == null ? List.of() : List.of("--linli.archive.limit=2MB");
  }

  /** A soak uses both compilers, as a program usually does. */
  String javaOptions() {
    return soak == null ? "-XX:TieredStopAtLevel=1" : "";
  }

  boolean attached() {
    return attached;
  }

  boolean disks() {
    return disks;
  }

  boolean brisk() {
    return brisk;
  }

  int crowd() {
    return brisk ? 100 : 1_000;
  }

  /**
   * Small enough to be exceeded, yet with room to remember the crowd, which is not registered: what
   * a forgotten device sends again is a new event.
   */
  long quota() {
    return LEAST_QUOTA + crowd() * BYTES_OF_A_DEVICE;
  }

  List<String> sabotages() {
    return List.copyOf(sabotages);
  }

  /** Whether the hub's alerts fail with the events of {@link FailedPart#DEVICE}. */
  boolean failsParticipant() {
    return sabotages.contains(FailedPart.SABOTAGE);
  }

  /** Whether any fault makes the programs unable to keep their promises. */
  boolean breaksAPromise() {
    return sabotages.stream().anyMatch(sabotage -> !sabotage.equals(FailedPart.SABOTAGE));
  }

  /**
   * The faults of every program from its start. In a soak the garbage is collected every 15 s: by
   * itself Java first fills a heap to its limit, which takes longer than a soak.
   */
  List<String> always() {
    List<String> always = new ArrayList<>();
    sabotages.forEach(
        sabotage ->
            always.add(
                "sabotage:"
                    + sabotage
                    + (sabotage.equals(FailedPart.SABOTAGE) ? ":" + FailedPart.DEVICE : "")));
    if (soak != null) {
      always.add("collect:15");
    }
    return always;
  }

  boolean planOnly() {
    return planOnly;
  }

  @Nullable Path keep() {
    return keep;
  }

  @Nullable Path timeline() {
    return timeline;
  }

  Path root() {
    return root;
  }

  private static EnumSet<Fault> faultsOf(List<String> names) throws CannotRunException {
    EnumSet<Fault> faults = EnumSet.noneOf(Fault.class);
    for (String name : names) {
      faults.add(
          EnumSet.allOf(Fault.class).stream()
              .filter(fault -> fault.toString().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      CannotRunException.unusable(
                          "There is no fault \"%s\".%s \"torture --plan\" prints their names."
                              .formatted(name, Meant.hint(name, allNames())))));
    }
    return faults;
  }

  private static List<String> allNames() {
    return EnumSet.allOf(Fault.class).stream().map(Fault::toString).toList();
  }

  private static void requireBetween(String option, long value, long least, long most)
      throws CannotRunException {
    if (value < least || value > most) {
      throw CannotRunException.unusable(
          "%s is %d to %d, not %d.".formatted(option, least, most, value));
    }
  }
}
