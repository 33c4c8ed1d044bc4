package org.linli.hub.records;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.flywaydb.core.Flyway;
import org.linli.program.folder.DataFolder;
import org.linli.program.thread.LivingThreads;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The hub's real records in a folder of a test's own, with every migration, without Spring. */
public final class TestRecords implements AutoCloseable {

  private final DataFolder folder;
  private final HikariDataSource writer;
  private final RecordsReader reader;
  private final SharedConnections shared;
  private final JdbcClient client;
  private final TransactionTemplate transactions;
  private final AtomicLong running = new AtomicLong();
  private final RunningTime runningTime;
  private volatile Runnable onCommitted = () -> {};
  private String refused = "";

  public TestRecords(Path path) {
    folder = DataFolder.claim(path, RecordsConfiguration.OWNER);
    RecordsDatabase database = TestDatabase.open(folder.path());
    writer = database.writer();
    new KnownSchema(database)
        .migrate(
            Flyway.configure().dataSource(database.migrations(writer)).outOfOrder(true).load());
    reader = new RecordsReader(database.readers());
    shared = new SharedConnections(database);
    client = JdbcClient.create(writer);
    transactions =
        new TransactionTemplate(new RecordsTransactions(writer, watched(database.commitCheck())));
    Clock clock = Clock.systemUTC();
    runningTime = new RunningTime(client, clock, running::get, _ -> {}, new LivingThreads(clock));
  }

  private CommitCheck watched(CommitCheck check) {
    return new CommitCheck() {
      @Override
      public void before(Connection connection, boolean readOnly) {
        check.before(connection, readOnly);
      }

      @Override
      public void after(boolean readOnly) {
        check.after(readOnly);
        onCommitted.run();
      }
    };
  }

  /**
   * Runs after each commit, before anybody learns of it. What it throws comes to the caller as
   * where a connection breaks while the database commits: what was written is there.
   */
  public void onCommitted(Runnable action) {
    onCommitted = action;
  }

  public DataFolder folder() {
    return folder;
  }

  /** Makes what is committed the records of another folder too. */
  public void copyTo(Path other) {
    TestDatabase.copy(folder.path(), other);
  }

  /**
   * Has the records refuse rows, as a defect would.
   *
   * @param action {@code INSERT}, {@code UPDATE} or {@code DELETE}
   * @param when condition on the row, such as {@code NEW.device = 'door-1'}
   */
  public void refuse(String action, String table, String when) {
    String trigger = "CREATE TRIGGER refused BEFORE %s ON %s ".formatted(action, table);
    if (!TestDatabase.isPostgresql()) {
      client
          .sql(trigger + "WHEN %s BEGIN SELECT RAISE(ABORT, 'refused'); END".formatted(when))
          .update();
    } else {
      client
          .sql(
              """
              CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql
              AS 'BEGIN RAISE EXCEPTION ''refused''; END'
              """)
          .update();
      client
          .sql(trigger + "FOR EACH ROW WHEN (%s) EXECUTE FUNCTION refuse()".formatted(when))
          .update();
    }
    refused = table;
  }

  /** Has them take again what {@link #refuse} said. */
  public void takeAgain() {
    client
        .sql("DROP TRIGGER refused" + (TestDatabase.isPostgresql() ? " ON " + refused : ""))
        .update();
  }

  /** How long the hub has run, which {@link #runs} moves on. */
  public RunningTime runningTime() {
    return runningTime;
  }

  /** The hub runs on for so long. */
  public void runs(Duration time) {
    running.addAndGet(time.toNanos());
  }

  public JdbcClient client() {
    return client;
  }

  public JdbcTemplate jdbc() {
    return new JdbcTemplate(writer);
  }

  public TransactionTemplate transactions() {
    return transactions;
  }

  public RecordsReader reader() {
    return reader;
  }

  public SharedConnections shared() {
    return shared;
  }

  public CommunityRecords ofCommunities() {
    return new CommunityRecords(jdbc(), reader);
  }

  /** Of a machine that has no ids for its boots. */
  public PowerRecord power() {
    return new PowerRecord(
        client,
        new RecordsSettings(
            folder.path(),
            null,
            null,
            null,
            null,
            Duration.ofSeconds(5),
            folder.resolve("no-boot-id"),
            new RecordsSettings.AtStart(null)));
  }

  @Override
  public void close() {
    reader.close();
    writer.close();
    try {
      folder.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
