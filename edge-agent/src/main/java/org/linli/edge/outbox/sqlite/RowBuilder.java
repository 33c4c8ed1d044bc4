package org.linli.edge.outbox.sqlite;

import java.util.ArrayList;
import java.util.List;
import org.linli.event.TakenEvent;

/** Collects one lane's events of a group into rows that are small enough for a batch. */
final class RowBuilder {

  private static final int ROW_EVENTS = 1_000;
  private static final int ROW_BYTES = 256 * 1024;

  private final List<Row> rows = new ArrayList<>();
  private final List<TakenEvent> events = new ArrayList<>();
  private int bytes;

  void add(TakenEvent event, int itsBytes) {
    if (!events.isEmpty() && (events.size() == ROW_EVENTS || bytes + itsBytes > ROW_BYTES)) {
      endRow();
    }
    events.add(event);
    bytes += itsBytes;
  }

  private void endRow() {
    rows.add(Row.of(events));
    events.clear();
    bytes = 0;
  }

  List<Row> rows() {
    if (!events.isEmpty()) {
      endRow();
    }
    return rows;
  }
}
