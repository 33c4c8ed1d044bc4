package org.linli.sims.hostile;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * A running attack: its limits, its open connections, and what it has done. Closing it closes
 * everything it opened.
 */
final class Assault implements AutoCloseable {

  /** Above this rate the attacker itself would use up the machine's processors. */
  private static final int MOST_PER_SECOND = 2_000;

  /** The share of the time in which a count is reached; the rest is for watching its effect. */
  private static final double PART_FOR_BEGINNING = 0.6;

  /** The most clients at a time, so that those that do not end do not pile up. */
  private static final int MOST_AT_A_TIME = 2_000;

  private static final Duration ENDING = Duration.ofSeconds(10);

  /** One of many unknown clients. */
  @FunctionalInterface
  interface Attacker {
    /**
     * @param number from 0
     * @throws IOException when the program ends or refuses the connection
     */
    void act(int number) throws IOException, InterruptedException;
  }

  private final Map<Port, Integer> ports;
  private final String token;
  private final String name;
  private final Random random;
  private final Duration length;
  private final long deadline;
  private final Set<Wire> open = ConcurrentHashMap.newKeySet();
  private final Set<String> found = new ConcurrentSkipListSet<>();
  private final LongAdder done = new LongAdder();
  private final LongAdder turnedAway = new LongAdder();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * @param token of the hub's API, for attacks by clients that have one
   * @param name distinguishes what this attack invents from what others do
   */
  Assault(Map<Port, Integer> ports, String token, String name, Random random, Duration length) {
    this.ports = Map.copyOf(ports);
    this.token = token;
    this.name = name;
    this.random = random;
    this.length = length;
    this.deadline = System.nanoTime() + length.toNanos();
  }

  int port(Port port) {
    return ports.getOrDefault(port, 0);
  }

  String token() {
    return token;
  }

  /** The prefix of every name that it invents, without spaces and slashes. */
  String name() {
    return name;
  }

  Random random() {
    return random;
  }

  boolean over() {
    return System.nanoTime() - deadline >= 0;
  }

  Wire connect(Port port) throws IOException {
    return keep(new Wire(port(port), false));
  }

  /** A connection whose answers are never read. */
  Wire connectDeaf(Port port) throws IOException {
    return keep(new Wire(port(port), true));
  }

  /** Closes one connection before the attack is over. */
  void drop(Wire wire) {
    wire.close();
    open.remove(wire);
  }

  /** Receives the packets of a program. */
  @FunctionalInterface
  interface Heard {
    void packet(byte[] packet);
  }

  /** Reads from a connection in the background until it ends. */
  void hear(Wire wire, Heard heard) {
    threads.execute(
        () -> {
          try {
            while (true) {
              heard.packet(wire.readPacket());
            }
          } catch (SocketTimeoutException e) {
            // Nothing has arrived for a while; a thread that waits for it ends with the attack.
          } catch (IOException e) {
            wire.close();
          }
        });
  }

  /** Counts what was done, for the report. */
  void did(long times) {
    done.add(times);
  }

  /** Reports a wrong answer of a program; a sentence without a full stop. */
  void found(String what) {
    found.add(what);
  }

  /**
   * Runs {@code count} clients, one after another at a pace that leaves time for their work, and
   * then waits until the attack is over. Counts the rejected ones.
   */
  void attackers(int count, Attacker attacker) throws InterruptedException {
    double seconds = length.toMillis() / 1_000.0 * PART_FOR_BEGINNING;
    paced(count, Math.clamp((long) (count / seconds), 1, MOST_PER_SECOND), attacker);
    TimeUnit.NANOSECONDS.sleep(deadline - System.nanoTime());
  }

  /** Runs {@code perSecond} clients a second until the attack is over. */
  void stream(int perSecond, Attacker attacker) throws InterruptedException {
    Semaphore room = new Semaphore(MOST_AT_A_TIME);
    paced(
        Integer.MAX_VALUE,
        perSecond,
        number -> {
          if (room.tryAcquire()) {
            try {
              attacker.act(number);
            } finally {
              room.release();
            }
          }
        });
  }

  long done() {
    return done.sum();
  }

  long turnedAway() {
    return turnedAway.sum();
  }

  List<String> found() {
    return List.copyOf(found);
  }

  @Override
  public void close() {
    open.forEach(Wire::close);
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(ENDING.toMillis(), TimeUnit.MILLISECONDS)) {
        found("the attack itself did not end within %d s".formatted(ENDING.toSeconds()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    open.forEach(Wire::close);
  }

  private Wire keep(Wire wire) throws IOException {
    open.add(wire);
    if (over()) {
      drop(wire);
      throw new IOException("the attack is over");
    }
    return wire;
  }

  private void paced(int count, long perSecond, Attacker attacker) throws InterruptedException {
    long began = System.nanoTime();
    for (int i = 0; i < count; i++) {
      TimeUnit.NANOSECONDS.sleep(
          began + i * TimeUnit.SECONDS.toNanos(1) / perSecond - System.nanoTime());
      if (over()) {
        return;
      }
      int number = i;
      threads.execute(() -> act(attacker, number));
    }
  }

  private void act(Attacker attacker, int number) {
    try {
      attacker.act(number);
    } catch (IOException e) {
      if (!over()) {
        turnedAway.increment();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
