package org.linli.hub.records;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The database of the hub's records, and what is its own: how it is opened, how a commit is checked
 * and what a person does about it. Statements are common to all databases and know none of them.
 */
interface RecordsDatabase {

  /**
   * Opens the one connection that writes. There is never a second one: what is kept in memory
   * beside the records follows the commits because only one transaction at a time has this
   * connection.
   */
  HikariDataSource writer();

  /** Opens connections that can only read; none is opened before it is needed. */
  HikariDataSource readers();

  /** Opens connections for {@link SharedConnections}; empty if a file does. */
  Optional<HikariDataSource> shared(String name, int connections, boolean readOnly);

  /**
   * Returns where the migration gets its connections, at the start.
   *
   * @param writer what {@link #writer} opened
   */
  DataSource migrations(DataSource writer);

  /** Returns what is checked at each commit of {@link #writer}. */
  CommitCheck commitCheck();

  /** Returns what several hubs agree by which of them writes; empty if there can only be one. */
  Optional<HubLease> lease();

  /** Returns whether it can be reached now. */
  Availability availability();

  /** Returns what a person does if the records cannot be brought to this version. */
  String remedy();
}
