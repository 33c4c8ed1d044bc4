package org.linli.sims.hostile;

import java.util.stream.Stream;
import org.linli.sims.community.CommunityFile;
import org.linli.sims.load.Traffic;

/** The community of a run: legitimate devices are in it, unknown ones are not. */
final class LegitimateDevices {

  /** The prefix of the names of legitimate devices. */
  static final String PREFIX = "legitimate-";

  static final int COUNT = 4;

  private LegitimateDevices() {}

  static CommunityFile file() {
    CommunityFile file =
        new CommunityFile(
            Stream.concat(Stream.of(Arena.GATEWAY), UplinkAttacks.BAD.stream()).toList());
    Traffic.kinds(PREFIX, COUNT).forEach((id, kind) -> file.device(id, kind, Arena.GATEWAY));
    return file;
  }
}
