package org.linli.sims.hostile;

/** What an attack does, until it is over. */
@FunctionalInterface
interface Deed {
  void commit(Assault assault) throws InterruptedException;
}
