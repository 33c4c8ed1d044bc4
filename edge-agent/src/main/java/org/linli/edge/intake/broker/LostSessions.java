package org.linli.edge.intake.broker;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linli.program.log.RateLimitedLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Detects that a broker has forgotten its session of this gateway, and logs what can be lost. */
final class LostSessions {

  private static final Logger log = LoggerFactory.getLogger(LostSessions.class);
  private static final RateLimitedLog limited = RateLimitedLog.of(log);

  /**
   * The record on disk may be older by up to this much, because the log needs no more precision.
   */
  private static final Duration EXACT_TO = Duration.ofMinutes(1);

  private final String broker;
  private final String clientId;
  private final Duration askedExpiry;
  private final Path folder;
  private final InstantSource clock;
  private @Nullable KnownSession known;
  private @Nullable KnownSession written;

  LostSessions(BrokerSettings settings, String clientId, Path folder, InstantSource clock) {
    this.broker = settings.where();
    this.clientId = clientId;
    this.askedExpiry = settings.sessionExpiry();
    this.folder = folder;
    this.clock = clock;
    try {
      this.known = KnownSession.read(folder).orElse(null);
      this.written = known;
    } catch (IOException unread) {
      log.atWarn()
          .addKeyValue("cause", unread.toString())
          .log(
              "Which session a broker kept for this gateway cannot be read, so a lost one is not"
                  + " noticed now");
    }
  }

  /**
   * The broker accepted the connection.
   *
   * @param present whether it still had the session
   * @param granted how long it keeps the session, if that differs from the requested time; null
   *     otherwise
   * @return whether it has forgotten a session
   */
  boolean attached(boolean present, @Nullable Duration granted) {
    Optional<KnownSession> before = Optional.ofNullable(known);
    boolean lost = !present && before.filter(session -> session.isOf(broker, clientId)).isPresent();
    if (lost) {
      limited
          .atWarn("forgotten by " + broker)
          .addKeyValue("broker", broker)
          .addKeyValue("client", clientId)
          .log(
              "The broker has forgotten the session of this gateway: what devices published there"
                  + " since {}, and what it had not handed over by then, is lost unless they send"
                  + " it again. See docs/attached.md for a broker that forgets less",
              before.map(KnownSession::since).orElseThrow());
    }
    before
        .filter(session -> !session.isOf(broker, clientId))
        .ifPresent(
            other ->
                log.atWarn()
                    .addKeyValue("broker", other.broker())
                    .addKeyValue("client", other.clientId())
                    .log(
                        "The session that this gateway had before is no longer used: what waits in"
                            + " it is not taken"));
    if (granted != null && granted.compareTo(askedExpiry) < 0) {
      limited
          .atWarn("keeps less " + broker)
          .addKeyValue("broker", broker)
          .log(
              "The broker keeps what comes while this gateway is away for {} only, not for the {}"
                  + " of linli.broker.session-expiry",
              granted,
              askedExpiry);
    }
    remember(clock.instant());
    return lost;
  }

  /** The connection has ended. From now on the broker has to keep new messages. */
  void left() {
    remember(clock.instant());
  }

  private void remember(Instant since) {
    KnownSession session = new KnownSession(broker, clientId, since);
    known = session;
    if (isWritten(since)) {
      return;
    }
    try {
      session.write(folder);
      written = session;
    } catch (IOException refused) {
      limited
          .atWarn("not noted for " + broker)
          .addKeyValue("cause", refused.toString())
          .log(
              "The session at the broker cannot be noted on disk; one that is lost while this"
                  + " gateway is down will not be noticed");
    }
  }

  /**
   * Whether the record on disk is recent enough. It avoids a write for each connection if a broker
   * keeps ending them.
   */
  private boolean isWritten(Instant since) {
    KnownSession last = written;
    return last != null
        && last.isOf(broker, clientId)
        && Duration.between(last.since(), since).abs().compareTo(EXACT_TO) < 0;
  }
}
