package org.linli.edge.outbox.sqlite;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.linli.edge.intake.Refusal;
import org.linli.edge.outbox.OutboxUnavailableException;
import org.linli.edge.profile.Interpreted;
import org.linli.program.thread.Guard;

/**
 * The messages and requests of a group that wait for an answer. Each is answered once. An exception
 * in one is reported to the guard and does not affect the others. For the writer thread only.
 */
final class Answers {

  static final Verdict.NotNow NOT_IN_TURN =
      new Verdict.NotNow("what was said before could not be kept");

  private final Deque<Interpreted> messages;
  private final Deque<Request> requests;
  private final Guard guard;
  private boolean failed;

  Answers(Collection<Interpreted> messages, Collection<Request> requests, Guard guard) {
    this.messages = new ArrayDeque<>(messages);
    this.requests = new ArrayDeque<>(requests);
    this.guard = guard;
  }

  boolean isEmpty() {
    return messages.isEmpty() && requests.isEmpty();
  }

  /** The requests that still wait, in order. */
  List<Request> requests() {
    return List.copyOf(requests);
  }

  /** What is to be done with a message. */
  sealed interface Verdict {

    Verdict WRITE = new Write();

    /** It is written. */
    record Write() implements Verdict {}

    /** It becomes a dead letter. */
    record Refuse(Refusal refusal) implements Verdict {}

    /**
     * It cannot be kept now.
     *
     * @param why a sentence for a person
     */
    record NotNow(String why) implements Verdict {}
  }

  /** Decides whether a message may be written. */
  @FunctionalInterface
  interface Admission<E extends Exception> {
    /**
     * @param holds whether everything that the message relies on was kept, or may still be
     */
    Verdict on(Interpreted message, boolean holds) throws E;
  }

  /**
   * Answers messages that may not be written. Each is answered before the next is checked, because
   * after a refused message the later ones of its connection are not in turn.
   *
   * @return the others, in order
   */
  <E extends Exception> List<Interpreted> admitted(Admission<E> admission) throws E {
    List<Interpreted> admitted = new ArrayList<>(messages.size());
    for (int left = messages.size(); left > 0; left--) {
      Interpreted message = messages.element();
      Verdict verdict = verdict(message, admission);
      messages.remove();
      switch (verdict) {
        case Verdict.Write() -> {
          admitted.add(message);
          messages.add(message);
        }
        case Verdict.Refuse(Refusal refusal) -> {
          guarded(message::notKept);
          Interpreted refused = Interpreted.Refused.afterAll(message.message(), refusal);
          admitted.add(refused);
          messages.add(refused);
        }
        case Verdict.NotNow(String why) -> notKept(message, why);
      }
    }
    return admitted;
  }

  private <E extends Exception> Verdict verdict(Interpreted message, Admission<E> admission)
      throws E {
    boolean holds;
    try {
      if (!message.message().reply().isInTurn()) {
        return NOT_IN_TURN;
      }
      holds = message.basis().holds();
    } catch (RuntimeException | Error defect) {
      failed(defect);
      return NOT_IN_TURN;
    }
    return admission.on(message, holds);
  }

  /**
   * Whether a message may still be written, after what one before it in the group relied on was
   * withdrawn. If not, it is answered: it has to come again.
   */
  @SuppressWarnings("ReferenceEquality") // an equal one of another sender is another one
  boolean stillHolds(Interpreted message) {
    if (message.message().reply().isInTurn() && message.basis().holds()) {
      return true;
    }
    messages.removeIf(each -> each == message);
    notKept(message, NOT_IN_TURN.why());
    return false;
  }

  /** Everything is on disk, with these totals. */
  void committed(Totals totals) {
    for (Interpreted message : messages) {
      kept(message);
    }
    while (!messages.isEmpty()) {
      flush(messages.remove());
    }
    while (!requests.isEmpty()) {
      Request request = requests.remove();
      guarded(() -> request.committed(totals));
    }
    settled();
  }

  private void kept(Interpreted message) {
    try {
      switch (message) {
        case Interpreted.Understood understood -> understood.message().reply().taken();
        case Interpreted.PassedOver passed -> passed.message().reply().taken();
        case Interpreted.Refused refused -> refused.message().reply().refused(refused.refusal());
      }
    } catch (RuntimeException | Error defect) {
      failed(defect);
    }
  }

  private void flush(Interpreted message) {
    try {
      message.message().reply().flush();
    } catch (RuntimeException | Error defect) {
      failed(defect);
    }
  }

  /** Nothing of the group was kept. */
  void notKept(String why) {
    while (!messages.isEmpty()) {
      notKept(messages.remove(), why);
    }
    while (!requests.isEmpty()) {
      refuse(requests.remove(), why);
    }
    settled();
  }

  /** Refuses everything except the requests of the uplink, which can still be carried out. */
  void onlyForTheUplink(String why) {
    while (!messages.isEmpty()) {
      notKept(messages.remove(), why);
    }
    for (Request request : requests()) {
      if (request instanceof Request.OnTables<?>) {
        requests.remove(request);
        refuse(request, why);
      }
    }
  }

  private void refuse(Request request, String why) {
    guarded(() -> request.done().completeExceptionally(new OutboxUnavailableException(why)));
  }

  private void notKept(Interpreted message, String why) {
    guarded(message::notKept);
    guarded(() -> message.message().reply().unavailable(why));
  }

  /** An exception of other code must not end the writer. */
  private void guarded(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException | Error defect) {
      failed(defect);
    }
  }

  private void failed(Throwable defect) {
    failed = true;
    guard.failed(defect);
  }

  private void settled() {
    if (!failed) {
      guard.succeeded();
    }
  }
}
