package org.linli.hub.access.signin;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.linli.program.password.PasswordChecks;
import org.linli.program.password.PasswordChecks.Check;
import org.linli.program.thread.LivingThreads;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Checks and hashes passwords on a thread of its own, one after the other. A request that waits
 * uses no processor, because the hub's other work runs on the same few carriers of virtual threads.
 * At most {@value #MOST_WAITING} requests wait, each for a limited time. Requests from an address
 * from which a person has signed in before, and those with a one-time link, come before others.
 */
@Component
class Passwords {

  static final int MOST_WAITING = 64;

  /** How many checks of one address may wait; no fewer than its tries before it has to wait. */
  private static final int MOST_OF_ONE = SignInThrottle.TRIES_OF_ADDRESS;

  /** Shorter than a browser's timeout. */
  static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

  private static final String BY_LINK = "one-time link";

  private final PasswordEncoder encoder;
  private final KnownAddresses known;
  private final PasswordChecks checks;

  Passwords(PasswordEncoder encoder, KnownAddresses known, LivingThreads threads) {
    this.encoder = encoder;
    this.known = known;
    this.checks = new PasswordChecks("sign-in-passwords", MOST_WAITING, MOST_OF_ONE, threads);
  }

  /**
   * Returns whether a password is the one that was hashed.
   *
   * @throws TooManyAtOnceException when it was not checked
   */
  boolean areSame(String name, String visitor, String password, String hash) {
    return inTurn(
        visitor,
        name,
        known.isKnown(visitor),
        () -> {
          boolean same = encoder.matches(password, hash);
          if (!same) {
            checks.wrong(visitor);
          }
          return same;
        });
  }

  /**
   * Returns the hash of a password that a person with a one-time link has chosen.
   *
   * @throws TooManyAtOnceException when there was no time for it
   */
  String hash(String visitor, String password) {
    return inTurn(visitor, BY_LINK, true, () -> String.valueOf(encoder.encode(password)));
  }

  private <T> T inTurn(String visitor, String name, boolean isKnown, Supplier<T> work) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    Check check =
        new Check(
            visitor,
            name,
            isKnown,
            () -> complete(answer, work),
            () -> answer.completeExceptionally(new TooManyAtOnceException()));
    if (!checks.add(check)) {
      throw new TooManyAtOnceException();
    }
    try {
      return answer.get(LONGEST_WAIT.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      if (checks.withdraw(check)) {
        throw new TooManyAtOnceException();
      }
      return begun(answer);
    } catch (InterruptedException stopping) {
      checks.withdraw(check);
      Thread.currentThread().interrupt();
      throw new TooManyAtOnceException();
    } catch (ExecutionException failed) {
      throw unchecked(failed.getCause());
    }
  }

  private static <T> void complete(CompletableFuture<T> answer, Supplier<T> work) {
    try {
      answer.complete(work.get());
    } finally {
      // Reached if the check threw an exception, which the thread's guard reports.
      answer.completeExceptionally(new IllegalStateException("the password could not be checked"));
    }
  }

  private static <T> T begun(CompletableFuture<T> answer) {
    try {
      return answer.join();
    } catch (CompletionException failed) {
      throw unchecked(failed.getCause());
    }
  }

  private static RuntimeException unchecked(@Nullable Throwable cause) {
    return cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
  }

  /** Stops before the web server waits for requests to end. */
  @EventListener(ContextClosedEvent.class)
  void stop() {
    checks.close();
  }
}
