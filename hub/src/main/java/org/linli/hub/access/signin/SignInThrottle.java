package org.linli.hub.access.signin;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Slows down password guessing. After {@value #TRIES_OF_ADDRESS} failures in a row an address, and
 * after {@value #TRIES_OF_ACCOUNT} an account, waits 10 s, and twice as long after each further
 * one, at most 15 minutes. After an hour without a failure the count starts again. The newest
 * {@value #REMEMBERED} addresses and accounts are remembered, in memory.
 *
 * <p>A try from an address from which a person has signed in before counts for that address alone,
 * and is not delayed by tries from elsewhere. Otherwise an attacker could lock the administrator
 * out.
 */
@Component
class SignInThrottle {

  static final int TRIES_OF_ADDRESS = 5;
  static final int TRIES_OF_ACCOUNT = 20;
  static final int REMEMBERED = 10_000;
  private static final Duration FIRST_WAIT = Duration.ofSeconds(10);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);
  private static final Duration FORGIVEN_AFTER = Duration.ofHours(1);

  private record Who(String what, int tries) implements Comparable<Who> {

    /** Keeps the hash table fast if names were chosen to have equal hash codes. */
    @Override
    public int compareTo(Who other) {
      int byWhat = what.compareTo(other.what);
      return byWhat != 0 ? byWhat : Integer.compare(tries, other.tries);
    }

    /** Ignores case, as in the comparison of names. */
    static Who account(String name) {
      StringBuilder folded = new StringBuilder("account ");
      name.codePoints()
          .map(character -> Character.toLowerCase(Character.toUpperCase(character)))
          .forEach(folded::appendCodePoint);
      return new Who(folded.toString(), TRIES_OF_ACCOUNT);
    }

    static Who address(String address) {
      return new Who("address " + address, TRIES_OF_ADDRESS);
    }
  }

  private record Failures(int count, Instant last) {

    Duration remainingWait(int tries, Instant now) {
      if (count < tries) {
        return Duration.ZERO;
      }
      if (last.isAfter(now)) {
        // The clock was set back: nobody has to wait until it has caught up.
        return Duration.ZERO;
      }
      int doublings = Math.min(count - tries, 10);
      Duration wait = FIRST_WAIT.multipliedBy(1L << doublings);
      Instant until = last.plus(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
      return now.isBefore(until) ? Duration.between(now, until) : Duration.ZERO;
    }
  }

  private final InstantSource clock;
  private final KnownAddresses known;
  private final Map<Who, Failures> failures =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Who, Failures> eldest) {
          return size() > REMEMBERED;
        }
      };

  SignInThrottle(InstantSource clock, KnownAddresses known) {
    this.clock = clock;
    this.known = known;
  }

  /**
   * Requests a try. It counts as a failure until {@link #succeeded} is called, so that many
   * concurrent tries are not all admitted.
   *
   * @return zero if the try may proceed, otherwise how long to wait
   */
  synchronized Duration tryNow(String account, String address) {
    Instant now = clock.instant();
    List<Who> concerned = concerned(account, address);
    Duration wait =
        concerned.stream()
            .map(who -> waitOf(who, now))
            .max(Comparator.naturalOrder())
            .orElse(Duration.ZERO);
    if (wait.isZero()) {
      concerned.forEach(who -> count(who, now));
    }
    return wait;
  }

  /** Notes that the password was right, or a one-time link was used. */
  synchronized void succeeded(String account, String address) {
    concerned(account, address).forEach(failures::remove);
    known.add(address);
  }

  /** Takes back a try that was not checked. */
  synchronized void withdraw(String account, String address) {
    concerned(account, address)
        .forEach(
            who ->
                failures.computeIfPresent(
                    who,
                    (same, known) ->
                        known.count() == 1 ? null : new Failures(known.count() - 1, known.last())));
  }

  private List<Who> concerned(String account, String address) {
    return known.isKnown(address)
        ? List.of(Who.address(address))
        : List.of(Who.account(account), Who.address(address));
  }

  /** Returns how many accounts and addresses are remembered. */
  synchronized int size() {
    return failures.size();
  }

  private Duration waitOf(Who who, Instant now) {
    Failures known = failures.get(who);
    return known == null ? Duration.ZERO : known.remainingWait(who.tries(), now);
  }

  private void count(Who who, Instant now) {
    failures.compute(
        who,
        (same, known) ->
            known == null
                    || known.last().isAfter(now)
                    || now.isAfter(known.last().plus(FORGIVEN_AFTER))
                ? new Failures(1, now)
                : new Failures(known.count() + 1, now));
  }
}
