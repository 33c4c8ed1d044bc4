package org.linli.hub.history.questdb;

import io.questdb.cairo.CairoError;
import io.questdb.cairo.CairoException;
import io.questdb.cairo.ColumnType;
import io.questdb.cairo.TableReader;
import io.questdb.cairo.TableToken;
import io.questdb.cairo.TableUtils;
import io.questdb.cairo.TxReader;
import io.questdb.std.str.Utf8StringSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.linli.hub.history.HistoryUnavailableException;
import org.linli.hub.history.StoredPart;
import org.linli.hub.journal.HistoryParts.Part;

/**
 * The parts of all tables: their size on disk, and how they are dropped. A day is one part, over
 * all tables that have rows of it. Not safe for several threads, except for {@link #drop}.
 */
final class Parts {

  /** A file takes whole blocks of a disk. */
  private static final long BLOCK = 4096;

  /** What earlier runs left in the log, which may include drops. */
  private static final long EARLIER_RUNS = 1;

  /** A file that is being written is longer than its content until it is closed. */
  private static final Duration MEASURED_FOR = Duration.ofHours(1);

  private final Engine engine;
  private final Applier applier;

  /** By folder of a part, so that most checks measure only the parts that changed. */
  private Map<Path, Measured> measured = Map.of();

  private long measuredAt = System.nanoTime();

  private volatile long lastDrop = EARLIER_RUNS;

  /**
   * @param rows rows of the part when it was measured
   */
  private record Measured(long rows, long bytes) {}

  /** The size of a part over the tables. */
  private static final class Sum {
    private long events;
    private long bytes;
  }

  Parts(Engine engine, Applier applier) {
    this.engine = engine;
    this.applier = applier;
  }

  /** A part can lie in several folders of a table. */
  private record Piece(String name, Path folder, long rows) {}

  /** Returns the parts; none while something that was dropped may still be there. */
  List<StoredPart> stored() {
    if (!applier.isReadable(lastDrop)) {
      return List.of();
    }
    if (System.nanoTime() - measuredAt > MEASURED_FOR.toNanos()) {
      measuredAt = System.nanoTime();
      measured = Map.of();
    }
    Map<Part, Sum> sums = new HashMap<>();
    Map<Path, Measured> now = new HashMap<>();
    try {
      for (TableToken table : engine.tables()) {
        for (Piece piece : pieces(table)) {
          Measured size = measure(piece);
          now.put(piece.folder(), size);
          Sum sum =
              sums.computeIfAbsent(new Part(engine.isFar(table), piece.name()), _ -> new Sum());
          sum.bytes += size.bytes();
          sum.events += engine.isOfEvents(table) ? piece.rows() : 0;
        }
      }
    } catch (IOException | UncheckedIOException e) {
      throw new HistoryUnavailableException(
          "It cannot be seen what the history in %s takes: %s"
              .formatted(engine.folder(), e.getMessage()),
          e);
    }
    measured = now;
    return sums.entrySet().stream()
        .map(sum -> new StoredPart(sum.getKey(), sum.getValue().events, sum.getValue().bytes))
        .toList();
  }

  private List<Piece> pieces(TableToken table) {
    boolean far = engine.isFar(table);
    Path folder = engine.folder().resolve(table.getDirName());
    List<Piece> pieces = new ArrayList<>();
    try (TableReader reader = engine.cairo().getReader(table)) {
      TxReader transaction = reader.getTxFile();
      for (int i = 0; i < reader.getPartitionCount(); i++) {
        long begin = reader.getPartitionTimestampByIndex(i);
        Utf8StringSink name = new Utf8StringSink();
        TableUtils.setSinkForNativePartition(
            name,
            ColumnType.TIMESTAMP,
            reader.getPartitionedBy(),
            begin,
            transaction.getPartitionNameTxn(i));
        pieces.add(
            new Piece(
                Micros.part(transaction.getLogicalPartitionTimestamp(begin), far),
                folder.resolve(name.toString()),
                reader.getPartitionRowCountFromMetadata(i)));
      }
    } catch (CairoException | CairoError e) {
      throw engine.unreadable(e);
    }
    return pieces;
  }

  private Measured measure(Piece piece) throws IOException {
    Measured before = measured.get(piece.folder());
    if (before != null && before.rows() == piece.rows()) {
      return before;
    }
    long bytes = 0;
    try (Stream<Path> files = Files.list(piece.folder())) {
      for (Path file : files.toList()) {
        bytes += Math.ceilDiv(Files.size(file), BLOCK) * BLOCK;
      }
    } catch (NoSuchFileException isGone) {
      // The folder was rewritten meanwhile, and is measured the next time.
    }
    return new Measured(piece.rows(), bytes);
  }

  /**
   * Drops the parts from all tables that have rows of them. To be called only while nothing is
   * written.
   */
  void drop(Collection<Part> parts) {
    for (TableToken table : engine.tables()) {
      Set<String> there =
          pieces(table).stream().map(Piece::name).collect(Collectors.toUnmodifiableSet());
      String names =
          parts.stream()
              .filter(part -> part.far() == engine.isFar(table) && there.contains(part.name()))
              .map(part -> "'" + part.name() + "'")
              .collect(Collectors.joining(", "));
      if (!names.isEmpty()) {
        engine.execute(
            "ALTER TABLE %s DROP PARTITION LIST %s".formatted(table.getTableName(), names));
        lastDrop = applier.committed();
      }
    }
  }
}
