package org.linli.hub.registry.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.hub.registry.change.DifferenceTest.EAST;
import static org.linli.hub.registry.change.DifferenceTest.WEST;
import static org.linli.hub.registry.change.DifferenceTest.between;
import static org.linli.hub.registry.change.DifferenceTest.plans;

import java.util.List;
import org.junit.jupiter.api.Test;

class LossesTest {

  private static List<Loss> losses(String after) {
    return WouldLose.all(WouldLose.byPlans(), between(EAST, after));
  }

  private static void assertLoses(String after, String reason, String en, String zh) {
    assertThat(losses(after))
        .singleElement()
        .satisfies(
            loss -> {
              assertThat(loss.reason()).isEqualTo(reason);
              assertThat(loss.en()).isEqualTo(en);
              assertThat(loss.zh()).isEqualTo(zh);
            });
  }

  @Test
  void areNoneWhereThingsAreOnlyAddedOrNamedOtherwise() {
    assertThat(
            losses(
                EAST.replace("en: Door}}", "en: Front door}}")
                    .replace(
                        "people:",
                        "  - {id: door-9, kind: access, building: b1, gateway: gateway-1, name:"
                            + " {zh: 新门, en: New}}\n"
                            + "people:")))
        .isEmpty();
    assertThat(
            WouldLose.all(WouldLose.byPlans(), Difference.between(plans(EAST), plans(EAST, WEST))))
        .isEmpty();
  }

  @Test
  void nameACommunityThatGoes() {
    assertThat(
            WouldLose.all(WouldLose.byPlans(), Difference.between(plans(EAST, WEST), plans(EAST))))
        .singleElement()
        .satisfies(
            loss -> {
              assertThat(loss.en())
                  .isEqualTo(
                      "community west is in none of the new files: its 1 gateways would be refused,"
                          + " and nobody would see its 1 devices, its 1 people and their alerts."
                          + " Add its file, unless it is to go.");
              assertThat(loss.zh())
                  .isEqualTo("新文件中没有社区 west：它的 1 个网关将不再被接受，1 台设备、1 名人员及其告警将无人能看到。如非本意，请补上该社区的文件。");
            });
  }

  @Test
  void nameAnotherZone() {
    assertLoses(
        EAST.replace("Asia/Shanghai", "Asia/Urumqi"),
        "other-zone",
        "the zone of community east becomes Asia/Urumqi instead of Asia/Shanghai, so each shift of"
            + " its roster begins at another moment. Check the hours under duty.",
        "社区 east 的时区由 Asia/Shanghai 改为 Asia/Urumqi：排班的每个班次都会在另一时刻开始。请核对 duty 中的时间。");
  }

  @Test
  void nameTheOnlySupervisor() {
    assertLoses(
        EAST.replace("role: supervisor", "role: maintenance"),
        "only-supervisor",
        "community east would have no supervisor (until now zhou), so an alert while nobody is on"
            + " duty would go to nobody. Keep one person with the role supervisor.",
        "社区 east 将没有负责人（此前为 zhou）：无人当班时的告警将无人接收。请至少保留一名 role 为 supervisor 的人员。");
  }

  @Test
  void nameAGridThatIsLeftWithoutDuty() {
    assertLoses(
        EAST.replaceFirst("  - \\{grid: grid-2.*\n", ""),
        "no-duty",
        "in grid grid-2 of community east nobody would be on duty any more (until now liu), and all"
            + " its alerts would go to the supervisor. Add shifts under duty, unless that is"
            + " meant.",
        "社区 east 的网格 grid-2 将无人当班（此前：liu）：告警只会发给负责人。如非本意，请在 duty 中补上班次。");
  }

  @Test
  void nameHoursAtWhichOnlyOneWasOnDuty() {
    assertLoses(
        EAST.replaceFirst("(?m)^  - \\{grid: grid-1, person: liu.*\n", ""),
        "hours-without-duty",
        "in grid grid-1 of community east nobody would be on duty from Mon 19:00 to Tue 07:00"
            + " (until now liu) and at 6 other times; alerts would then go to the supervisor. Add a"
            + " shift under duty, unless that is meant.",
        "社区 east 的网格 grid-1：周一 19:00 至 周二 07:00 将无人当班（此前：liu），另有 6 段时间也是如此，期间的告警只会发给负责人。如非本意，请在"
            + " duty 中补上班次。");
    assertLoses(
        EAST.replace("from: \"08:00\", to: \"18:00\"", "from: \"09:00\", to: \"18:00\""),
        "hours-without-duty",
        "in grid grid-2 of community east nobody would be on duty from Mon 08:00 to Mon 09:00"
            + " (until now liu); alerts would then go to the supervisor. Add a shift under duty,"
            + " unless that is meant.",
        "社区 east 的网格 grid-2：周一 08:00 至 周一 09:00 将无人当班（此前：liu），期间的告警只会发给负责人。如非本意，请在 duty"
            + " 中补上班次。");
  }

  @Test
  void areNoneWhereOthersAreOnDutyAtTheSameHours() {
    assertThat(losses(EAST.replace("person: liu, days: [mon]", "person: zhou, days: [mon]")))
        .isEmpty();
    assertThat(
            losses(
                EAST.replace(
                    "person: wang, days: [mon, tue, wed, thu, fri, sat, sun], from: \"07:00\", to:"
                        + " \"19:00\"",
                    "person: wang, days: [sun, mon, tue, wed, thu, fri, sat], from: \"00:00\", to:"
                        + " \"24:00\"")))
        .isEmpty();
  }

  @Test
  void takeTheNightOfSundayAsOneStretch() {
    String night = "  - {grid: grid-2, person: liu, days: [sun], from: \"22:00\", to: \"06:00\"}\n";

    assertThat(WouldLose.all(WouldLose.byPlans(), between(EAST + night, EAST)))
        .singleElement()
        .extracting(Loss::en)
        .asString()
        .contains("from Sun 22:00 to Mon 06:00 (until now liu);");
  }

  @Test
  void nameAGridThatGoesWithItsRoster() {
    assertThat(
            losses(
                EAST.replaceFirst("  - \\{id: grid-2.*\n", "")
                    .replaceFirst("  - \\{grid: grid-2.*\n", "")
                    .replace("grids: [grid-1, grid-2]", "grids: [grid-1]")
                    .replace("grid: grid-2", "grid: grid-1")))
        .extracting(Loss::reason)
        .containsExactly("grid-with-duty");
  }

  @Test
  void nameWhatProbablyGotAnotherId() {
    assertLoses(
        EAST.replace("grid-1", "grid-a"),
        "renamed",
        "in community east the grid grid-1 is gone, and grid-a is new with what belonged to it:"
            + " probably it was only given another id. Alerts, history and adopted devices name the"
            + " old one. Write id: grid-1 again, unless it is another grid.",
        "社区 east：网格 grid-1 不见了，新增的 grid-a 下属内容与它相同，可能只是改了编号。已有的告警、历史和纳管设备都按编号引用。请改回 id:"
            + " grid-1，除非确实是另一个网格。");
  }
}
