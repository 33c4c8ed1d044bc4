package org.linli.hub.intake;

import java.time.Instant;
import org.linli.event.GatewayId;
import org.linli.event.Lane;

/** A problem that the intake found in a lane and reports to other parts of the hub. */
public sealed interface LaneProblem permits CountsDiffer, BatchContradicted, DevicesForgotten {

  /** Returns the kind of problem as a fixed word, such as {@code counts-differ}. */
  String what();

  GatewayId gateway();

  long epoch();

  Lane lane();

  /** Returns the sequence at which it was found. */
  long sequence();

  /** Returns when the hub received the batch in which it was found. */
  Instant at();
}
