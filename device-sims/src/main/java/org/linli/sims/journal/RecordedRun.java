package org.linli.sims.journal;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.linli.sims.console.CannotRunException;
import org.linli.sims.equipment.Expectation;

/**
 * The content of a journal's file about a run.
 *
 * @param run the name of the run in its events' ids
 * @param events by number
 * @param protocols how many events were offered over each
 * @param lastHeard the last time in it
 * @param ended false when the run was killed, so that its last events may lack an answer
 */
public record RecordedRun(
    String run,
    List<RecordedEvent> events,
    Map<String, Long> protocols,
    Instant lastHeard,
    boolean ended) {

  public RecordedRun {
    events = List.copyOf(events);
    protocols = Map.copyOf(protocols);
  }

  /**
   * Reads a file; a torn last line, as a kill leaves it, is ignored.
   *
   * @throws CannotRunException naming the line when the file is not a journal
   */
  public static RecordedRun read(Path file) throws CannotRunException {
    try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      Lines lines = new Lines();
      StringBuilder line = new StringBuilder();
      for (int c = in.read(); c >= 0; c = in.read()) {
        if (c == '\n') {
          lines.read(line.toString());
          line.setLength(0);
        } else {
          line.append((char) c);
        }
      }
      return lines.run(file);
    } catch (IOException e) {
      throw CannotRunException.unusable(
          "The record %s cannot be read: %s.".formatted(file, e.getMessage()));
    } catch (UnreadableLineException e) {
      throw CannotRunException.unusable(
          "%s is no record of \"device-sims load --record\": line %d says \"%s\"."
              .formatted(file, e.line, e.text));
    }
  }

  private static final class UnreadableLineException extends Exception {
    private final int line;
    private final String text;

    private UnreadableLineException(int line, String text) {
      this.line = line;
      this.text = text.substring(0, Math.min(80, text.length()));
    }
  }

  private static final class Lines {
    private final List<RecordedEvent> events = new ArrayList<>();
    private final Map<Integer, String> connections = new HashMap<>();
    private final Map<String, Long> protocols = new HashMap<>();

    /** Devices and types repeat: one string for each. */
    private final Map<String, String> strings = new HashMap<>();

    private String run = "";
    private Instant began = Instant.EPOCH;
    private boolean ended;
    private long last;
    private int read;

    void read(String line) throws UnreadableLineException {
      read++;
      String[] parts = line.split(" ");
      try {
        if (read == 1) {
          header(parts);
        } else {
          entry(parts);
        }
      } catch (IllegalArgumentException | IndexOutOfBoundsException | DateTimeException e) {
        throw new UnreadableLineException(read, line);
      }
    }

    RecordedRun run(Path file) throws CannotRunException {
      if (read == 0) {
        throw CannotRunException.unusable(file + " is no record: it has no line.");
      }
      return new RecordedRun(run, events, protocols, began.plusMillis(last), ended);
    }

    private void header(String[] parts) {
      if (!parts[0].equals(JournalFile.MAGIC)
          || Integer.parseInt(parts[1]) != JournalFile.VERSION) {
        throw new IllegalArgumentException("no record of this version");
      }
      run = parts[2];
      began = Instant.parse(parts[3]);
    }

    private void entry(String[] parts) {
      switch (parts[0]) {
        case "C" -> connections.put(Integer.valueOf(parts[1]), one(parts[2]));
        case "O" -> offered(parts);
        case "M" -> message(parts);
        case "A" -> {
          event(parts).concluded(Outcome.ACKNOWLEDGED);
          last = Math.max(last, Long.parseLong(parts[2]));
        }
        case "R" -> event(parts).concluded(Outcome.REFUSED);
        case "U" -> event(parts).concluded(Outcome.UNKNOWN);
        case "S" -> event(parts).repeated();
        case "E" -> ended = true;
        default -> throw new IllegalArgumentException("no such line");
      }
    }

    private void offered(String[] parts) {
      long number = nextNumber(parts);
      int connection = Integer.parseInt(parts[2]);
      events.add(
          new RecordedEvent(
              number,
              connection,
              began.plusMillis(Long.parseLong(parts[3])).toEpochMilli(),
              one(parts[4]),
              one(parts[5]),
              one(parts[6]),
              Integer.parseUnsignedInt(parts[7], 16),
              parts[8]));
      protocols.merge(connections.getOrDefault(connection, "?"), 1L, Long::sum);
    }

    private void message(String[] parts) {
      long number = nextNumber(parts);
      int connection = Integer.parseInt(parts[2]);
      long time = Long.parseLong(parts[3]);
      Expectation expectation = ExpectationText.read(List.of(parts).subList(5, 10));
      events.add(
          new RecordedEvent(
              number,
              connection,
              began.plusMillis(time).toEpochMilli(),
              one(expectation.device().value()),
              expectation));
      last = Math.max(last, time);
      protocols.merge(connections.getOrDefault(connection, "?"), 1L, Long::sum);
    }

    private long nextNumber(String[] parts) {
      long number = Long.parseLong(parts[1]);
      if (number != events.size()) {
        throw new IllegalArgumentException("not the next number");
      }
      return number;
    }

    private RecordedEvent event(String[] parts) {
      return events.get(Math.toIntExact(Long.parseLong(parts[1])));
    }

    private String one(String text) {
      String known = strings.putIfAbsent(text, text);
      return known == null ? text : known;
    }
  }
}
