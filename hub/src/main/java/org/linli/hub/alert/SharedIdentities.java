package org.linli.hub.alert;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.linli.event.GatewayId;
import org.linli.hub.gateway.IdentityShared;
import org.linli.hub.gateway.TakenOverAgain;
import org.linli.hub.records.Availability;
import org.linli.hub.records.Elapsed;
import org.linli.hub.records.OneByOne;
import org.linli.hub.registry.BilingualName;
import org.linli.program.log.RateLimitedLog;
import org.linli.program.thread.LivingThreads;
import org.linli.program.thread.Ticker;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Opens an alert about two programs under one gateway's identity. A program that uses the identity
 * can trigger this thousands of times a second, so a detection only counts and blocks nothing. The
 * counts are written on a thread of its own, at most once a minute per gateway, for a limited
 * number of gateways in one transaction. A count that the records do not accept is retried by
 * itself and holds back no other; further detections are added to it.
 */
@Component
class SharedIdentities extends Ticker {

  static final Duration EVERY = Duration.ofMinutes(1);

  /** How many gateways are written in one transaction. */
  private static final int MOST_TOGETHER = 100;

  private static final Duration LOOKS_EVERY = Duration.ofSeconds(1);
  private static final RateLimitedLog limited =
      RateLimitedLog.of(LoggerFactory.getLogger(SharedIdentities.class));

  private final GatewayAlerts alerts;
  private final TransactionTemplate transaction;
  private final Elapsed elapsed;

  /** Bounded, because only gateways of the community file are heard. */
  private final Map<GatewayId, Noticed> noticed = new HashMap<>();

  private final OneByOne<GatewayId> writing;

  /** What was detected about a gateway. */
  private static final class Noticed {
    private @Nullable IdentityNotice notice;
    private long times;

    /** The earliest time to write it, in {@link Elapsed#nanos}. */
    private long due;
  }

  /** What is written now. */
  private record Due(IdentityNotice notice, long times) {}

  SharedIdentities(
      GatewayAlerts alerts,
      TransactionTemplate transaction,
      LivingThreads threads,
      Elapsed elapsed,
      Clock clock) {
    super(threads, LivingThreads.Make.VIRTUAL, "identity-alerts", LOOKS_EVERY);
    this.alerts = alerts;
    this.transaction = transaction;
    this.elapsed = elapsed;
    this.writing = new OneByOne<>(clock, SharedIdentities::fails);
  }

  @EventListener
  void shared(IdentityShared found) {
    note(
        new IdentityNotice(
            found.gateway(),
            "~" + found.gateway() + "~" + found.instance(),
            found.at(),
            new BilingualName("两个程序交替连接", "they take turns"),
            "The agent %s is back after another, %s, had been connected under the same identity: both run. Give one of them another LINLI_GATEWAY_ID."
                .formatted(found.instance(), found.other()),
            new Particulars()
                .with("instance", found.instance())
                .with("other-instance", found.other())));
  }

  /** Handles takeovers, which also reveal a program that sends nothing after it connects. */
  @EventListener
  void takenOver(TakenOverAgain found) {
    note(
        new IdentityNotice(
            found.gateway(),
            "~" + found.gateway() + "~taken-over",
            found.at(),
            new BilingualName("连接一再被顶替", "they take turns"),
            "Connections under this identity took over from each other %d times within %d minutes, the newest from %s: another program uses the identity, or the gateway's line breaks again and again."
                .formatted(found.times(), found.period().toMinutes(), found.from()),
            new Particulars()
                .with("takeovers", found.times())
                .with("within-minutes", found.period().toMinutes())
                .with("newest-from", found.from())));
  }

  private void note(IdentityNotice notice) {
    long now = elapsed.nanos();
    synchronized (noticed) {
      Noticed own =
          noticed.computeIfAbsent(
              notice.gateway(),
              _ -> {
                Noticed first = new Noticed();
                first.due = now;
                return first;
              });
      own.notice = own.notice == null ? notice : own.notice.at(notice.at());
      own.times++;
    }
  }

  /** Writes what is due. */
  @Override
  protected void look() {
    Map<GatewayId, Due> due = due();
    if (due.isEmpty()) {
      return;
    }
    try {
      writing.together(
          due.keySet(),
          MOST_TOGETHER,
          gateways -> write(gateways.stream().map(due::get).filter(Objects::nonNull).toList()));
    } catch (DataAccessException | TransactionException e) {
      if (Availability.explains(e)) {
        throw e;
      }
      limited
          .atError("shared")
          .addKeyValue("gateways", due.size())
          .setCause(e)
          .log("No alert could be opened about two programs under one identity; trying again");
    }
  }

  private Map<GatewayId, Due> due() {
    Map<GatewayId, Due> due = new LinkedHashMap<>();
    long now = elapsed.nanos();
    synchronized (noticed) {
      noticed.forEach(
          (gateway, own) -> {
            IdentityNotice notice = own.notice;
            if (notice != null && now - own.due >= 0) {
              due.put(gateway, new Due(notice, own.times));
            }
          });
    }
    return due;
  }

  private void write(List<Due> due) {
    transaction.executeWithoutResult(
        _ -> due.forEach(one -> alerts.shared(one.notice(), one.times())));
    long next = elapsed.nanos() + EVERY.toNanos();
    synchronized (noticed) {
      for (Due one : due) {
        Noticed own = noticed.get(one.notice().gateway());
        if (own != null) {
          own.times -= one.times();
          own.notice = own.times == 0 ? null : own.notice;
          own.due = next;
        }
      }
    }
  }

  private static void fails(GatewayId gateway, Throwable defect) {
    limited
        .atError("of " + gateway)
        .addKeyValue("gateway", gateway)
        .setCause(defect)
        .log(
            "No alert could be opened about two programs under this gateway's identity; trying"
                + " again");
  }
}
