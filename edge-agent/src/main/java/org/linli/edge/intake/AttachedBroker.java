package org.linli.edge.intake;

/** A broker that this gateway is attached to, for devices that publish there. */
public interface AttachedBroker {

  /** How the gateway stands with it now. */
  BrokerState state();
}
