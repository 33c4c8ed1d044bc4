package org.linli.hub.access.signin;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.linli.event.Sha256;
import org.linli.hub.access.Caller;
import org.linli.hub.access.signin.SessionRows.Kept;
import org.linli.hub.records.Availability;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.dao.DataAccessException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.session.MapSession;
import org.springframework.session.SessionRepository;
import org.springframework.stereotype.Component;

/**
 * Sessions that survive a restart. For each session a row has the SHA-256 of its id, never the id,
 * so that whoever reads the rows cannot use them to sign in; it also has the person and the time of
 * last use. Nothing is deserialized: name and rights are looked up in the account with each
 * request. A session carries a digest of the salted hash of the password with which it began. It
 * therefore ends in the transaction that changes the password.
 *
 * <p>Only sessions of a signed-in person are kept, and no other attribute than the person. The time
 * of last use is written once in {@value #TOUCHED_EVERY_MINUTES} minutes.
 *
 * <p>While the rows cannot be used, for example on a full disk, stored sessions are not recognised,
 * every page answers, and a new sign-in is remembered until the hub stops.
 */
@Component
class KeptSessions implements SessionRepository<MapSession> {

  private static final int TOUCHED_EVERY_MINUTES = 5;

  /** When more sessions than this exist at a time, the least recently used ones end. */
  static final int MOST = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(KeptSessions.class);
  private static final String CONTEXT =
      HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY;
  private static final String STORED = KeptSessions.class.getName();

  private final SessionRows file;
  private final Administrators administrators;
  private final Duration timeout;
  private final InstantSource clock;

  /** The sessions that could not be written, by the digest of the id. */
  private final Map<String, Kept> unwritten = new ConcurrentHashMap<>();

  private final AtomicBoolean usable = new AtomicBoolean(true);

  KeptSessions(
      SessionRows file,
      Administrators administrators,
      ServerProperties server,
      InstantSource clock) {
    this.file = file;
    this.administrators = administrators;
    this.timeout =
        Objects.requireNonNull(
            server.getServlet().getSession().getTimeout(), "server.servlet.session.timeout");
    this.clock = clock;
    tried(() -> file.deleteUnusedSince(clock.instant().minus(timeout)));
  }

  @Override
  public MapSession createSession() {
    MapSession session = new MapSession();
    session.setMaxInactiveInterval(timeout);
    return session;
  }

  @Override
  public @Nullable MapSession findById(String id) {
    Optional<Kept> kept =
        find(Sha256.hexOf(id))
            .filter(found -> clock.instant().isBefore(found.lastUsedAt().plus(timeout)));
    return kept.flatMap(this::accountOf)
        .map(administrator -> session(id, kept.get(), administrator))
        .orElse(null);
  }

  private Optional<Kept> find(String hash) {
    Kept inMemory = unwritten.get(hash);
    if (inMemory != null) {
      return Optional.of(inMemory);
    }
    AtomicReference<Optional<Kept>> found = new AtomicReference<>(Optional.empty());
    tried(() -> found.set(file.find(hash)));
    return found.get();
  }

  /** Uses the file and returns whether that was possible; a failure is logged once. */
  private boolean tried(Runnable use) {
    try {
      use.run();
      if (!usable.getAndSet(true)) {
        LOG.info("sessions can be kept again");
      }
      return true;
    } catch (DataAccessException e) {
      if (Availability.explains(e)) {
        // Nobody is signed out by it: the request is answered as one that cannot be served now.
        throw e;
      }
      if (usable.getAndSet(false)) {
        LOG.atWarn()
            .addKeyValue("why", e.getMostSpecificCause().getMessage())
            .log("sessions cannot be kept: whoever signs in now has to again after a" + " restart");
      }
      return false;
    }
  }

  private Optional<Administrator> accountOf(Kept kept) {
    return administrators
        .find()
        .filter(known -> known.id().equals(kept.person()))
        .filter(known -> vouchedBy(known).equals(kept.vouchedBy()));
  }

  private MapSession session(String id, Kept kept, Administrator administrator) {
    MapSession session = new MapSession(id);
    session.setMaxInactiveInterval(timeout);
    session.setAttribute(CONTEXT, new SecurityContextImpl(PasswordSignIn.signedIn(administrator)));
    session.setAttribute(STORED, kept);
    return session;
  }

  @Override
  public void save(MapSession session) {
    String person = personOf(session);
    Kept stored = session.getAttribute(STORED);
    if (person == null) {
      if (stored != null) {
        deleteById(session.getOriginalId());
      }
      return;
    }
    Instant now = clock.instant();
    if (stored == null) {
      add(session, person, now);
    } else if (!session.getId().equals(session.getOriginalId())) {
      change(session, person, now);
    } else if (!now.isBefore(stored.lastUsedAt().plus(Duration.ofMinutes(TOUCHED_EVERY_MINUTES)))) {
      touch(session, stored, now);
    }
  }

  private void add(MapSession session, String person, Instant now) {
    Kept begun = new Kept(person, vouchedBy(person), now);
    String hash = Sha256.hexOf(session.getId());
    unwritten.values().removeIf(kept -> !now.isBefore(kept.lastUsedAt().plus(timeout)));
    if (!tried(
        () -> {
          file.deleteUnusedSince(now.minus(timeout));
          file.deleteOthersOf(person, begun.vouchedBy());
          file.add(hash, begun);
          file.deleteAllBut(MOST);
        })) {
      remember(hash, begun);
    }
    session.setAttribute(STORED, begun);
  }

  private void remember(String hash, Kept kept) {
    if (unwritten.size() >= MOST) {
      unwritten.entrySet().stream()
          .min(Comparator.comparing(each -> each.getValue().lastUsedAt()))
          .ifPresent(oldest -> unwritten.remove(oldest.getKey(), oldest.getValue()));
    }
    unwritten.put(hash, kept);
  }

  /** Handles a signed-in person who signs in again. */
  private void change(MapSession session, String person, Instant now) {
    String before = Sha256.hexOf(session.getOriginalId());
    if (unwritten.remove(before) != null) {
      add(session, person, now);
      return;
    }
    Kept changed = new Kept(person, vouchedBy(person), now);
    String hash = Sha256.hexOf(session.getId());
    if (!tried(
        () -> {
          file.deleteUnusedSince(now.minus(timeout));
          file.change(before, hash, changed);
          file.deleteOthersOf(person, changed.vouchedBy());
        })) {
      remember(hash, changed);
    }
    session.setAttribute(STORED, changed);
  }

  /** On a full disk the person stays signed in. */
  private void touch(MapSession session, Kept stored, Instant now) {
    Kept touched = new Kept(stored.person(), stored.vouchedBy(), now);
    String hash = Sha256.hexOf(session.getId());
    if (unwritten.replace(hash, touched) != null || tried(() -> file.change(hash, hash, touched))) {
      session.setAttribute(STORED, touched);
    }
  }

  @Override
  public void deleteById(String id) {
    String hash = Sha256.hexOf(id);
    if (unwritten.remove(hash) == null) {
      file.delete(hash);
    }
  }

  private static @Nullable String personOf(MapSession session) {
    SecurityContext context = session.getAttribute(CONTEXT);
    Authentication authentication = context == null ? null : context.getAuthentication();
    return authentication != null && authentication.getPrincipal() instanceof Caller.Person person
        ? person.id()
        : null;
  }

  private String vouchedBy(String person) {
    return administrators
        .find()
        .filter(known -> known.id().equals(person))
        .map(KeptSessions::vouchedBy)
        .orElse("");
  }

  private static String vouchedBy(Administrator administrator) {
    return Sha256.hexOf(administrator.passwordHash());
  }
}
