package org.linli.edge.intake.broker;

import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.linli.edge.intake.Intake;
import org.linli.edge.intake.Message;

/** Keeps what comes and leaves the answers to the test. */
final class HeldIntake implements Intake {

  private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
  private final List<Message> all = new ArrayList<>();
  private final Semaphore hang = new Semaphore(1);
  private volatile boolean answering;
  private boolean failing;

  @Override
  public synchronized void accept(Message message) {
    hang.acquireUninterruptibly();
    hang.release();
    if (failing) {
      failing = false;
      throw new IllegalStateException("a defect");
    }
    all.add(message);
    if (answering) {
      message.reply().taken();
    } else {
      messages.add(message);
    }
  }

  /** From now on everything is taken at once. */
  void answerAtOnce() {
    answering = true;
  }

  /** The next message is not taken, as by a defect. */
  synchronized void failOnce() {
    failing = true;
  }

  /** Whoever brings something waits from now on. */
  void hang() {
    hang.acquireUninterruptibly();
  }

  void goOn() {
    hang.release();
  }

  /** Whether somebody waits. */
  boolean holds() {
    return hang.hasQueuedThreads();
  }

  /** The next message that nobody answered. */
  Message next() throws InterruptedException {
    return Objects.requireNonNull(messages.poll(10, TimeUnit.SECONDS), "a message within 10 s");
  }

  /** Messages that wait for an answer and were not looked at. */
  int waiting() {
    return messages.size();
  }

  /** The payloads of everything that ever came. */
  synchronized List<String> payloads() {
    return all.stream()
        .map(message -> new String(message.payload(), StandardCharsets.UTF_8))
        .toList();
  }

  void awaitPayloads(String... payloads) {
    await()
        .untilAsserted(
            () -> org.assertj.core.api.Assertions.assertThat(payloads()).containsExactly(payloads));
  }
}
