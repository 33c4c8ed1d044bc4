package org.linli.hub.intake;

import java.time.Instant;
import org.linli.event.GatewayId;
import org.linli.event.Lane;

/**
 * The counts of a gateway and the hub for a lane differ at the same sequence, or differ by another
 * number than before. Published within the transaction that moves the watermark to that sequence.
 *
 * @param gatewayTaken events that the gateway says it had taken
 * @param hubTaken events that it must have taken, according to what arrived and what it declared as
 *     given up
 */
public record CountsDiffer(
    GatewayId gateway,
    long epoch,
    Lane lane,
    long sequence,
    long gatewayTaken,
    long hubTaken,
    Instant at)
    implements LaneProblem {

  @Override
  public String what() {
    return "counts-differ";
  }
}
