package org.linli.edge.profile;

/** How long a state is known. */
enum StateScope {
  /** Until the end of this run. */
  THIS_RUN,
  /** Over a restart. */
  LASTING,
  /** Over a restart, unless the gateway has the events of its part of the message already. */
  WITH_ITS_EVENT
}
