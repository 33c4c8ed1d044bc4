package org.linli.hub.intake;

import java.time.Instant;
import org.linli.event.GatewayId;
import org.linli.event.Lane;

/** What the intake found of a lane that is not as it should be, and tells others. */
public sealed interface Finding permits CountsDiffer, BatchContradicted, DevicesForgotten {

  /** In a word that never changes, as {@code counts-differ}. */
  String what();

  GatewayId gateway();

  long epoch();

  Lane lane();

  /** The sequence at which it was found. */
  long sequence();

  /** When what it was found in was received. */
  Instant at();
}
