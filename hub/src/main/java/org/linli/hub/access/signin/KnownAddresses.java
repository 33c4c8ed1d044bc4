package org.linli.hub.access.signin;

import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * The addresses from which a person has signed in, the {@value #REMEMBERED} most recently used.
 * They are kept in the {@link SessionRows}, so that a restart forgets none. There is one account.
 */
@Component
class KnownAddresses {

  static final int REMEMBERED = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(KnownAddresses.class);

  private final SessionRows file;
  private final InstantSource clock;
  private final SequencedSet<String> usedLongestAgoFirst = new LinkedHashSet<>();

  KnownAddresses(SessionRows file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
    usedLongestAgoFirst.addAll(file.addresses());
  }

  synchronized boolean isKnown(String address) {
    return usedLongestAgoFirst.contains(address);
  }

  /**
   * Adds the address of a successful sign-in. If it cannot be written, it is known until the hub
   * stops.
   */
  synchronized void add(String address) {
    usedLongestAgoFirst.remove(address);
    usedLongestAgoFirst.add(address);
    if (usedLongestAgoFirst.size() > REMEMBERED) {
      usedLongestAgoFirst.removeFirst();
    }
    try {
      file.keepAddress(address, clock.instant(), REMEMBERED);
    } catch (DataAccessException unwritten) {
      LOG.atWarn().setCause(unwritten).log("an address of a sign-in could not be kept");
    }
  }

  synchronized int size() {
    return usedLongestAgoFirst.size();
  }
}
