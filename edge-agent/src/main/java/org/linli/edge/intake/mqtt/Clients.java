package org.linli.edge.intake.mqtt;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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
import org.linli.edge.intake.mqtt.ClientsFile.Entry;
import org.linli.program.password.PasswordChecks;
import org.linli.program.password.PasswordChecks.Check;
import org.linli.program.thread.LivingThreads;

/**
 * Who may come in and what each may do: those of the clients file, or anybody where there is none.
 * A password is checked on a thread of its own, at most {@value #MOST_WAITING} wait for that, by
 * turns ({@link PasswordChecks}); one that was right is recognised afterwards without the
 * iterations, by a keyed hash in memory.
 */
final class Clients {

  private static final int MOST_WAITING = 1_000;
  private static final byte[] NOBODYS = new byte[0];
  private static final String HMAC = "HmacSHA256";

  /** What came of a CONNECT. */
  sealed interface SignIn {
    record Welcome(Rights rights) implements SignIn {}

    /** The name is unknown or the password is wrong; which of them is not told. */
    record WrongPassword() implements SignIn {}

    /** No name was given, or it may not use this client id. */
    record NotAuthorized() implements SignIn {}

    /** Too many passwords wait to be checked. */
    record Busy() implements SignIn {}
  }

  private final @Nullable Map<String, Entry> entries;
  private final Map<String, byte[]> known = new ConcurrentHashMap<>();
  private final byte[] key = new byte[32];
  private final PasswordChecks checks;

  /** Of everybody in the clients file. */
  private final List<PasswordHash> hashes;

  /**
   * @param entries by name; null to let anybody in
   */
  Clients(@Nullable Map<String, Entry> entries, LivingThreads threads) {
    this.entries = entries;
    this.hashes =
        entries == null ? List.of() : entries.values().stream().map(Entry::password).toList();
    new SecureRandom().nextBytes(key);
    checks = new PasswordChecks("mqtt-passwords", MOST_WAITING, 1, threads);
  }

  /**
   * Completed at once, or from another thread.
   *
   * @param network where it comes from: an address, or the network of one
   */
  CompletableFuture<SignIn> signIn(
      Session asking, String network, @Nullable String name, byte @Nullable [] given) {
    if (entries == null) {
      return done(new SignIn.Welcome(Rights.ofAnybody(asking.clientId())));
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
            // Where that threw something; whoever asks comes again.
            answer.complete(new SignIn.Busy());
          }
        };
    boolean waits =
        checks.add(new Check(network, name, false, work, () -> answer.complete(new SignIn.Busy())));
    return waits ? answer : done(new SignIn.Busy());
  }

  private SignIn checked(
      @Nullable Entry entry, Session asking, String name, byte[] given, byte[] recognised) {
    // A name that nobody has takes as long as one that somebody has.
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

  /** Always the same one for a name, so that it behaves as a name that somebody has. */
  private PasswordHash somebodys(String name) {
    int place = Math.floorMod(ByteBuffer.wrap(recognisable(name, NOBODYS)).getInt(), hashes.size());
    return hashes.get(place);
  }

  private static SignIn authorized(Entry entry, Session asking) {
    return asking.wasNameless()
            || entry.clientIds().stream()
                .anyMatch(pattern -> Rights.matches(pattern, asking.clientId()))
        ? new SignIn.Welcome(entry.rights())
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
