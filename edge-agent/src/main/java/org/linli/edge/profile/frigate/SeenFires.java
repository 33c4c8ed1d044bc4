package org.linli.edge.profile.frigate;

import java.util.List;
import org.linli.edge.profile.Changes;
import org.linli.edge.profile.MessageReading;
import org.linli.edge.profile.RepeatReason;
import org.linli.edge.profile.StateChange;
import org.linli.edge.profile.Subject;
import org.linli.edge.profile.TwoWays;

/**
 * Which fires were told. Frigate tells one that a camera sees twice: as an object, and as a review
 * in which that object is. It also tells a smoke alarm that a camera hears twice: as a sound, and
 * in a review. Whichever comes first is {@code fire.seen}; of what else a review may show nothing
 * is left out, so that a second fire is told.
 */
final class SeenFires {

  private static final String FIRE = "fire ";

  /** Of one review; it holds as many objects as one stretch of video has. */
  private static final int MOST_OBJECTS = 32;

  private static final String HEARD = "heard ";

  private final Changes changes = new Changes();
  private final TwoWays ways = new TwoWays(changes);

  /** Whether no review told a fire with this object; notes that it is told now. */
  boolean isNewAsObject(MessageReading reading, Subject camera, String id) {
    return changes.isFirst(reading, camera, FIRE + id);
  }

  /**
   * Whether none of these objects was told as a fire; notes that they are told now, whichever of
   * them it is.
   *
   * @param objects the ids of what is in the review
   */
  boolean isNewInReview(MessageReading reading, Subject camera, List<String> objects) {
    List<String> some = objects.subList(0, Math.min(MOST_OBJECTS, objects.size()));
    for (String id : some) {
      if (changes.known(reading, camera, Changes.ofObject(FIRE + id)) != null) {
        reading.repeated(camera.device(), RepeatReason.UNCHANGED);
        return false;
      }
    }
    for (String id : some) {
      changes.note(reading, camera, Changes.ofObject(FIRE + id), true, null);
    }
    return true;
  }

  /** Whether no review has just told the smoke alarm that is heard now. */
  boolean isNewAsSound(MessageReading reading, Subject camera) {
    return ways.isNew(reading, camera, HEARD, "sound");
  }

  /**
   * Whether a smoke alarm that is heard in a review was not told as a sound; the same for all that
   * is said of that review.
   *
   * @param review its id; empty if it cannot be read
   */
  boolean isNewInReview(MessageReading reading, Subject camera, String review) {
    String name = Changes.ofObject(HEARD + review);
    StateChange.Known before = review.isEmpty() ? null : changes.known(reading, camera, name);
    if (before != null) {
      return Boolean.parseBoolean(before.state());
    }
    boolean isNew = ways.isNew(reading, camera, HEARD, "review");
    changes.note(reading, camera, name, isNew, null);
    return isNew;
  }
}
