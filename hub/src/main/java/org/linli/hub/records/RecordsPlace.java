package org.linli.hub.records;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.linli.program.folder.DataFolder;
import org.linli.program.settings.FilePathEditor;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * The records that the settings name, for a command that works on them without starting a hub. The
 * settings are those of the hub: variables, and {@code application.yml} in the working directory.
 */
public final class RecordsPlace {

  /** A table that PostgreSQL has while records are being moved there. No hub starts beside it. */
  public static final String UNFINISHED_MOVE = "unfinished_move";

  /** How long a command waits where the hub holds the database. */
  private static final Duration WAIT = Duration.ofSeconds(30);

  private static final List<String> ONLY_READS =
      List.of(
          "lock_timeout=" + WAIT.toMillis(),
          "default_transaction_read_only=on",
          "default_transaction_isolation=repeatable read");

  private final Path folder;
  private final @Nullable DatabaseAddress address;

  private RecordsPlace(Path folder, @Nullable DatabaseAddress address) {
    this.folder = folder;
    this.address = address;
  }

  /**
   * @param variables the variables of the process
   * @throws RecordsUnavailableException when a setting cannot be used
   */
  public static RecordsPlace ofSettings(Map<String, String> variables) {
    StandardEnvironment environment = new StandardEnvironment();
    String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
    environment
        .getPropertySources()
        .replace(name, new SystemEnvironmentPropertySource(name, Map.copyOf(variables)));
    ConfigDataEnvironmentPostProcessor.applyTo(environment);
    RecordsSettings settings = bound(environment);
    return new RecordsPlace(settings.data().toAbsolutePath().normalize(), settings.database());
  }

  private static RecordsSettings bound(StandardEnvironment environment) {
    try {
      return new Binder(
              ConfigurationPropertySources.get(environment),
              new PropertySourcesPlaceholdersResolver(environment),
              null,
              editors -> editors.registerCustomEditor(Path.class, new FilePathEditor()))
          .bindOrCreate("linli", RecordsSettings.class);
    } catch (BindException e) {
      throw new RecordsUnavailableException(
          "A setting cannot be used: %s."
              .formatted(NestedExceptionUtils.getMostSpecificCause(e).getMessage()),
          "Correct it as for the hub; docs/configuration.md explains each.",
          e);
    }
  }

  /** Returns the hub's data folder, as an absolute path. */
  public Path folder() {
    return folder;
  }

  /**
   * Opens a connection that can only read. What it reads within a transaction is of one moment,
   * whatever a running hub writes meanwhile.
   *
   * @throws RecordsUnavailableException when there are no records, or they cannot be opened
   */
  public Connection read() {
    try {
      Connection connection = source().getConnection();
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  /**
   * Opens a connection that writes.
   *
   * @param file which file, for SQLite; with PostgreSQL the connection holds the lock of a hub
   * @throws RecordsUnavailableException when it cannot be opened, or a hub has the database
   */
  public Connection write(Path file) {
    if (address == null) {
      try {
        return new SqliteFile(file, WAIT).writing().getConnection();
      } catch (SQLException e) {
        throw unavailable(e);
      }
    }
    PGSimpleDataSource source = address.connections(PostgresDatabase.OF_ALL);
    source.setSocketTimeout(0);
    try {
      return PostgresChecks.locked(source);
    } catch (SQLException e) {
      throw PostgresRefusal.of(address, e);
    }
  }

  public boolean isPostgresql() {
    return address != null;
  }

  /**
   * Takes the data folder, as a hub does.
   *
   * @throws org.linli.program.folder.DataFolderRefusedException while a hub runs
   */
  public DataFolder claim() {
    return DataFolder.claim(folder, RecordsConfiguration.OWNER);
  }

  /**
   * Returns whether there are records, or something that a hub keeps beside them.
   *
   * @throws RecordsUnavailableException when the database cannot have records
   */
  public boolean hasRecords() {
    boolean isNew =
        address == null
            || new PostgresChecks(address, address.connections(PostgresDatabase.OF_ALL)).areNew();
    return !isNew || MissingRecords.isHubs(file());
  }

  /**
   * Returns whether the PostgreSQL database has no records.
   *
   * @throws RecordsUnavailableException when it cannot have any
   */
  public boolean isEmptyDatabase() {
    return new PostgresChecks(ofPostgresql(), ofPostgresql().connections(PostgresDatabase.OF_ALL))
        .areNew();
  }

  /** Takes away what a move into the PostgreSQL database left that was cut off, if there is one. */
  public void forgetUnfinishedMove() throws SQLException {
    try (Connection connection = write(file());
        Statement statement = connection.createStatement()) {
      if (PostgresChecks.isUnfinishedMove(statement)) {
        PostgresChecks.dropTables(statement);
      }
    }
  }

  /**
   * Makes the tables of this version in the PostgreSQL database, together with the one that keeps
   * hubs away.
   */
  public void makeTablesOfAMove() {
    Flyway.configure()
        .dataSource(ofPostgresql().connections(PostgresDatabase.OF_ALL))
        .outOfOrder(true)
        .callbacks(new TableOfAMove())
        .load()
        .migrate();
  }

  private DatabaseAddress ofPostgresql() {
    if (address == null) {
      throw new IllegalStateException("the records are in SQLite");
    }
    return address;
  }

  /**
   * Returns the variables by which PostgreSQL's own programs find the database and are let in. They
   * have the password: nobody else may see them.
   */
  public Map<String, String> programVariables() {
    return address == null ? Map.of() : address.variables();
  }

  /** Returns how the records differ from those of this version, by their steps. */
  public SchemaState schema() {
    return SchemaState.of(
        Flyway.configure()
            .dataSource(source())
            .loggers("slf4j")
            .outOfOrder(true)
            .load()
            .info()
            .all());
  }

  /** Returns what the database finds wrong with its own files, one sentence each. */
  public List<String> damage(Connection connection) {
    return address == null ? SqliteChecks.damage(connection) : List.of();
  }

  private DataSource source() {
    if (address == null) {
      requireFile();
      return new SqliteFile(file(), WAIT).reading();
    }
    PGSimpleDataSource source = address.connections(ONLY_READS);
    // A check of a large table takes as long as it takes.
    source.setSocketTimeout(0);
    requireTables(source, address);
    return source;
  }

  private void requireFile() {
    try {
      if (!Files.exists(file()) || Files.size(file()) == 0) {
        throw new RecordsUnavailableException(
            "There are no records: %s is missing or empty.".formatted(file()),
            "Set LINLI_DATA to the hub's data folder, or LINLI_DATABASE_URL if PostgreSQL has"
                + " them.");
      }
    } catch (IOException e) {
      throw new RecordsUnavailableException(
          "The records file %s cannot be read (%s).".formatted(file(), e.getMessage()),
          "Run this as the hub's user or as root.",
          e);
    }
  }

  private static void requireTables(DataSource source, DatabaseAddress address) {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(PostgresChecks.HAS_RECORDS)) {
      if (!found.next() || !found.getBoolean(1)) {
        throw new RecordsUnavailableException(
            "There are no records in database %s.".formatted(address),
            "Set LINLI_DATABASE_URL to the database of the hub, with its currentSchema if it has"
                + " one.");
      }
    } catch (SQLException e) {
      throw PostgresRefusal.of(address, e);
    }
  }

  private RecordsUnavailableException unavailable(SQLException e) {
    return address == null
        ? new RecordsUnavailableException(
            "The records file %s cannot be opened (%s).".formatted(file(), e.getMessage()),
            "Check the disk, and run this as the hub's user or as root.",
            e)
        : PostgresRefusal.of(address, e);
  }

  private Path file() {
    return folder.resolve(SqliteFile.NAME);
  }

  /** Returns the file, or host, port and database; never anything secret. */
  @Override
  public String toString() {
    return address == null ? file().toString() : address.toString();
  }
}
