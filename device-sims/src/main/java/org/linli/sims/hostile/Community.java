package org.linli.sims.hostile;

import java.util.List;

/** The community of a run: the devices that mean well are in it, strangers are not. */
final class Community {

  /** What the names of the devices that mean well begin with. */
  static final String LEGITIMATE = "legitimate-";

  static final int DEVICES = 4;

  private static final int ALARMS = 100;
  private static final List<String> KINDS = List.of("access", "camera", "elevator", "parking");

  private Community() {}

  /** As docs/community-file.md says. */
  static String text() {
    StringBuilder text =
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
    gateway(text, Arena.GATEWAY);
    UplinkAttacks.BAD.forEach(id -> gateway(text, id));
    text.append("devices:\n");
    for (int i = 0; i < DEVICES; i++) {
      device(text, LEGITIMATE + i, KINDS.get(i % KINDS.size()));
    }
    for (int i = 0; i < ALARMS; i++) {
      device(text, LEGITIMATE + "alarm-" + i, "access");
    }
    return text.toString();
  }

  private static void gateway(StringBuilder text, String id) {
    text.append("  - {id: %s, building: b1}%n".formatted(id));
  }

  private static void device(StringBuilder text, String id, String kind) {
    text.append(
        "  - {id: %s, kind: %s, building: b1, gateway: %s, name: {zh: 设备 %s, en: Device %s}}%n"
            .formatted(id, kind, Arena.GATEWAY, id, id));
  }
}
