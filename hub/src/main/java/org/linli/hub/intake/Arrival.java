package org.linli.hub.intake;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linli.event.Batch;
import org.linli.event.Lane;
import org.linli.event.Receipt;
import org.linli.event.codec.BatchCodec;
import org.linli.event.codec.BatchCodec.Decoded;
import org.linli.hub.gateway.ArrivedBatch;
import org.linli.hub.journal.UnpackedSize;

/**
 * Decoded batches of one connection and lane, with the receipts that are sent once they are
 * durable.
 */
final class Arrival implements SharedTurn.Work {

  private final List<One> batches;
  private final int events;

  /** A batch and its receipt. */
  static final class One {
    private final ArrivedBatch arrived;
    private final Decoded decoded;
    private @Nullable Receipt receipt;

    private One(ArrivedBatch arrived) {
      this.arrived = arrived;
      this.decoded = BatchCodec.decode(arrived.payload());
    }

    ArrivedBatch arrived() {
      return arrived;
    }

    Decoded decoded() {
      return decoded;
    }

    void answer(Receipt answer) {
      receipt = answer;
    }

    private BatchReceipt batchReceipt() {
      if (receipt == null) {
        throw new IllegalStateException("a batch was neither applied nor refused");
      }
      return new BatchReceipt(arrived, receipt);
    }
  }

  Arrival(List<ArrivedBatch> arrived) {
    batches = arrived.stream().map(One::new).toList();
    events =
        batches.stream()
            .mapToInt(one -> one.decoded instanceof Decoded.Read(Batch b) ? b.events().size() : 1)
            .sum();
  }

  /** Returns roughly how many bytes of memory the whole takes. */
  long bytes() {
    return batches.stream()
        .mapToLong(one -> UnpackedSize.of(one.arrived.payload(), one.decoded))
        .sum();
  }

  List<One> batches() {
    return batches;
  }

  List<BatchReceipt> receipts() {
    return batches.stream().map(One::batchReceipt).toList();
  }

  @Override
  public boolean isUrgent() {
    return batches.stream().allMatch(one -> one.arrived.lane() == Lane.URGENT);
  }

  @Override
  public int size() {
    return events;
  }
}
