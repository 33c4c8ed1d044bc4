package org.linli.edge.outbox.sqlite;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linli.edge.outbox.OutboxSettings;
import org.linli.program.folder.DataFolder;
import org.linli.program.folder.OpenedFile;
import org.linli.program.folder.OwnerOnly;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;

/**
 * {@code outbox.db} with its two connections. One writes, in WAL mode with {@code
 * synchronous=FULL}, so that each COMMIT is one fsync. The other reads without waiting for it.
 */
final class OutboxDatabase implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(OutboxDatabase.class);

  private static final byte[] SQLITE_MAGIC =
      "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
  private static final String FILE = "outbox.db";
  private static final int HEADER_LENGTH = 100;
  private static final int RESERVED_OFFSET = 20;
  private static final int USER_VERSION_OFFSET = 60;
  private static final int APPLICATION_ID_OFFSET = 68;

  private static final int PAGES_BETWEEN_CHECKPOINTS = 1_000;
  private static final int INCREMENTAL = 2;

  private static final String LOG_SUFFIX = "-wal";

  /**
   * Files that SQLite keeps beside a database. Those of a deleted database must not be used for a
   * new one.
   */
  private static final List<String> BESIDE = List.of("-journal", LOG_SUFFIX, "-shm");

  /** A larger file is not rewritten at opening only to make it shrinkable. */
  private static final long LARGEST_REWRITTEN = 64L * 1024 * 1024;

  /** Files that a gateway creates after its outbox. */
  private static final List<String> LATER = List.of("outbox.reserve", "registry");

  private final Path file;
  private final OutboxSettings settings;
  private Connection writer;
  private final Connection reader;

  /** The file and its write-ahead log, which the reader keeps open. */
  private final List<OpenedFile> opened;

  private OutboxDatabase(Path file, OutboxSettings settings, Connection writer, Connection reader)
      throws IOException {
    this.file = file;
    this.settings = settings;
    this.writer = writer;
    this.reader = reader;
    this.opened = List.of(new OpenedFile(file), new OpenedFile(Path.of(file + LOG_SUFFIX)));
  }

  /**
   * Opens the file, creates it if it is missing, and migrates its tables to the present version.
   *
   * @throws OutboxNotOpenedException when the file is something else or of a newer version, in
   *     which case it is not changed; or when the disk refuses
   */
  static OutboxDatabase open(DataFolder folder, OutboxSettings settings) {
    Path file = folder.resolve(FILE);
    @Nullable Connection writer = null;
    boolean opened = false;
    try {
      if (!Files.exists(file) || Files.size(file) == 0) {
        make(folder);
      }
      inspect(file);
      writer = connect(file);
      requireKnownSize(writer, file);
      makeShrinkable(writer, file);
      migrate(writer);
      execute(writer, "PRAGMA journal_mode = WAL");
      limitLog(writer, settings);
      Connection reader = connect(file);
      execute(reader, "PRAGMA query_only = ON");
      // SQLite opens the log at the first read.
      number(reader, "SELECT count(*) FROM sqlite_schema");
      folder.sync();
      OutboxDatabase database = new OutboxDatabase(file, settings, writer, reader);
      opened = true;
      return database;
    } catch (SQLException | IOException e) {
      throw notOpened(file, e.getMessage());
    } finally {
      if (!opened) {
        closeQuietly(writer);
      }
    }
  }

  /**
   * Creates the file under another name and renames it when it is complete and on disk, so that
   * neither a power cut nor a disk error leaves half an outbox.
   */
  private static void make(DataFolder folder) throws SQLException, IOException {
    Path file = folder.resolve(FILE);
    tellOfAnEarlierOne(folder);
    Path made = Path.of(file + ".new");
    for (Path stale : List.of(file, made)) {
      for (String suffix : BESIDE) {
        Files.deleteIfExists(Path.of(stale + suffix));
      }
    }
    Files.deleteIfExists(made);
    // The files that SQLite creates have the permissions of the database file.
    OwnerOnly.create(made);
    try (Connection connection = connect(made)) {
      execute(connection, "PRAGMA auto_vacuum = INCREMENTAL");
      migrate(connection);
      // The tables are created before WAL mode, so that the header on disk is complete at once.
      execute(connection, "PRAGMA journal_mode = WAL");
    }
    Files.move(made, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    folder.sync();
  }

  /** Warns about events that may be lost. The hub notices the new outbox by its epoch. */
  private static void tellOfAnEarlierOne(DataFolder folder) {
    List<Path> left = LATER.stream().map(folder::resolve).filter(Files::exists).toList();
    if (!left.isEmpty()) {
      log.atWarn()
          .addKeyValue("found", left)
          .log(
              "outbox.db is missing or empty where this gateway has run before; it begins anew, and"
                  + " events that waited in the earlier one are lost unless it is put back from a"
                  + " copy before the next start");
    }
  }

  /** On a full disk the log must fit into the space that the reserve leaves. */
  private static void limitLog(Connection writer, OutboxSettings settings) throws SQLException {
    long bytes = settings.logBytes();
    long pages =
        Math.min(bytes, settings.reserve().toBytes()) / 2 / number(writer, "PRAGMA page_size");
    execute(writer, "PRAGMA journal_size_limit = " + bytes);
    execute(
        writer, "PRAGMA wal_autocheckpoint = " + Math.clamp(pages, 1, PAGES_BETWEEN_CHECKPOINTS));
  }

  /** A file without incremental vacuum never gives empty pages back to the file system. */
  private static void makeShrinkable(Connection writer, Path file)
      throws SQLException, IOException {
    if (number(writer, "PRAGMA auto_vacuum") == INCREMENTAL) {
      return;
    }
    if (Files.size(file) > LARGEST_REWRITTEN) {
      log.atWarn()
          .addKeyValue("file", file)
          .log("the outbox cannot shrink: let it run empty, stop the agent and delete the file");
      return;
    }
    execute(writer, "PRAGMA auto_vacuum = INCREMENTAL");
    execute(writer, "VACUUM");
  }

  /**
   * The number of empty pages decides how many events are given up, so it is checked for damage.
   */
  private static void requireKnownSize(Connection writer, Path file) throws SQLException {
    long empty = number(writer, "PRAGMA freelist_count");
    if (empty < 0 || empty > number(writer, "PRAGMA page_count")) {
      throw notOpened(file, "its header is damaged, it counts " + empty + " empty pages");
    }
  }

  static OutboxNotOpenedException notOpened(Path file, @Nullable String why) {
    return new OutboxNotOpenedException(
        "The outbox " + file + " cannot be opened: " + why + ".",
        "Check the disk. If the file itself is damaged, move it away together with its -wal and"
            + " keep both: the agent then begins a new one.");
  }

  /** Reads the header with plain file access, so that a file of another program stays unchanged. */
  private static void inspect(Path file) throws IOException {
    byte[] header = new byte[HEADER_LENGTH];
    int length;
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      length = in.readNBytes(header, 0, HEADER_LENGTH);
    }
    ByteBuffer fields = ByteBuffer.wrap(header);
    boolean isSqlite =
        length == HEADER_LENGTH
            && fields.slice(0, SQLITE_MAGIC.length).equals(ByteBuffer.wrap(SQLITE_MAGIC));
    boolean isOurs = isSqlite && fields.getInt(APPLICATION_ID_OFFSET) == Schema.APPLICATION_ID;
    int version = fields.getInt(USER_VERSION_OFFSET);
    boolean isDamaged = version < 1 || fields.get(RESERVED_OFFSET) != 0;
    boolean isKnown = isOurs && !isDamaged && version <= Schema.VERSION;
    if (isKnown || isKnownByItsLog(file)) {
      return;
    }
    if (!isSqlite) {
      throw new OutboxNotOpenedException(
          "The file " + file + " is no SQLite database.", moveItAway());
    }
    if (!isOurs) {
      throw new OutboxNotOpenedException(
          "The file " + file + " is a SQLite database, but not the outbox of a Linli agent.",
          moveItAway());
    }
    if (isDamaged) {
      throw notOpened(file, "its header is damaged");
    }
    throw new OutboxNotOpenedException(
        "The outbox "
            + file
            + " was written by a newer agent: it has version "
            + version
            + ", this agent knows versions up to "
            + Schema.VERSION
            + ".",
        "Start the newer agent again; it was left as it is.");
  }

  /**
   * Whether the write-ahead log has a valid first page: power may have failed while it was copied
   * into the file. SQLite reads the page from the log, without writing.
   */
  private static boolean isKnownByItsLog(Path file) throws IOException {
    Path log = Path.of(file + LOG_SUFFIX);
    if (!Files.exists(log) || Files.size(log) == 0) {
      return false;
    }
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    try (Connection connection = config.createConnection("jdbc:sqlite:" + file)) {
      long version = number(connection, "PRAGMA user_version");
      return number(connection, "PRAGMA application_id") == Schema.APPLICATION_ID
          && version >= 1
          && version <= Schema.VERSION;
    } catch (SQLException e) {
      return false;
    }
  }

  private static String moveItAway() {
    return "Move it away, or set linli.data (LINLI_DATA) to another folder; it was left as it is.";
  }

  private static Connection connect(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    // Otherwise the driver compiles and runs a query for the key of each row that is inserted.
    config.setGetGeneratedKeys(false);
    Connection connection = config.createConnection("jdbc:sqlite:" + file);
    execute(connection, "PRAGMA busy_timeout = 5000");
    execute(connection, "PRAGMA foreign_keys = ON");
    execute(connection, "PRAGMA synchronous = FULL");
    return connection;
  }

  private static void migrate(Connection connection) throws SQLException {
    long version = number(connection, "PRAGMA user_version");
    if (version == Schema.VERSION) {
      return;
    }
    if (version == 0) {
      migrate(connection, version);
      return;
    }
    log.atInfo()
        .addKeyValue("from", version)
        .addKeyValue("to", Schema.VERSION)
        .log("the outbox of an earlier agent is brought to the version of this one");
    new OpeningProgress("it is brought from version " + version + " to " + Schema.VERSION)
        .during(connection, () -> migrate(connection, version));
  }

  /** Migrates in one transaction, so that a crash leaves the file as it was. */
  private static void migrate(Connection connection, long version) throws SQLException {
    execute(connection, "BEGIN IMMEDIATE");
    for (int from = (int) version; from < Schema.VERSION; from++) {
      for (String statement : Schema.MIGRATIONS.get(from)) {
        execute(connection, statement);
      }
    }
    execute(connection, "PRAGMA application_id = " + Schema.APPLICATION_ID);
    execute(connection, "PRAGMA user_version = " + Schema.VERSION);
    execute(connection, "COMMIT");
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return result.next() ? result.getLong(1) : 0;
    }
  }

  Path file() {
    return file;
  }

  /**
   * Whether written data can be read after the next start: false if the file or its log was
   * deleted, moved or replaced.
   */
  boolean isStillThere() {
    return opened.stream().allMatch(OpenedFile::isStillThere);
  }

  /** The connection that writes, for the writer thread and for closing. */
  Connection writer() {
    return writer;
  }

  /**
   * Rolls back any transaction of the writing connection, and opens a new connection. Needed after
   * every failure: the driver closes a prepared statement for good when the disk refuses it.
   */
  void reopenWriter() throws SQLException {
    closeQuietly(writer);
    writer = connect(file);
    limitLog(writer, settings);
  }

  Connection reader() {
    return reader;
  }

  /** Number of empty pages in the file. */
  long freePages() throws SQLException {
    return number(writer, "PRAGMA freelist_count");
  }

  /** Gives at most {@code pages} empty pages back to the file system. */
  void giveBack(int pages) throws SQLException {
    try (Statement statement = writer.createStatement()) {
      // executeUpdate runs to the end; execute would stop after the first page.
      statement.executeUpdate("PRAGMA incremental_vacuum(" + pages + ")");
    }
  }

  /** Copies the write-ahead log into the file and closes both connections. */
  @Override
  public void close() throws SQLException {
    reader.close();
    try {
      execute(writer, "PRAGMA wal_checkpoint(TRUNCATE)");
    } finally {
      writer.close();
    }
  }

  private static void closeQuietly(@Nullable Connection connection) {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        // The first failure is the one that is reported.
      }
    }
  }
}
