package org.linli.hub.registry.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.linli.event.CommunityId;
import org.linli.hub.registry.CommunityPlan;
import org.linli.hub.registry.RandomPlans;
import org.linli.hub.registry.file.CommunityFile;
import org.linli.hub.registry.file.Section;

class DifferenceTest {

  static final String EAST =
      """
      community: {id: east, name: {zh: 东, en: East}, zone: Asia/Shanghai}
      grids:
        - {id: grid-1, name: {zh: 一, en: One}, households: 300}
        - {id: grid-2, name: {zh: 二, en: Two}, households: 300}
      buildings:
        - {id: b1, grid: grid-1, name: {zh: 甲, en: First}, floors: 6}
        - {id: b2, grid: grid-1, name: {zh: 乙, en: Second}, floors: 6}
        - {id: b3, grid: grid-2, name: {zh: 丙, en: Third}, floors: 6}
      gateways:
        - {id: gateway-1, building: b1}
        - {id: gateway-3, building: b3}
      devices:
        - {id: door-1, kind: access, building: b1, gateway: gateway-1, name: {zh: 门, en: Door}}
        - {id: door-2, kind: access, building: b2, gateway: gateway-1, name: {zh: 后门, en: Back door}}
        - {id: lift-3, kind: elevator, building: b3, gateway: gateway-3, name: {zh: 电梯, en: Lift}}
      people:
        - {id: zhou, name: 周, role: supervisor}
        - {id: wang, name: 王, role: grid-worker, grids: [grid-1]}
        - {id: liu, name: 刘, role: grid-worker, grids: [grid-1, grid-2]}
      duty:
        - {grid: grid-1, person: wang, days: [mon, tue, wed, thu, fri, sat, sun], from: "07:00", to: "19:00"}
        - {grid: grid-1, person: liu, days: [mon, tue, wed, thu, fri, sat, sun], from: "19:00", to: "07:00"}
        - {grid: grid-2, person: liu, days: [mon], from: "08:00", to: "18:00"}
      """;

  static final String WEST =
      """
      community: {id: west, name: {zh: 西, en: West}, zone: Asia/Shanghai}
      grids:
        - {id: grid-1, name: {zh: 一, en: One}, households: 300}
      buildings:
        - {id: b1, grid: grid-1, name: {zh: 甲, en: First}, floors: 6}
      gateways:
        - {id: gateway-2, building: b1}
      devices:
        - {id: door-1, kind: access, building: b1, gateway: gateway-2, name: {zh: 门, en: Door}}
      people:
        - {id: zhou, name: 周, role: supervisor}
      """;

  static List<CommunityPlan> plans(String... files) {
    SortedMap<String, byte[]> contents = new TreeMap<>();
    for (String file : files) {
      contents.put("file-" + contents.size(), file.getBytes(StandardCharsets.UTF_8));
    }
    CommunityFile read = CommunityFile.read(contents);
    assertThat(read).isInstanceOf(CommunityFile.Read.class);
    return ((CommunityFile.Read) read).plans();
  }

  static Difference between(String before, String after) {
    return Difference.between(plans(before), plans(after));
  }

  private static Item item(String community, Section section, String id) {
    return new Item(new CommunityId(community), section, id);
  }

  private static List<CommunityPlan> byId(List<CommunityPlan> plans) {
    return plans.stream().sorted(Comparator.comparing(plan -> plan.community().id())).toList();
  }

  @Property(tries = 1_000)
  void makesTheLaterCommunitiesFromTheEarlierOnes(@ForAll long seed) {
    RandomPlans random = new RandomPlans(new Random(seed));
    List<CommunityPlan> before = random.some();
    List<CommunityPlan> after = random.some();

    Difference difference = Difference.between(before, after);

    assertThat(AppliedDifference.of(difference, before)).isEqualTo(byId(after));
    assertThat(difference.isEmpty()).isEqualTo(byId(before).equals(byId(after)));
    WouldLose.all(WouldLose.byPlans(), difference)
        .forEach(
            loss -> {
              assertThat(loss.zh()).isNotBlank().doesNotContain("null", "%");
              assertThat(loss.en()).isNotBlank().doesNotContain("null", "%");
            });
  }

  @Property(tries = 200)
  void isTheSameInWhateverOrderFilesAreRead(@ForAll long seed) {
    Random random = new Random(seed);
    List<CommunityPlan> before = new RandomPlans(random).some();
    List<CommunityPlan> after = new RandomPlans(random).some();
    Difference difference = Difference.between(before, after);
    List<CommunityPlan> shuffled = new ArrayList<>(after);
    Collections.shuffle(shuffled, random);

    assertThat(Difference.between(before, shuffled)).isEqualTo(difference);
    assertThat(Difference.between(after, before).id())
        .matches(id -> id.equals(difference.id()) == difference.isEmpty());
  }

  @Test
  void namesFieldsThatDifferAsTheyAreWritten() {
    Difference difference =
        between(
            EAST,
            EAST.replace("en: Lift}", "en: Old lift}, expectEvery: 90s")
                .replace("households: 300}\n  - {id: grid-2", "households: 301}\n  - {id: grid-2"));

    CommunityDifference east = difference.communities().getFirst();
    assertThat(east.devices().changed())
        .singleElement()
        .satisfies(
            changed ->
                assertThat(changed.fields())
                    .containsExactly(
                        new FieldChange("name", "{zh: 电梯, en: Lift}", "{zh: 电梯, en: Old lift}"),
                        new FieldChange("expectEvery", null, "90s")));
    assertThat(east.grids().changed())
        .singleElement()
        .satisfies(
            changed ->
                assertThat(changed.fields())
                    .containsExactly(new FieldChange("households", "300", "301")));
    assertThat(difference.likenesses()).isEmpty();
    assertThat(difference.id()).hasSize(16).isNotEqualTo(between(EAST, EAST).id());
  }

  @Test
  void saysWhereOnlyTheOrderDiffers() {
    String zhou = "  - {id: zhou, name: 周, role: supervisor}\n";

    CommunityDifference east =
        between(EAST, EAST.replace(zhou, "").replace("duty:", zhou + "duty:"))
            .communities()
            .getFirst();

    assertThat(east.people().order()).containsExactly("wang", "liu", "zhou");
    assertThat(east.people().added()).isEmpty();
    assertThat(east.sections()).filteredOn(section -> !section.isEmpty()).hasSize(1);
  }

  @Test
  void findsNewIdsByWhatBelongedToTheOldOnes() {
    Difference difference =
        between(
            EAST,
            EAST.replace("grid-1", "grid-a")
                .replace("{zh: 一, en: One}", "{zh: 新, en: New}")
                .replace("gateway-3", "gateway-9"));

    assertThat(difference.likenesses())
        .containsExactly(
            new Likeness(
                item("east", Section.GRIDS, "grid-1"),
                item("east", Section.GRIDS, "grid-a"),
                Likeness.By.PARTS),
            new Likeness(
                item("east", Section.GATEWAYS, "gateway-3"),
                item("east", Section.GATEWAYS, "gateway-9"),
                Likeness.By.PARTS));
  }

  @Test
  void findsNewIdsByNamesThatNobodyElseHas() {
    Difference difference =
        between(EAST, EAST.replace("id: door-2", "id: door-9").replace("zhou", "boss"));

    assertThat(difference.likenesses())
        .containsExactly(
            new Likeness(
                item("east", Section.DEVICES, "door-2"),
                item("east", Section.DEVICES, "door-9"),
                Likeness.By.NAME),
            new Likeness(
                item("east", Section.PEOPLE, "zhou"),
                item("east", Section.PEOPLE, "boss"),
                Likeness.By.NAME));
  }

  @Test
  void saysNothingWhereTwoCouldBeMeant() {
    String twins = EAST.replace("{zh: 后门, en: Back door}", "{zh: 门, en: Door}");

    assertThat(
            between(twins, twins.replace("id: door-1", "id: a").replace("id: door-2", "id: b"))
                .likenesses())
        .isEmpty();
  }

  @Test
  void findsWhatMovesToAnotherCommunity() {
    String without =
        EAST.replace("  - {id: b3, grid: grid-2, name: {zh: 丙, en: Third}, floors: 6}\n", "")
            .replace("  - {id: gateway-3, building: b3}\n", "")
            .replaceFirst("  - \\{id: lift-3.*\n", "");
    String with =
        WEST.replace(
                "gateways:",
                "  - {id: b3, grid: grid-1, name: {zh: 丙, en: Third}, floors: 6}\ngateways:")
            .replace("devices:", "  - {id: gateway-3, building: b3}\ndevices:")
            .replace(
                "people:",
                "  - {id: lift-3, kind: elevator, building: b3, gateway: gateway-3, name: {zh: 电梯,"
                    + " en: Lift}}\n"
                    + "people:");

    Difference difference = Difference.between(plans(EAST, WEST), plans(without, with));

    assertThat(difference.likenesses())
        .allMatch(Likeness::isMove)
        .extracting(like -> like.was().id())
        .containsExactly("b3", "gateway-3", "lift-3");
    assertThat(WouldLose.all(WouldLose.byPlans(), difference))
        .extracting(Loss::en)
        .containsExactly(
            "building b3 moves from community east to west with 1 devices: from then on the people"
                + " of west get their alerts, and what there was stays with east. Resolve the open"
                + " alerts first.",
            "gateway gateway-3 moves from community east to west: the alerts and the history of its"
                + " 1 devices stay with east. Resolve the open alerts first.");
  }

  @Test
  void wantsEachCommunityOnce() {
    assertThatThrownBy(
            () ->
                Difference.between(
                    List.of(), List.of(plans(EAST).getFirst(), plans(EAST).getFirst())))
        .hasMessage("two communities have the id east");
  }
}
