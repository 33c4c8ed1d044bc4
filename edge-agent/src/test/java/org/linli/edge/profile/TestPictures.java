package org.linli.edge.profile;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.linli.edge.picture.PictureFolder;
import org.linli.edge.picture.PictureSettings;
import org.linli.edge.picture.Pictures;
import org.linli.edge.profile.format.AttachedPictures;
import org.springframework.util.unit.DataSize;

/** Pictures for profiles that stand alone. */
public final class TestPictures {

  /** Begins as a JPEG does. */
  public static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0, 1, 2, 3};

  private TestPictures() {}

  /** Kept in that folder. */
  public static AttachedPictures in(Path data) {
    return with(data, DataSize.ofMegabytes(1));
  }

  /** None is kept. */
  public static AttachedPictures none() {
    return with(Path.of("/nonexistent"), DataSize.ofBytes(0));
  }

  private static AttachedPictures with(Path data, DataSize quota) {
    return new AttachedPictures(
        new Pictures(
            new PictureFolder(data.resolve("pictures")),
            new PictureSettings(quota, Duration.ofDays(7)),
            Clock.fixed(TestProfiles.RECEIVED, ZoneOffset.UTC)));
  }
}
