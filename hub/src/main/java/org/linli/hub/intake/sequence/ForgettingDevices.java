package org.linli.hub.intake.sequence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.linli.event.DeviceId;
import org.linli.event.GatewayId;
import org.linli.hub.records.RecordsReader;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Bounds the table of devices' newest events. When a gateway exceeds its limit by a sixteenth, the
 * devices first heard from longest ago are forgotten, except those registered with the gateway: a
 * few with each commit, down to the limit. Used by one thread at a time.
 */
final class ForgettingDevices {

  private static final int LEAST_AT_ONCE = 1_000;
  private static final int READ_AT_ONCE = 500;

  /** Rows examined in one commit, whether or not they may be forgotten. */
  private static final int MOST_LOOKED_AT = 20_000;

  private static final String HEARD_FIRST =
      """
      SELECT number, device FROM device_order
      WHERE gateway = ? AND (number, device) > (?, ?) ORDER BY number, device LIMIT ?
      """;

  private static final Cursor BEGINNING = new Cursor(-1, "");

  private final JdbcTemplate writer;
  private final RecordsReader reader;
  private final BiPredicate<GatewayId, DeviceId> registered;
  private final int most;
  private final Map<GatewayId, State> states = new HashMap<>();

  /** A position in the order in which devices were first heard. */
  record Cursor(long number, String device) {}

  /**
   * The state of one gateway.
   *
   * @param kept consecutive rows found before {@code next} that must not be forgotten
   */
  record State(long rows, boolean sweeping, Cursor next, long kept) {}

  /**
   * What was deleted in a transaction.
   *
   * @param begins whether nothing was forgotten just before
   */
  record Forgotten(GatewayId gateway, List<DeviceId> devices, boolean begins, State after) {}

  ForgettingDevices(
      JdbcTemplate writer,
      RecordsReader reader,
      BiPredicate<GatewayId, DeviceId> registered,
      int most) {
    this.writer = writer;
    this.reader = reader;
    this.registered = registered;
    this.most = most;
  }

  long rows(GatewayId gateway) {
    return state(gateway).rows();
  }

  private State state(GatewayId gateway) {
    return states.computeIfAbsent(gateway, own -> new State(count(own), false, BEGINNING, 0));
  }

  private long count(GatewayId gateway) {
    return reader
        .sql("SELECT COUNT(*) FROM device_order WHERE gateway = :gateway")
        .param("gateway", gateway.value())
        .query(Long.class)
        .single();
  }

  /**
   * Deletes rows as needed. To be called within the caller's transaction, after rows were added.
   *
   * @param needed devices that must not be forgotten now
   */
  Forgotten makeRoom(GatewayId gateway, int added, Predicate<DeviceId> needed) {
    State before = state(gateway);
    long rows = before.rows() + added;
    boolean sweeping = rows - before.kept() > most + (before.sweeping() ? 0 : most / 16);
    if (!sweeping) {
      return new Forgotten(
          gateway, List.of(), false, new State(rows, false, BEGINNING, before.kept()));
    }
    List<DeviceId> gone = new ArrayList<>();
    long wanted = Math.min(rows - most, Math.max(LEAST_AT_ONCE, 2L * added));
    Cursor at = before.sweeping() ? before.next() : BEGINNING;
    long kept = before.sweeping() ? before.kept() : 0;
    int looked = 0;
    boolean atEnd = false;
    while (gone.size() < wanted && looked < MOST_LOOKED_AT && !atEnd) {
      List<Cursor> oldest = heardFirst(gateway, at);
      for (Cursor cursor : oldest) {
        DeviceId device = new DeviceId(cursor.device());
        if (gone.size() < wanted) {
          at = cursor;
          if (registered.test(gateway, device) || needed.test(device)) {
            kept++;
          } else {
            gone.add(device);
          }
        }
      }
      looked += oldest.size();
      atEnd = oldest.size() < READ_AT_ONCE;
    }
    delete(gateway, gone);
    long left = rows - gone.size();
    boolean goesOn = left - kept > most && !atEnd;
    return new Forgotten(
        gateway, gone, !before.sweeping(), new State(left, goesOn, goesOn ? at : BEGINNING, kept));
  }

  private List<Cursor> heardFirst(GatewayId gateway, Cursor after) {
    return writer.query(
        HEARD_FIRST,
        (row, _) -> new Cursor(row.getLong("number"), row.getString("device")),
        gateway.value(),
        after.number(),
        after.device(),
        READ_AT_ONCE);
  }

  private void delete(GatewayId gateway, List<DeviceId> devices) {
    writer.batchUpdate(
        "DELETE FROM device_order WHERE gateway = ? AND device = ?",
        devices,
        READ_AT_ONCE,
        (statement, device) -> {
          statement.setString(1, gateway.value());
          statement.setString(2, device.value());
        });
  }

  /** Updates the memory. To be called after the commit. */
  void committed(Forgotten some) {
    states.put(some.gateway(), some.after());
  }

  void forget(GatewayId gateway) {
    states.remove(gateway);
  }
}
