package org.linli.hub.intake.deadletter;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linli.event.CommunityId;
import org.linli.event.GatewayId;
import org.linli.event.Lane;
import org.linli.event.Sha256;
import org.linli.hub.gateway.ArrivedBatch;
import org.linli.hub.intake.deadletter.EventCopies.EventCopy;
import org.linli.hub.journal.HubEvent;
import org.linli.hub.journal.UnreadableBatch;
import org.linli.hub.records.CommunityRecords;
import org.linli.hub.records.Storable;
import org.linli.hub.records.Within;
import org.linli.hub.registry.Registry;
import org.springframework.stereotype.Component;

/**
 * Keeps what could not be read, stored or used, with its reason and a bounded copy for a person to
 * look at: the newest {@link DeadLetterSettings#deadLetters} of them.
 */
@Component
public class DeadLetters {

  static final int SAMPLE_BYTES = 1024;
  private static final int ID_BYTES = 12;
  private static final int MAX_DETAIL = 512;
  private static final String STORE_REFUSED = "store-refused";
  private static final String JOURNAL_UNREADABLE = "journal-unreadable";
  private static final String PARTICIPANT_FAILED = "participant-failed";

  private static final String KEEP =
      """
      INSERT INTO dead_letter ({community}, id, at, source, reason, detail, size, sample)
      VALUES (:community, :id, :at, :source, :reason, :detail, :size, :sample)
      ON CONFLICT (id) DO NOTHING
      """;

  private static final String TRIM =
      """
      DELETE FROM dead_letter
      WHERE {community} AND (at, id) < (SELECT at, id FROM dead_letter WHERE {community}
        ORDER BY at DESC, id DESC LIMIT 1 OFFSET :others)
      """;

  private static final Within.All OF_THE_HUB =
      new Within.All("a person who looks for one sees those of all communities; one limit for all");

  private final CommunityRecords records;
  private final DeadLetterSettings settings;
  private final Registry registry;

  public DeadLetters(CommunityRecords records, DeadLetterSettings settings, Registry registry) {
    this.records = records;
    this.registry = registry;
    this.settings = settings;
  }

  /** Returns a page, newest first, as of the last commit. */
  public List<DeadLetter> newest(DeadLetterQuery query) {
    Map<String, Object> params = new HashMap<>();
    StringBuilder sql =
        new StringBuilder(
            "SELECT id, community, at, source, reason, detail, size, sample FROM dead_letter"
                + " WHERE {community}");
    String reason = query.reason();
    if (reason != null) {
      sql.append(" AND reason = :reason");
      params.put("reason", reason);
    }
    String source = query.source();
    if (source != null) {
      sql.append(" AND SUBSTR(source, 1, :length) = :source");
      params.put("length", source.length());
      params.put("source", source);
    }
    String before = query.before();
    if (before != null) {
      sql.append(
          " AND (at, id) < (SELECT at, id FROM dead_letter WHERE {community} AND id = :before)");
      params.put("before", before);
    }
    sql.append(" ORDER BY at DESC, id DESC LIMIT :limit");
    params.put("limit", query.limit());
    return records
        .read(
            query.community() == null ? OF_THE_HUB : new Within.One(query.community()),
            sql.toString())
        .params(params)
        .query((row, number) -> deadLetter(row))
        .list();
  }

  /** Returns whether there is a dead letter with this id. */
  public boolean has(String id) {
    return records
            .read(OF_THE_HUB, "SELECT COUNT(*) FROM dead_letter WHERE {community} AND id = :id")
            .param("id", id)
            .query(Integer.class)
            .single()
        > 0;
  }

  private static DeadLetter deadLetter(ResultSet row) throws SQLException {
    return new DeadLetter(
        row.getString("id"),
        CommunityRecords.read(row.getString("community")),
        Instant.ofEpochMilli(row.getLong("at")),
        row.getString("source"),
        row.getString("reason"),
        row.getString("detail"),
        row.getLong("size"),
        row.getString("sample"));
  }

  /**
   * Keeps a batch that could not be read, within the caller's transaction. The same bytes of a
   * gateway are kept once.
   */
  public void keep(ArrivedBatch arrived, String reason, String detail) {
    keep(
        arrived.gateway() + "-" + hash(arrived.payload()),
        communityOf(arrived.gateway()),
        arrived.receivedAt(),
        "gateway://" + arrived.gateway() + "/" + arrived.lane(),
        reason,
        detail,
        EventCopy.of(arrived.payload()));
  }

  /** Keeps an event that a store refused, within the caller's transaction. */
  public void keep(HubEvent event, EventCopy copy, String detail) {
    keep(place(event), event, copy, STORE_REFUSED, detail);
  }

  /**
   * Keeps an event that a participant could not use, within the caller's transaction.
   *
   * @param participant its name
   */
  public void keep(HubEvent event, EventCopy copy, String participant, Throwable thrown) {
    keep(
        place(event) + "~" + participant,
        event,
        copy,
        PARTICIPANT_FAILED,
        "%s: event %s of %s, %s"
            .formatted(participant, event.id(), event.taken().event().device(), thrown));
  }

  /**
   * Keeps what was found in a lane and could not be reported, within the caller's transaction.
   *
   * @param id unique among all dead letters
   * @param at when the hub received the batch in which it was found
   * @param content all of it, as text
   */
  public void keep(
      String id, Instant at, GatewayId gateway, Lane lane, String detail, String content) {
    keep(
        id,
        communityOf(gateway),
        at,
        "gateway://" + gateway + "/" + lane,
        PARTICIPANT_FAILED,
        detail,
        EventCopy.of(content.getBytes(StandardCharsets.UTF_8)));
  }

  /** Keeps a batch of the journal that can no longer be read, within the caller's transaction. */
  public void keep(UnreadableBatch batch) {
    keep(
        "~journal~" + batch.row(),
        batch.community(),
        batch.receivedAt(),
        "hub://journal",
        JOURNAL_UNREADABLE,
        "batch %d, %d events: %s".formatted(batch.row(), batch.events(), batch.why()),
        EventCopy.of(batch.payload()));
  }

  /** Returns where an event is in the order of its device, in the form of an id. */
  static String place(HubEvent event) {
    return "~%s~%d~%s~%d"
        .formatted(
            event.gateway(), event.epoch(), event.taken().event().device(), event.taken().order());
  }

  private void keep(String id, HubEvent event, EventCopy copy, String reason, String detail) {
    keep(
        id,
        event.community(),
        event.receivedAt(),
        "gateway://" + event.gateway() + "/" + event.lane() + "/" + event.taken().event().device(),
        reason,
        detail,
        copy);
  }

  /** Drops the oldest beyond the limit, within the caller's transaction. */
  public void trim() {
    records.write(OF_THE_HUB, TRIM).param("others", settings.deadLetters() - 1).update();
  }

  /** Returns the community of a gateway; null for one that no file names. */
  private @Nullable CommunityId communityOf(GatewayId gateway) {
    return registry.communityOf(gateway).orElse(null);
  }

  private void keep(
      String id,
      @Nullable CommunityId community,
      Instant at,
      String source,
      String reason,
      String detail,
      EventCopy copy) {
    records
        .write(Within.of(community), KEEP)
        .param("id", id)
        .param("at", at.toEpochMilli())
        .param("source", source)
        .param("reason", reason)
        .param("detail", Storable.of(detail.substring(0, Math.min(detail.length(), MAX_DETAIL))))
        .param("size", copy.size())
        .param("sample", Base64.getEncoder().encodeToString(copy.sample()))
        .update();
  }

  private static String hash(byte[] payload) {
    return HexFormat.of().formatHex(Sha256.of(payload), 0, ID_BYTES);
  }
}
