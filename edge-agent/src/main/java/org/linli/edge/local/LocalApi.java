package org.linli.edge.local;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linli.edge.agent.AgentSettings;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.intake.Refusals;
import org.linli.edge.liveness.Liveness;
import org.linli.edge.outbox.DeadLetter;
import org.linli.edge.outbox.DeadLetterQuery;
import org.linli.edge.outbox.OutboxReport;
import org.linli.edge.registry.Registry;
import org.linli.event.RegisteredDevice;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The gateway's information about itself, available also while the hub is away. */
@RestController
@RequestMapping("/api")
final class LocalApi {

  /** Most devices whose losses the ledger lists. */
  static final int MOST_LOSSES = 100;

  private static final int MOST = DeadLetterQuery.MOST;

  private final AgentSettings gateway;
  private final OutboxReport outbox;
  private final Liveness liveness;
  private final Registry registry;
  private final Refusals refusals;
  private final DefectCounts marked;

  LocalApi(
      AgentSettings gateway,
      OutboxReport outbox,
      Liveness liveness,
      Registry registry,
      Refusals refusals,
      DefectCounts marked) {
    this.gateway = gateway;
    this.outbox = outbox;
    this.liveness = liveness;
    this.registry = registry;
    this.refusals = refusals;
    this.marked = marked;
  }

  /** A list in the form of all Linli APIs; this one has no further pages. */
  record Page<T>(List<T> items, @Nullable String next) {}

  /** A dead letter as the API returns it; the sample is base64. */
  record DeadLetterView(
      long id,
      Instant at,
      String source,
      @Nullable String address,
      String reason,
      String detail,
      @Nullable String emergency,
      long size,
      byte[] sample) {

    static DeadLetterView of(DeadLetter letter) {
      return new DeadLetterView(
          letter.id(),
          letter.at(),
          letter.source(),
          letter.address(),
          letter.refusal().reason().wireName(),
          letter.refusal().detail(),
          letter.emergency(),
          letter.size(),
          letter.sample());
    }
  }

  /**
   * A device and its last sign of life.
   *
   * @param kind the kind in its events
   * @param name null if the registry does not name it
   */
  record DeviceView(
      String id, String kind, @Nullable NameView name, Instant lastSeen, String source) {

    static DeviceView of(Liveness.LastSeen seen, Registry registry) {
      return new DeviceView(
          seen.device().value(),
          seen.kind().wireName(),
          registry.find(seen.device()).map(NameView::of).orElse(null),
          seen.at(),
          seen.source());
    }
  }

  /** A device's names for people. */
  record NameView(String zh, String en) {

    static NameView of(RegisteredDevice device) {
      return new NameView(device.nameZh(), device.nameEn());
    }
  }

  /**
   * The devices, and the registry that names them.
   *
   * @param registry its version, such as {@code 1.17}; null if the hub has sent none
   * @param problem why it is not the newest that the hub sent; null if it is
   */
  record Devices(
      List<DeviceView> items,
      @Nullable String next,
      @Nullable String registry,
      @Nullable String problem) {}

  @GetMapping("/ledger")
  LedgerView ledger() {
    return LedgerView.of(
        gateway.gatewayId(),
        outbox.ledger(),
        outbox.losses(MOST_LOSSES),
        outbox.repeats(),
        refusals,
        marked);
  }

  /**
   * Dead letters, newest first; optionally of one reason, or with sources that begin with a text.
   */
  @GetMapping("/dead-letters")
  Page<DeadLetterView> deadLetters(
      @RequestParam(required = false) @Nullable String limit,
      @RequestParam(required = false) @Nullable String reason,
      @RequestParam(required = false) @Nullable String source) {
    DeadLetterQuery query =
        new DeadLetterQuery(
            limit("/api/dead-letters", limit, 100), reason == null ? null : known(reason), source);
    return new Page<>(outbox.deadLetters(query).stream().map(DeadLetterView::of).toList(), null);
  }

  private static RefusalReason known(String reason) {
    return RefusalReason.ofWireName(reason)
        .orElseThrow(
            () ->
                new ErrorResponseException(
                    HttpStatus.BAD_REQUEST,
                    ProblemDetail.forStatusAndDetail(
                        HttpStatus.BAD_REQUEST, "reason: is none of " + RefusalReason.wireNames()),
                    null));
  }

  /** Devices that sent last come first. */
  @GetMapping("/devices")
  Devices devices(@RequestParam(required = false) @Nullable String limit) {
    return new Devices(
        liveness.devices(limit("/api/devices", limit, MOST)).stream()
            .map(seen -> DeviceView.of(seen, registry))
            .toList(),
        null,
        registry.version().map(Object::toString).orElse(null),
        registry.problem().orElse(null));
  }

  private static int limit(String path, @Nullable String text, int otherwise) {
    return text == null ? otherwise : CheckedQueries.count(path, "limit", text, MOST);
  }
}
