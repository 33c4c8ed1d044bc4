package org.linli.edge.intake.mqtt;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A limit on the memory for data that clients sent or do not read. When more room is needed, the
 * client that has held some for the longest is closed. So a client that finishes what it begins is
 * served beside any number that do not. For one event loop.
 */
final class HeldBytes {

  private final long most;
  private final Set<Holding> oldestFirst = new LinkedHashSet<>();
  private long held;

  /**
   * @param most limit in bytes
   */
  HeldBytes(long most) {
    this.most = most;
  }

  /**
   * @param giveWay releases everything at once
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

    /** Sets how much is held; beyond the limit the oldest holders give way. */
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

    /** Releases what was held and counts {@code now} as new. */
    void renew(int now) {
      set(0);
      set(now);
    }
  }
}
