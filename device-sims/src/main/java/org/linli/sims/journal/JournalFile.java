package org.linli.sims.journal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.linli.sims.console.CannotRunException;
import org.linli.sims.day.SimulatedEvent;
import org.linli.sims.equipment.Expectation;
import org.linli.sims.equipment.Format;

/**
 * A journal as lines of text. Each line is with the operating system before the call returns: it
 * survives a kill of this process, but not a power loss. docs/reconcile.md describes the lines.
 */
public final class JournalFile implements Journal {

  static final String MAGIC = "linli-load-record";
  static final int VERSION = 1;

  /** The most characters kept of a refusal's reason. */
  private static final int MOST_REASON = 120;

  private final OutputStream out;
  private final Instant began;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable IOException failure;

  private JournalFile(OutputStream out, Instant began, InstantSource clock) {
    this.out = out;
    this.began = began;
    this.clock = clock;
  }

  /**
   * Creates a file.
   *
   * @param run the name of the run in its events' ids
   * @param began the reference of the times in it
   * @throws CannotRunException when the file exists or cannot be written
   */
  public static JournalFile create(Path file, String run, Instant began, InstantSource clock)
      throws CannotRunException {
    try {
      JournalFile journal =
          new JournalFile(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW), began, clock);
      journal.write(() -> "%s %d %s %s".formatted(MAGIC, VERSION, run, began));
      return journal;
    } catch (FileAlreadyExistsException e) {
      throw CannotRunException.unusable(
          "%s is the record of another run: name a new file with --record.".formatted(file));
    } catch (IOException e) {
      throw CannotRunException.unusable(
          "The record %s cannot be written: %s.".formatted(file, e.getMessage()));
    }
  }

  @Override
  public void connection(int connection, String protocol, String name) throws IOException {
    write(() -> "C %d %s %s".formatted(connection, protocol, name));
  }

  @Override
  public void offered(long number, int connection, SimulatedEvent event) throws IOException {
    write(
        () ->
            "O "
                + number
                + ' '
                + connection
                + ' '
                + Duration.between(began, event.time()).toMillis()
                + ' '
                + event.kind()
                + ' '
                + event.device()
                + ' '
                + event.type()
                + ' '
                + Integer.toHexString(Content.checksum(event.values()))
                + ' '
                + event.id());
  }

  @Override
  public void offered(
      long number, int connection, Instant time, Format format, Expectation expectation)
      throws IOException {
    write(
        () ->
            "M "
                + number
                + ' '
                + connection
                + ' '
                + Duration.between(began, time).toMillis()
                + ' '
                + format
                + ' '
                + ExpectationText.write(expectation));
  }

  @Override
  public void acknowledged(long number) {
    answer('A', number, "");
  }

  @Override
  public void refused(long number, String reason) {
    String line = reason.replaceAll("\\s+", " ").strip();
    answer('R', number, " " + line.substring(0, Math.min(MOST_REASON, line.length())));
  }

  @Override
  public void unconfirmed(long number) {
    answer('U', number, "");
  }

  @Override
  public void repeated(long number) {
    answer('S', number, "");
  }

  @Override
  public void ended() throws IOException {
    write(() -> "E " + sinceBegan());
  }

  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      out.close();
    } finally {
      lock.unlock();
    }
  }

  private void answer(char what, long number, String more) {
    try {
      write(() -> what + " " + number + ' ' + sinceBegan() + more);
    } catch (IOException ignored) {
      // An answer arrives on a thread that cannot stop the run: the next offered event does.
    }
  }

  private long sinceBegan() {
    return Duration.between(began, clock.instant()).toMillis();
  }

  private void write(Supplier<String> line) throws IOException {
    byte[] bytes = (line.get() + '\n').getBytes(StandardCharsets.UTF_8);
    lock.lock();
    try {
      if (failure != null) {
        throw failure;
      }
      out.write(bytes);
    } catch (IOException e) {
      failure = e;
      throw e;
    } finally {
      lock.unlock();
    }
  }
}
