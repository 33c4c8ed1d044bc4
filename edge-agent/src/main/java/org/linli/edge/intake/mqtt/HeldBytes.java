package org.linli.edge.intake.mqtt;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * How much of what clients sent or do not read may be in memory at a time. Whoever has held some
 * for the longest gives way to whoever needs room, so that a client that finishes what it begins is
 * served beside any number that do not. For one event loop.
 */
final class HeldBytes {

  private final long most;
  private final Set<Holding> oldestFirst = new LinkedHashSet<>();
  private long held;

  /**
   * @param most bytes
   */
  HeldBytes(long most) {
    this.most = most;
  }

  /**
   * @param giveWay lets go of everything at once
   */
  Holding holding(Runnable giveWay) {
    return new Holding(giveWay);
  }

  /** Bytes that are held. */
  long held() {
    return held;
  }

  private void makeRoom() {
    Iterator<Holding> oldest = oldestFirst.iterator();
    while (held > most && oldest.hasNext()) {
      Holding first = oldest.next();
      oldest.remove();
      held -= first.bytes;
      first.bytes = 0;
      first.giveWay.run();
      oldest = oldestFirst.iterator();
    }
  }

  /** What one client holds. */
  final class Holding {

    private final Runnable giveWay;
    private int bytes;

    private Holding(Runnable giveWay) {
      this.giveWay = giveWay;
    }

    int bytes() {
      return bytes;
    }

    /** So much is held from now on; where that is too much, the oldest give way. */
    void set(int now) {
      held += now - bytes;
      bytes = now;
      if (now == 0) {
        oldestFirst.remove(this);
      } else {
        oldestFirst.add(this);
        makeRoom();
      }
    }

    /** What was held came to its end; what is held from now on is something new. */
    void renew(int now) {
      set(0);
      set(now);
    }
  }
}
