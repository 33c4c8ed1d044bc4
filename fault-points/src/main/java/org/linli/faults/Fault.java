package org.linli.faults;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A fault to cause in a program. */
sealed interface Fault {

  List<Change> changes();

  /**
   * Halts the program ({@code Runtime.halt(137)}, as {@code kill -9} would) when it reaches a point
   * for the {@code time}-th time, counted from 1.
   */
  record Kill(Point point, int time) implements Fault {
    @Override
    public List<Change> changes() {
      return List.of(point.change());
    }

    @Override
    public String toString() {
      return "kill:" + point.id();
    }
  }

  /** Breaks a promise. */
  record Sabotage(Broken broken) implements Fault {
    @Override
    public List<Change> changes() {
      return broken.changes();
    }

    @Override
    public String toString() {
      return "sabotage:" + broken.id();
    }
  }

  /** Makes the hub's alerts fail on everything that one device reports; the rest must continue. */
  record FailParticipant(String device) implements Fault {

    static final String NAME = "fail-participant";

    @Override
    public List<Change> changes() {
      return List.of(Change.ofAlerts());
    }

    @Override
    public String toString() {
      return "sabotage:" + NAME + ":" + device;
    }
  }

  /**
   * Shifts the program's clock by the signed number of milliseconds that the file currently holds.
   */
  record ClockFile(Path file) implements Fault {
    @Override
    public List<Change> changes() {
      return Change.OF_CLOCK;
    }

    @Override
    public String toString() {
      return "clock:" + file;
    }
  }

  /**
   * Runs the garbage collector every {@code seconds} seconds, so that memory in use can be
   * distinguished from garbage.
   */
  record Collect(int seconds) implements Fault {
    @Override
    public List<Change> changes() {
      return List.of();
    }

    @Override
    public String toString() {
      return "collect:" + seconds;
    }
  }

  /**
   * Parses {@code kill:POINT[:N]}, {@code sabotage:NAME}, {@code sabotage:fail-participant:DEVICE},
   * {@code clock:FILE} and {@code collect:SECONDS}, separated by commas.
   *
   * @throws UnusableFaultException that says which part is wrong and what it may be
   */
  static List<Fault> parse(String specification) {
    if (specification.isBlank()) {
      throw new UnusableFaultException(
          "nothing is asked for; write"
              + " -javaagent:fault-points.jar=kill:POINT[:N],sabotage:NAME,clock:FILE,collect:SECONDS.");
    }
    return Arrays.stream(specification.split(",", -1)).map(Fault::one).toList();
  }

  private static Fault one(String part) {
    String[] words = part.strip().split(":", 2);
    String rest = words.length == 2 ? words[1] : "";
    return switch (words[0]) {
      case "kill" -> kill(rest);
      case "sabotage" ->
          rest.startsWith(FailParticipant.NAME + ":")
              ? new FailParticipant(rest.substring(FailParticipant.NAME.length() + 1))
              : new Sabotage(sabotage(rest));
      case "clock" -> clock(rest);
      case "collect" -> new Collect(number(rest, "collect:SECONDS"));
      default ->
          throw new UnusableFaultException(
              "'%s' is none of kill:POINT[:N], sabotage:NAME, clock:FILE and collect:SECONDS."
                  .formatted(part));
    };
  }

  private static Kill kill(String rest) {
    int colon = rest.indexOf(':');
    String id = colon < 0 ? rest : rest.substring(0, colon);
    Point point =
        Arrays.stream(Point.values())
            .filter(one -> one.id().equals(id))
            .findFirst()
            .orElseThrow(
                () ->
                    new UnusableFaultException(
                        "kill:%s is no point; there are %s."
                            .formatted(
                                id,
                                Arrays.stream(Point.values())
                                    .map(Point::id)
                                    .collect(Collectors.joining(", ")))));
    return new Kill(point, colon < 0 ? 1 : number(rest.substring(colon + 1), "kill:POINT:N"));
  }

  private static int number(String text, String in) {
    try {
      int number = Integer.parseInt(text);
      if (number >= 1) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Reported below.
    }
    throw new UnusableFaultException("'%s' in %s is no number from 1 on.".formatted(text, in));
  }

  private static Broken sabotage(String name) {
    return Arrays.stream(Broken.values())
        .filter(one -> one.id().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UnusableFaultException(
                    "sabotage:%s is none; there are %s and %s:DEVICE."
                        .formatted(
                            name,
                            Arrays.stream(Broken.values())
                                .map(Broken::id)
                                .collect(Collectors.joining(", ")),
                            FailParticipant.NAME)));
  }

  private static ClockFile clock(String name) {
    Path file = Path.of(name);
    if (name.isEmpty() || !Files.isRegularFile(file)) {
      throw new UnusableFaultException(
          "clock:%s is no file; make one that holds signed milliseconds, for example 0."
              .formatted(name));
    }
    return new ClockFile(file);
  }
}
