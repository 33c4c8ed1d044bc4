package org.linli.sims.hostile;

/** The actions of an attack, until it is over. */
@FunctionalInterface
interface Deed {
  void commit(Assault assault) throws InterruptedException;
}
