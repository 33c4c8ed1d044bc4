package org.linli.hub.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.linli.hub.registry.file.CommunityFile;

class SeveralCommunityFilesTest {

  private static final String EAST =
      """
      community: {id: east, name: {zh: 东, en: East}, zone: Asia/Shanghai}
      grids: [{id: grid-1, name: {zh: 一, en: One}, households: 300}]
      buildings: [{id: b1, grid: grid-1, name: {zh: 楼, en: House}, floors: 6}]
      gateways:
        - {id: gateway-1, building: b1}
      devices:
        - {id: door-1, kind: access, building: b1, gateway: gateway-1, name: {zh: 门, en: Door}}
      people: [{id: wang, name: 王, role: supervisor}]
      """;

  private static final String WEST =
      EAST.replace("id: east", "id: west").replace("gateway-1", "gateway-2");

  private static CommunityFile read(String east, String west) {
    return CommunityFile.read(
        new TreeMap<>(
            Map.of(
                "west.yml", west.getBytes(StandardCharsets.UTF_8),
                "east.yml", east.getBytes(StandardCharsets.UTF_8))));
  }

  private static List<String> problems(String east, String west) {
    return ((CommunityFile.Refused) read(east, west)).problems();
  }

  @Test
  void mayUseTheSameIdsForAllButCommunitiesAndGateways() {
    assertThat(((CommunityFile.Read) read(EAST, WEST)).plans())
        .extracting(plan -> plan.community().id().value())
        .containsExactly("east", "west");
  }

  @Test
  void refusesOneCommunityInTwoFilesAndNamesBothPlaces() {
    assertThat(problems(EAST, WEST.replace("id: west", "id: east")))
        .containsExactly(
            "west.yml:1:17: community.id is \"east\"; east.yml:1:12 is the same community; give"
                + " each its own id, or remove one of the files.");
  }

  @Test
  void refusesOneGatewayInTwoCommunitiesAndNamesBothPlaces() {
    assertThat(problems(EAST, WEST.replace("gateway-2", "gateway-1")))
        .containsExactly(
            "west.yml:5:10: gateways[1].id is \"gateway-1\"; east.yml:5:5 has it too; a gateway is"
                + " in one community, so remove it there or give it another id.");
  }

  @Test
  void namesTheFileOfEachProblem() {
    assertThat(
            problems(
                EAST.replace("floors: 6", "floors: six"), WEST.replace("b1, grid", "b 1, grid")))
        .hasSizeGreaterThan(1)
        .satisfies(
            all -> {
              assertThat(all.getFirst()).startsWith("east.yml:3:");
              assertThat(all.getLast()).startsWith("west.yml:");
            });
  }

  @Test
  void refusesACommunityIdThatCouldNotStandInAPath() {
    assertThat(problems(EAST.replace("id: east", "id: e..t"), WEST))
        .containsExactly(
            "east.yml:1:17: community.id is \"e..t\"; community id has a leading dot or two dots"
                + " in a row.");
  }
}
