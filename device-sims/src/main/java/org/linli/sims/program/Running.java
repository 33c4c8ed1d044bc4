package org.linli.sims.program;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.linli.sims.console.CannotRunException;

/**
 * Hub or agent over all its restarts: how it is started, whether it runs, and how often it was
 * killed. One thread starts and kills it; others may observe it.
 */
public final class Running implements AutoCloseable {

  private static final Duration ANSWER = Duration.ofSeconds(2);
  private static final long POLL_MILLIS = 100;

  /** The exit code of a process that was killed, or that halted as if killed. */
  private static final int KILLED = 137;

  /** Starts it, with options for Java that apply to this start only. */
  @FunctionalInterface
  public interface Start {
    Program start(String javaOptions) throws CannotRunException;
  }

  private final String name;
  private final Start start;
  private final URI ledger;
  private final String token;
  private final Duration patience;
  private final HttpClient http;
  private volatile @Nullable Program program;
  private volatile int kills;
  private volatile int ownDeaths;
  private volatile boolean meantToRun;

  /**
   * @param ledger the address where it reports its ledger once it is up
   * @param patience how long a start may take
   */
  public Running(
      String name, Start start, URI ledger, String token, Duration patience, HttpClient http) {
    this.name = name;
    this.start = start;
    this.ledger = ledger;
    this.token = token;
    this.patience = patience;
    this.http = http;
  }

  public String name() {
    return name;
  }

  public int kills() {
    return kills;
  }

  /** How often it ended although nobody had ended it. */
  public int ownDeaths() {
    return ownDeaths;
  }

  public boolean alive() {
    Program now = program;
    return now != null && now.alive();
  }

  /** Starts it without waiting until it is up. */
  public void start(String javaOptions) throws CannotRunException {
    noticeOwnDeath();
    program = start.start(javaOptions);
    meantToRun = true;
  }

  /** Kills it if it still runs. */
  public void kill() throws InterruptedException {
    noticeOwnDeath();
    meantToRun = false;
    Program now = program;
    if (now != null && now.alive()) {
      now.kill();
      kills++;
    }
  }

  /** Waits for it to end by itself; false when it has not within that time. */
  public boolean awaitDeath(Duration within) throws InterruptedException {
    Program now = program;
    OptionalInt exit = now == null ? OptionalInt.empty() : now.awaitExit(within);
    if (exit.isEmpty() || exit.getAsInt() != KILLED) {
      return false;
    }
    meantToRun = false;
    kills++;
    return true;
  }

  public void stopInOrder(Duration grace) throws InterruptedException {
    noticeOwnDeath();
    meantToRun = false;
    Program now = program;
    if (now != null) {
      now.stop(grace);
    }
  }

  public void freeze() throws CannotRunException, InterruptedException {
    Program now = program;
    if (now != null) {
      now.freeze();
    }
  }

  public void thaw() throws CannotRunException, InterruptedException {
    Program now = program;
    if (now != null) {
      now.thaw();
    }
  }

  /**
   * Waits until it is up; starts it when it is not running.
   *
   * @throws CannotRunException when it does not come up, with the end of its log
   */
  public void awaitUp() throws CannotRunException, InterruptedException {
    if (!alive()) {
      start("");
    }
    long since = System.nanoTime();
    while (!answers()) {
      if (!alive()) {
        throw CannotRunException.unreachable(
            "The %s ended by itself. It said last:%n%s".formatted(name, lastWords()));
      }
      if (System.nanoTime() - since > patience.toNanos()) {
        throw CannotRunException.unreachable(
            "The %s is not up after %d s. It said last:%n%s"
                .formatted(name, patience.toSeconds(), lastWords()));
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  /** Its process id, while it runs. */
  public OptionalLong pid() {
    Program now = program;
    return now == null || !now.alive() ? OptionalLong.empty() : OptionalLong.of(now.pid());
  }

  public @Nullable ProcessFigures figures() {
    OptionalLong pid = pid();
    return pid.isEmpty() ? null : ProcessFigures.of(pid.getAsLong()).orElse(null);
  }

  @Override
  public void close() {
    Program now = program;
    if (now != null && now.alive()) {
      try {
        now.thaw();
        now.stop(Duration.ofSeconds(5));
      } catch (CannotRunException e) {
        now.close();
      } catch (InterruptedException e) {
        now.close();
        Thread.currentThread().interrupt();
      }
    }
  }

  private void noticeOwnDeath() {
    if (meantToRun && !alive()) {
      ownDeaths++;
      meantToRun = false;
    }
  }

  private boolean answers() throws InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(ledger).timeout(ANSWER).GET();
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      HttpResponse<Void> answer = http.send(request.build(), BodyHandlers.discarding());
      return answer.statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private String lastWords() {
    Program now = program;
    if (now == null) {
      return "";
    }
    String output = now.output();
    return output.substring(Math.max(0, output.length() - 2_000));
  }
}
