package org.linli.edge.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.outbox.UplinkQueue;
import org.linli.event.Batch;
import org.linli.event.DeviceId;
import org.linli.event.Digest;
import org.linli.event.Lane;
import org.linli.event.Receipt;
import org.linli.event.ShedRange;
import org.linli.event.codec.BatchCodec;
import org.linli.event.codec.ReceiptCodec;

/** A batch that cannot be encoded is never the last word of its lane. */
class BatchThatCannotTravelTest {

  @TempDir private Path folder;
  private final List<Batch> sent = new ArrayList<>();

  /** More names than a batch can have bytes. */
  private static List<ShedRange> tooMuch() {
    Map<DeviceId, Long> lost = new HashMap<>();
    for (int i = 0; i < 50_000; i++) {
      lost.put(new DeviceId("%06d".formatted(i) + "邻".repeat(122)), 1L);
    }
    return List.of(new ShedRange(1, 1, lost));
  }

  private static Batch overfull(Batch batch) {
    return new Batch(
        batch.gateway(),
        batch.epoch(),
        batch.lane(),
        batch.first(),
        batch.last(),
        batch.before(),
        batch.digest(),
        batch.ledger(),
        tooMuch(),
        batch.events());
  }

  /**
   * The real outbox, whose batches with the first row are too large: all of them, or only those
   * with other rows.
   */
  private static UplinkQueue withTooLargeBatches(UplinkQueue outbox, boolean alsoTheRowAlone) {
    return (UplinkQueue)
        Proxy.newProxyInstance(
            UplinkQueue.class.getClassLoader(),
            new Class<?>[] {UplinkQueue.class},
            (proxy, method, arguments) -> {
              try {
                Object answer = method.invoke(outbox, arguments);
                return answer instanceof Optional<?> found
                        && found.isPresent()
                        && found.get() instanceof Batch batch
                        && batch.first() == 1
                        && !batch.events().isEmpty()
                        && (batch.last() > 1 || alsoTheRowAlone)
                    ? Optional.of(overfull(batch))
                    : answer;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private void talk(boolean alsoTheRowAlone, TestOutbox outbox) throws Exception {
    for (int i = 1; i <= 3; i++) {
      outbox.take(TestOutbox.FORCED, "u" + i);
    }
    SteppedUplink uplink =
        new SteppedUplink(
            withTooLargeBatches(outbox.outbox(), alsoTheRowAlone),
            Map.of(),
            new SteppedUplink.Wire() {
              @Override
              public void announce() {}

              @Override
              public BooleanSupplier send(Lane lane, byte[] batch) {
                BatchCodec.Decoded read = BatchCodec.decode(batch);
                assertThat(read).isInstanceOf(BatchCodec.Decoded.Read.class);
                sent.add(((BatchCodec.Decoded.Read) read).batch());
                return () -> true;
              }
            },
            InstantSource.system(),
            System::nanoTime);
    uplink.begin();
    for (Lane lane : Lane.values()) {
      uplink.heard(
          ReceiptCodec.encode(new Receipt.Applied(outbox.outbox().epoch(), lane, 0, Digest.NONE)));
    }
    uplink.wake();
  }

  @Test
  void itsRowsTravelOneByOne() throws Exception {
    try (TestOutbox outbox = new TestOutbox(folder)) {
      talk(false, outbox);
      assertThat(sent.stream().flatMap(batch -> batch.events().stream())).hasSize(3);
      assertThat(outbox.outbox().ledger().shed()).isZero();
    }
  }

  @Test
  void aRowThatCannotTravelIsGivenUpAndThoseBehindItGoOn() throws Exception {
    try (TestOutbox outbox = new TestOutbox(folder)) {
      talk(true, outbox);
      assertThat(sent.stream().flatMap(batch -> batch.events().stream())).hasSize(2);
      assertThat(sent.getFirst().first()).isEqualTo(1);
      assertThat(outbox.outbox().ledger().shed()).isEqualTo(1);
      assertThat(outbox.outbox().ledger().balances()).isTrue();
    }
  }
}
