package org.linli.edge.intake;

/** A broker that this gateway is attached to, on which devices publish. */
public interface AttachedBroker {

  /** The current state of the connection to it. */
  BrokerState state();
}
