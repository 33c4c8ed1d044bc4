package org.linli.edge.profile.format;

import java.util.List;
import org.linli.edge.picture.Pictures;
import org.linli.edge.picture.Pictures.Outcome;
import org.linli.edge.profile.MessageReading;
import org.linli.edge.profile.Unreadable;
import org.springframework.stereotype.Component;

/** Keeps the pictures of a message at the gateway, and adds their ids to its event. */
@Component
public final class AttachedPictures {

  private static final int MOST = 8;

  private final Pictures pictures;

  public AttachedPictures(Pictures pictures) {
    this.pictures = pictures;
  }

  /**
   * Adds {@code picture} (the picture's id at this gateway) for each that is kept, and {@code
   * picture-lost} (why) for each that is not. If the message is not kept, its pictures are removed.
   */
  public void attach(MessageReading reading, List<Picture> attached, ValueCollector values)
      throws Unreadable {
    for (Picture picture : attached.subList(0, Math.min(attached.size(), MOST))) {
      String cut = picture.lost();
      if (cut != null) {
        values.put("picture-lost", cut);
        continue;
      }
      switch (pictures.keep(picture.bytes())) {
        case Outcome.Stored stored -> {
          values.put("picture", stored.id());
          if (stored.isNew()) {
            reading.ifNotKept(() -> pictures.forget(stored.id()));
          }
        }
        case Outcome.Lost lost -> values.put("picture-lost", lost.why());
      }
    }
    if (attached.size() > MOST) {
      values.put("picture-lost", "a message may bring at most " + MOST + " pictures");
    }
  }
}
