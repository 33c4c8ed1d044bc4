package org.linli.edge.outbox.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.linli.edge.outbox.DeadLetter;
import org.linli.edge.outbox.DeadLetterCount;
import org.linli.edge.outbox.DeadLetterQuery;
import org.linli.edge.outbox.Losses;
import org.linli.edge.outbox.OutboxUnavailableException;
import org.linli.event.GatewayId;
import org.linli.event.Lane;

/** All reads of {@code outbox.db} beside the writer, one at a time. */
final class OutboxReader {

  private final OutboxDatabase database;
  private final Map<Lane, RowReader> rows = new EnumMap<>(Lane.class);

  OutboxReader(OutboxDatabase database, GatewayId gateway) throws SQLException {
    this.database = database;
    for (Lane lane : Lane.values()) {
      rows.put(lane, new RowReader(database.reader(), gateway, lane));
    }
  }

  @FunctionalInterface
  private interface Question<T> {
    T ask(Connection reader) throws SQLException;
  }

  RowReader.Found find(Lane lane, long after, int maxEvents) {
    return ask(reader -> rows(lane).find(after, maxEvents));
  }

  List<DeadLetter> deadLetters(DeadLetterQuery query) {
    return ask(reader -> DeadLetterTable.newest(reader, query));
  }

  DeadLetterCount deadLetterCount(long inAll) {
    return ask(reader -> DeadLetterTable.count(reader, inAll));
  }

  Losses losses(int most) {
    return ask(reader -> DeviceLosses.read(reader, most));
  }

  Map<Lane, Instant> oldestWaiting() {
    return ask(
        reader -> {
          Map<Lane, Instant> oldest = new EnumMap<>(Lane.class);
          for (Lane lane : Lane.values()) {
            long at = rows(lane).oldestAt();
            if (at > 0) {
              oldest.put(lane, Instant.ofEpochMilli(at));
            }
          }
          return oldest;
        });
  }

  private RowReader rows(Lane lane) {
    RowReader reader = rows.get(lane);
    if (reader == null) {
      throw new IllegalStateException("there is a reader for every lane");
    }
    return reader;
  }

  private <T> T ask(Question<T> question) {
    synchronized (database.reader()) {
      try {
        return question.ask(database.reader());
      } catch (SQLException e) {
        throw new OutboxUnavailableException(DiskTrouble.sentence(database.file(), e), e);
      }
    }
  }
}
