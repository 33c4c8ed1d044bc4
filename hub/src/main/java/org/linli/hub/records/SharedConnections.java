package org.linli.hub.records;

import java.util.Optional;

/**
 * Opens further connections to the database that several hubs share, for what is beside the
 * records: sessions, and a history. They neither wait for nor hold up the one that writes the
 * records, and are not bound to the right to write them. There are none where the records are in a
 * file.
 */
public final class SharedConnections {

  private final RecordsDatabase database;

  SharedConnections(RecordsDatabase database) {
    this.database = database;
  }

  /** Opens a pool, which the caller closes; no connection is made before it is needed. */
  public Optional<SharedPool> open(String name, int connections) {
    return database.shared(name, connections, false).map(SharedPool::new);
  }

  /** As {@link #open}, of connections that cannot write. */
  public Optional<SharedPool> openReaders(String name, int connections) {
    return database.shared(name, connections, true).map(SharedPool::new);
  }
}
