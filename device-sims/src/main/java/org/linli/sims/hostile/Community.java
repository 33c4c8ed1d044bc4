package org.linli.sims.hostile;

import java.util.stream.Stream;
import org.linli.sims.community.CommunityFile;
import org.linli.sims.load.Traffic;

/** The community of a run: the devices that mean well are in it, strangers are not. */
final class Community {

  /** What the names of the devices that mean well begin with. */
  static final String LEGITIMATE = "legitimate-";

  static final int DEVICES = 4;

  private Community() {}

  static CommunityFile file() {
    CommunityFile file =
        new CommunityFile(
            Stream.concat(Stream.of(Arena.GATEWAY), UplinkAttacks.BAD.stream()).toList());
    Traffic.kinds(LEGITIMATE, DEVICES).forEach((id, kind) -> file.device(id, kind, Arena.GATEWAY));
    return file;
  }
}
