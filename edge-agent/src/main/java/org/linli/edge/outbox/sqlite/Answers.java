package org.linli.edge.outbox.sqlite;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linli.edge.outbox.OutboxUnavailableException;
import org.linli.edge.profile.Interpreted;
import org.linli.program.thread.Guard;

/**
 * The messages and requests of a group that wait for an answer. Each is answered once. An exception
 * in one is reported to the guard and does not affect the others. For the writer thread only.
 */
final class Answers {

  private static final String NOT_IN_TURN = "what was said before could not be kept";

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

  /** Decides whether a message may be written. */
  @FunctionalInterface
  interface Admission<E extends Exception> {
    /**
     * @return why it cannot be kept now, as a sentence for a person; null if it can
     */
    @Nullable String whyNot(Interpreted message) throws E;
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
      String why = isDue(message) ? admission.whyNot(message) : NOT_IN_TURN;
      messages.remove();
      if (why == null) {
        admitted.add(message);
        messages.add(message);
      } else {
        notKept(message, why);
      }
    }
    return admitted;
  }

  private boolean isDue(Interpreted message) {
    try {
      return message.message().reply().isInTurn() && message.basis().holds();
    } catch (RuntimeException | Error defect) {
      failed(defect);
      return false;
    }
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
