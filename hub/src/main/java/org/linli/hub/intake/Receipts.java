package org.linli.hub.intake;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.linli.event.Receipt;
import org.linli.program.log.RateLimitedLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Sends each receipt back over the connection on which its batch came, and counts receipts by their
 * kind.
 */
@Component
public class Receipts {

  private static final Logger log = LoggerFactory.getLogger(Receipts.class);

  private static final RateLimitedLog limited = RateLimitedLog.of(log);

  private final MeterRegistry meters;

  Receipts(MeterRegistry meters) {
    this.meters = meters;
  }

  public void send(List<BatchReceipt> receipts) {
    receipts.forEach(this::send);
  }

  private void send(BatchReceipt answered) {
    answered.batch().receipt().accept(answered.receipt());
    meters.counter("linli.intake.batches", "answer", name(answered.receipt())).increment();
    switch (answered.receipt()) {
      case Receipt.Applied applied -> {}
      case Receipt.Expected expected ->
          limited
              .atInfo("expected " + answered.batch().gateway())
              .addKeyValue("gateway", answered.batch().gateway())
              .addKeyValue("lane", expected.lane())
              .addKeyValue("epoch", expected.epoch())
              .addKeyValue("expected", expected.sequence())
              .log("A batch does not follow; the gateway is told where to go on");
      case Receipt.Rejected rejected ->
          limited
              .atError("rejected " + answered.batch().gateway())
              .addKeyValue("gateway", answered.batch().gateway())
              .addKeyValue("lane", rejected.lane())
              .addKeyValue("sequence", rejected.sequence())
              .addKeyValue("reason", rejected.reason())
              .log("A lane of this gateway stands still: {}", rejected.detail());
    }
  }

  private static String name(Receipt receipt) {
    return switch (receipt) {
      case Receipt.Applied applied -> "applied";
      case Receipt.Expected expected -> "expected";
      case Receipt.Rejected rejected -> "rejected";
    };
  }
}
