package org.linli.sims.community;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.linli.event.Kind;

/** A community file as in docs/community-file.md, for simulated equipment. */
public final class CommunityFile {

  private final StringBuilder text =
      new StringBuilder(
          """
          community: {id: xiongguan, name: {zh: 雄关社区, en: Xiongguan}, zone: Asia/Shanghai}
          grids:
            - {id: grid-1, name: {zh: 第一网格, en: Grid 1}, households: 300}
          buildings:
            - {id: b1, grid: grid-1, name: {zh: 1号楼, en: Building 1}, floors: 18}
          people:
            - {id: zhou, name: 周建国, role: supervisor}
          gateways:
          """);

  /** A community with these gateways and no devices yet. */
  public CommunityFile(List<String> gateways) {
    gateways.forEach(id -> text.append("  - {id: %s, building: b1}%n".formatted(id)));
    text.append("devices:\n");
  }

  /** Adds a device that is connected to one of the gateways. */
  public void device(String id, Kind kind, String gateway) {
    text.append(
        "  - {id: %s, kind: %s, building: b1, gateway: %s, name: {zh: 设备 %s, en: Device %s}}%n"
            .formatted(id, kind, gateway, id, id));
  }

  /** Writes the file and returns its path. */
  public Path write(Path file) throws IOException {
    return Files.writeString(file, text);
  }
}
