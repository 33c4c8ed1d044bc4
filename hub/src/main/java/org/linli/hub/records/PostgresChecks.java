package org.linli.hub.records;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out, at the start of the hub and before anything is written, whether a PostgreSQL database
 * can have the records, and says in a sentence why not.
 */
final class PostgresChecks {

  /**
   * Waits for the lock that a session has to hold while it writes, for as long as {@code
   * lock_timeout} says. The number is "LINL" and the schema's own.
   */
  static final String ONE_HUB =
      """
      SELECT pg_advisory_lock(1279872588 * 4294967296 + oid::bigint)
      FROM pg_namespace WHERE nspname = current_schema()
      """;

  private static final Logger LOG = LoggerFactory.getLogger(PostgresChecks.class);

  private static final int OLDEST = 150_000;
  private static final int TO_MAJOR = 10_000;

  /** Collations of the C library that order texts by their bytes. */
  private static final Set<String> BY_BYTES = Set.of("C", "POSIX", "C.UTF-8", "C.UTF8");

  private static final String OF_C_LIBRARY = "c";

  private static final String OF_ICU = "i";

  /** Since version 17. All of them order texts by their bytes. */
  private static final String OF_POSTGRESQL = "b";

  private static final String SERVER =
      """
      SELECT current_setting('server_version_num')::int, current_setting('server_version'),
        current_setting('fsync'), current_setting('transaction_read_only'), current_schema()
      """;

  private static final String DATABASE =
      """
      SELECT pg_encoding_to_char(encoding), datcollate, datlocprovider::text FROM pg_database
      WHERE datname = current_database()
      """;

  /**
   * Counts all tables but the history of the migration, and those by which a hub's are known. A hub
   * that was killed in its first seconds leaves the history alone.
   */
  private static final String TABLES =
      """
      SELECT COUNT(*) FILTER (WHERE tablename <> 'flyway_schema_history'),
        COUNT(*) FILTER (WHERE tablename IN ('flyway_schema_history', 'watermark')),
        has_schema_privilege(current_schema(), 'CREATE')
      FROM pg_tables WHERE schemaname = current_schema()
      """;

  private static final int OF_LINLI = 2;

  private static final String UNFINISHED_MOVE =
      """
      SELECT COUNT(*) = 1 FROM pg_tables
      WHERE schemaname = current_schema() AND tablename = '%s'
      """
          .formatted(RecordsPlace.UNFINISHED_MOVE);

  private static final String NAMES =
      "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = current_schema()";

  /** Whether the schema has a hub's tables. */
  static final String HAS_RECORDS =
      """
      SELECT COUNT(*) = 2 FROM pg_tables
      WHERE schemaname = current_schema() AND tablename IN ('flyway_schema_history', 'watermark')
      """;

  private final DatabaseAddress address;
  private final DataSource connections;

  PostgresChecks(DatabaseAddress address, DataSource connections) {
    this.address = address;
    this.connections = connections;
  }

  /**
   * Checks everything.
   *
   * @return whether there are no records in it yet
   * @throws RecordsUnavailableException when it cannot have the records
   */
  boolean areNew() {
    try (Connection connection = connections.getConnection();
        Statement statement = connection.createStatement()) {
      checkServer(statement);
      checkDatabase(statement);
      boolean isNew = checkTables(statement);
      checkOthers(statement);
      return isNew;
    } catch (SQLException e) {
      throw PostgresRefusal.of(address, e);
    }
  }

  private void checkServer(Statement statement) throws SQLException {
    try (ResultSet server = statement.executeQuery(SERVER)) {
      server.next();
      String version = server.getString(2);
      if (server.getInt(1) < OLDEST) {
        throw new RecordsUnavailableException(
            "PostgreSQL at %s is of version %s, which is too old."
                .formatted(address.servers(), version),
            "Set LINLI_DATABASE_URL to a server of version " + OLDEST / TO_MAJOR + " or later.");
      }
      if (isOn(server.getString(4))) {
        throw new RecordsUnavailableException(
            "The database %s can only be read: its server is a copy of another one, or has default_transaction_read_only set."
                .formatted(address),
            "Set LINLI_DATABASE_URL to the server that takes writes.");
      }
      if (server.getString(5) == null) {
        throw new RecordsUnavailableException(
            "The schema that LINLI_DATABASE_URL names does not exist in database %s."
                .formatted(address),
            "Create it with CREATE SCHEMA, or remove currentSchema from LINLI_DATABASE_URL.");
      }
      if (!isOn(server.getString(3))) {
        LOG.atError()
            .addKeyValue("server", address.servers())
            .log(
                "PostgreSQL runs with fsync = off: a power cut there can destroy records that were"
                    + " confirmed; turn it on");
      }
      LOG.atInfo()
          .addKeyValue("version", version)
          .addKeyValue("database", address)
          .addKeyValue("schema", server.getString(5))
          .log("the records are in PostgreSQL");
    }
  }

  private static boolean isOn(@Nullable String setting) {
    return "on".equals(setting);
  }

  private void checkDatabase(Statement statement) throws SQLException {
    try (ResultSet database = statement.executeQuery(DATABASE)) {
      database.next();
      String encoding = database.getString(1);
      String collation = database.getString(2);
      String provider = database.getString(3);
      boolean byBytes =
          OF_POSTGRESQL.equals(provider)
              || OF_C_LIBRARY.equals(provider)
                  && BY_BYTES.contains(collation.toUpperCase(Locale.ROOT));
      if (!"UTF8".equals(encoding) || !byBytes) {
        throw new RecordsUnavailableException(
            "The database %s has encoding %s and collation %s; the records need UTF8 and C."
                .formatted(address, encoding, OF_ICU.equals(provider) ? "one of ICU" : collation),
            "Neither can be changed. Create another database and name it in LINLI_DATABASE_URL: "
                + PostgresRefusal.create(address, address.database() + "_c"));
      }
    }
  }

  private boolean checkTables(Statement statement) throws SQLException {
    if (isUnfinishedMove(statement)) {
      throw new RecordsUnavailableException(
          "Moving records into database %s was cut off.".formatted(address),
          "Run hub.jar move again, or empty the database.");
    }
    try (ResultSet tables = statement.executeQuery(TABLES)) {
      tables.next();
      int all = tables.getInt(1);
      if (all > 0 && tables.getInt(2) < OF_LINLI) {
        throw new RecordsUnavailableException(
            "The database %s has tables, but not those of a Linli hub.".formatted(address),
            "Give the hub a database of its own, or a schema: add ?currentSchema=NAME to"
                + " LINLI_DATABASE_URL. This one was left as it is.");
      }
      if (all == 0 && !tables.getBoolean(3)) {
        throw new RecordsUnavailableException(
            "The user '%s' may not create tables in database %s."
                .formatted(address.user(), address),
            "Make that user the owner: ALTER DATABASE \"%s\" OWNER TO \"%s\"."
                .formatted(address.database(), address.user()));
      }
      return all == 0;
    }
  }

  static boolean isUnfinishedMove(Statement statement) throws SQLException {
    try (ResultSet found = statement.executeQuery(UNFINISHED_MOVE)) {
      return found.next() && found.getBoolean(1);
    }
  }

  /** Takes away all tables of the schema at once. */
  static void dropTables(Statement statement) throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet tables = statement.executeQuery(NAMES)) {
      while (tables.next()) {
        names.add(tables.getString(1));
      }
    }
    statement.execute("DROP TABLE " + String.join(", ", names));
  }

  /** The lock ends with this connection. */
  private static void checkOthers(Statement statement) throws SQLException {
    statement.execute(ONE_HUB);
  }

  /** Returns a connection with the lock that keeps hubs away. */
  static Connection locked(DataSource source) throws SQLException {
    Connection connection = source.getConnection();
    try (Statement statement = connection.createStatement()) {
      checkOthers(statement);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }
}
