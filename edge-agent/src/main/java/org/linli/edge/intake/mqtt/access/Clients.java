package org.linli.edge.intake.mqtt.access;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.CannotListenException;
import org.linli.edge.intake.mqtt.access.ClientsFile.Entry;
import org.linli.program.password.PasswordChecks;
import org.linli.program.password.PasswordChecks.Check;
import org.linli.program.thread.LivingThreads;

/**
 * Authentication and rights of clients: those of the clients file, or any client if there is none.
 * Passwords are checked on a separate thread, in turn ({@link PasswordChecks}); at most {@value
 * #MOST_WAITING} checks wait. A password that was right is recognised later by a keyed hash in
 * memory, without the iterations.
 */
public final class Clients {

  private static final int MOST_WAITING = 1_000;
  private static final byte[] NOBODYS = new byte[0];
  private static final String HMAC = "HmacSHA256";

  /**
   * The client id that a client connects with.
   *
   * @param isAssigned whether the client gave none, and the gateway made it up
   */
  public record ClientId(String value, boolean isAssigned) {}

  /** The result of a CONNECT. */
  public sealed interface SignIn {
    record Authorized(Rights rights) implements SignIn {}

    /** The name is unknown or the password is wrong; the client cannot see which. */
    record WrongPassword() implements SignIn {}

    /** No name or password was given, or the name may not use this client id. */
    record NotAuthorized() implements SignIn {}

    /** Too many passwords wait to be checked. */
    record Busy() implements SignIn {}
  }

  private final @Nullable Map<String, Entry> entries;
  private final Map<String, byte[]> known = new ConcurrentHashMap<>();
  private final byte[] key = new byte[32];
  private final PasswordChecks checks;

  /** The hashes of all entries in the clients file. */
  private final List<PasswordHash> hashes;

  /**
   * @param file the clients file; null to accept any client
   * @throws CannotListenException if the file is not understood, naming each problem
   */
  public static Clients of(@Nullable Path file, LivingThreads threads) {
    return new Clients(file == null ? null : ClientsFile.read(file), threads);
  }

  /**
   * @param entries by name; null to accept any client
   */
  private Clients(@Nullable Map<String, Entry> entries, LivingThreads threads) {
    this.entries = entries;
    this.hashes =
        entries == null ? List.of() : entries.values().stream().map(Entry::password).toList();
    new SecureRandom().nextBytes(key);
    checks = new PasswordChecks("mqtt-passwords", MOST_WAITING, 1, threads);
  }

  /**
   * Checks a name and password. The future is completed at once, or from another thread.
   *
   * @param network where the client comes from: an address, or the network of one
   */
  public CompletableFuture<SignIn> signIn(
      ClientId asking, String network, @Nullable String name, byte @Nullable [] given) {
    if (entries == null) {
      return done(new SignIn.Authorized(Rights.ofAnybody(asking.value())));
    }
    if (name == null || given == null) {
      return done(new SignIn.NotAuthorized());
    }
    if (entries.isEmpty()) {
      return done(new SignIn.WrongPassword());
    }
    byte[] recognised = recognisable(name, given);
    byte[] before = known.get(name);
    @Nullable Entry entry = entries.get(name);
    if (entry != null && before != null && MessageDigest.isEqual(before, recognised)) {
      return done(authorized(entry, asking));
    }
    CompletableFuture<SignIn> answer = new CompletableFuture<>();
    Runnable work =
        () -> {
          try {
            SignIn signIn = checked(entry, asking, name, given, recognised);
            if (signIn instanceof SignIn.WrongPassword) {
              checks.wrong(network);
            }
            answer.complete(signIn);
          } finally {
            // Completes the answer after an exception; the client tries again.
            answer.complete(new SignIn.Busy());
          }
        };
    boolean waits =
        checks.add(new Check(network, name, false, work, () -> answer.complete(new SignIn.Busy())));
    return waits ? answer : done(new SignIn.Busy());
  }

  private SignIn checked(
      @Nullable Entry entry, ClientId asking, String name, byte[] given, byte[] recognised) {
    // An unknown name takes as long as a known one.
    PasswordHash password = entry == null ? somebodys(name) : entry.password();
    boolean matches =
        password.matches(
            StandardCharsets.UTF_8.decode(ByteBuffer.wrap(given)).toString().toCharArray());
    if (entry == null || !matches) {
      return new SignIn.WrongPassword();
    }
    known.put(name, recognised);
    return authorized(entry, asking);
  }

  /** The hash to check for an unknown name: always the same for one name, as for a known name. */
  private PasswordHash somebodys(String name) {
    int place = Math.floorMod(ByteBuffer.wrap(recognisable(name, NOBODYS)).getInt(), hashes.size());
    return hashes.get(place);
  }

  private static SignIn authorized(Entry entry, ClientId asking) {
    return asking.isAssigned()
            || entry.clientIds().stream()
                .anyMatch(pattern -> Rights.matches(pattern, asking.value()))
        ? new SignIn.Authorized(entry.rights())
        : new SignIn.NotAuthorized();
  }

  private byte[] recognisable(String name, byte[] password) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      mac.update(name.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      return mac.doFinal(password);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java has " + HMAC, missing);
    }
  }

  private static CompletableFuture<SignIn> done(SignIn signIn) {
    return CompletableFuture.completedFuture(signIn);
  }
}
