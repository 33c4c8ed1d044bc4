package org.linli.sims.contract;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** One thing that happens to a gateway, its hub, or what lies between. */
sealed interface Step {

  /** A device's message; with {@code isLarge} its events are so large that the quota is felt. */
  record Offer(List<Event> events, boolean isLarge) implements Step {}

  /**
   * @param id 0 for none; one that the device gave before makes it a repeat
   */
  record Event(int device, int id, Sort sort) {}

  /** What decides about lane and shedding. */
  enum Sort {
    URGENT,
    BULK,
    MEASUREMENT
  }

  /**
   * The gateway reaches the hub, which states its watermarks.
   *
   * @param isHeard whether they arrive at once
   */
  record Connect(boolean isHeard) implements Step {}

  record Cut() implements Step {}

  /**
   * A batch arrives at the hub.
   *
   * @param ahead how many others it overtakes
   * @param copies 2 for a repeat
   * @param isTogether whether the copies, and the next batch of that lane, come in one commit
   */
  record DeliverBatch(int ahead, int copies, boolean isTogether) implements Step {}

  /** A receipt arrives at the gateway; like a batch. */
  record DeliverReceipt(int ahead, int copies) implements Step {}

  /** So many batches and their receipts arrive, one after the other. */
  record Flow(int batches) implements Step {}

  record LoseBatch() implements Step {}

  record LoseReceipt() implements Step {}

  /** One byte of the next batch arrives as another. */
  record CorruptBatch(int at, int bits) implements Step {}

  record TimePasses(int seconds) implements Step {}

  /** The hub dies with the next batch: in its transaction, or after its commit. */
  record HubDies(boolean isCommitted) implements Step {}

  /** What waits is carried into the history. */
  record Carry(Store store) implements Step {}

  /** How the history's store is. */
  enum Store {
    TAKES,
    AWAY,
    /** It takes everything, and the hub dies before it knows. */
    TAKES_UNHEARD
  }

  /** The agent is killed between two commits. */
  record AgentDies() implements Step {}

  /** The agent is killed while it takes a message, which it never acknowledges. */
  record AgentDiesTaking(List<Event> events) implements Step {}

  /** Somebody copies the agent's disk. */
  record Copy() implements Step {}

  /** The agent's disk is as it was copied. */
  record Restore() implements Step {}

  private static Arbitrary<Event> events() {
    return Combinators.combine(
            Arbitraries.integers().between(1, 3),
            Arbitraries.frequencyOf(
                Tuple.of(1, Arbitraries.just(0)),
                Tuple.of(2, Arbitraries.integers().between(1, 60))),
            Arbitraries.frequency(
                Tuple.of(2, Sort.URGENT), Tuple.of(3, Sort.BULK), Tuple.of(4, Sort.MEASUREMENT)))
        .as(Event::new);
  }

  private static Arbitrary<Integer> copies() {
    return Arbitraries.frequency(Tuple.of(5, 1), Tuple.of(2, 2));
  }

  private static Arbitrary<Integer> ahead() {
    return Arbitraries.frequency(Tuple.of(5, 0), Tuple.of(1, 1), Tuple.of(1, 3));
  }

  /** Schedules of all of this. */
  static Arbitrary<List<Step>> schedules() {
    Arbitrary<List<Event>> message = events().list().ofMinSize(1).ofMaxSize(6);
    Arbitrary<Boolean> either = Arbitraries.of(true, false);
    Arbitrary<Step> step =
        Arbitraries.frequencyOf(
            Tuple.of(14, Combinators.combine(message, either).as(Offer::new)),
            Tuple.of(
                6, Arbitraries.frequency(Tuple.of(4, true), Tuple.of(1, false)).map(Connect::new)),
            Tuple.of(2, Arbitraries.just(new Cut())),
            Tuple.of(9, Combinators.combine(ahead(), copies(), either).as(DeliverBatch::new)),
            Tuple.of(6, Combinators.combine(ahead(), copies()).as(DeliverReceipt::new)),
            Tuple.of(4, Arbitraries.integers().between(1, 6).map(Flow::new)),
            Tuple.of(2, Arbitraries.just(new LoseBatch())),
            Tuple.of(2, Arbitraries.just(new LoseReceipt())),
            Tuple.of(
                3,
                Combinators.combine(
                        Arbitraries.integers().between(0, 10_000),
                        Arbitraries.integers().between(1, 255))
                    .as(CorruptBatch::new)),
            Tuple.of(4, Arbitraries.of(1, 25, 61).map(TimePasses::new)),
            Tuple.of(3, either.map(HubDies::new)),
            Tuple.of(5, Arbitraries.of(Store.class).map(Carry::new)),
            Tuple.of(1, Arbitraries.just(new AgentDies())),
            Tuple.of(1, message.map(AgentDiesTaking::new)),
            Tuple.of(1, Arbitraries.just(new Copy())),
            Tuple.of(3, Arbitraries.just(new Restore())));
    return step.list().ofMinSize(35).ofMaxSize(70);
  }
}
