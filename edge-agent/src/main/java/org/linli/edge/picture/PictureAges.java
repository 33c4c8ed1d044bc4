package org.linli.edge.picture;

import java.time.Duration;
import org.linli.program.thread.LivingThreads;
import org.linli.program.thread.Ticker;
import org.springframework.stereotype.Component;

/** Removes pictures that are too old, even if no new ones come. */
@Component
final class PictureAges extends Ticker {

  private static final Duration TICK = Duration.ofMinutes(1);

  private final Pictures pictures;

  PictureAges(Pictures pictures, LivingThreads threads) {
    super(threads, LivingThreads.Make.DAEMON, "pictures", TICK);
    this.pictures = pictures;
  }

  @Override
  protected void look() {
    pictures.removeOld();
  }
}
