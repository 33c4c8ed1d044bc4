package org.linli.hub.registry.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.linli.hub.registry.CommunityPlan;
import org.linli.hub.registry.RandomPlans;

class CommunityYamlTest {

  private static CommunityPlan read(String file) {
    CommunityFile read =
        CommunityFile.read(new TreeMap<>(Map.of("c.yml", file.getBytes(StandardCharsets.UTF_8))));
    assertThat(read).as(file).isInstanceOf(CommunityFile.Read.class);
    return ((CommunityFile.Read) read).plans().getFirst();
  }

  @Property(tries = 300)
  void isReadAgainAsThePlanThatItWasWrittenFrom(@ForAll long seed) {
    for (CommunityPlan plan : new RandomPlans(new Random(seed)).some()) {
      String written = CommunityYaml.written(plan);
      CommunityPlan again = read(written);

      assertThat(again).isEqualTo(plan);
      assertThat(CommunityYaml.written(again)).isEqualTo(written);
      assertThat(CommunityYaml.digest(again)).isEqualTo(CommunityYaml.digest(plan));
    }
  }

  @Test
  void isOneFormOfFilesThatSayTheSame() {
    CommunityPlan plan =
        read(
            """
            # written by hand
            duty:
            - person: wang
              grid: grid-1
              to: "00:00"
              from: "19:00"
              days:
                - sun
                - mon
            people: [{name: '王芳', id: wang, grids: [grid-1], role: grid-worker}]
            devices:
            - {id: door-1, name: {en: "Main: door", zh: 大门}, expectEvery: 60m, gateway: "1", building: b1, kind: access}
            gateways: [{id: "1", building: b1}]
            buildings: [{id: b1, grid: grid-1, name: {zh: 1号楼, en: 1}, floors: 018}]
            grids: [{id: grid-1, name: {zh: 网格, en: "Grid"}, households: 300}]
            community: {zone: Asia/Shanghai, id: c1, name: {zh: 社区, en: Community}}
            """);

    assertThat(CommunityYaml.written(plan))
        .isEqualTo(
            """
            community: {id: c1, name: {zh: 社区, en: Community}, zone: Asia/Shanghai}

            grids:
              - {id: grid-1, name: {zh: 网格, en: Grid}, households: 300}

            buildings:
              - {id: b1, grid: grid-1, name: {zh: 1号楼, en: "1"}, floors: 18}

            gateways:
              - {id: "1", building: b1}

            devices:
              - {id: door-1, kind: access, building: b1, gateway: "1", name: {zh: 大门, en: "Main: door"}, expectEvery: 1h}

            people:
              - {id: wang, name: 王芳, role: grid-worker, grids: [grid-1], language: zh}

            duty:
              - {grid: grid-1, person: wang, days: [mon, sun], from: "19:00", to: "24:00"}
            """);
  }

  @Test
  void keepsTheOrderOfLists() {
    CommunityPlan plan =
        ((CommunityFile.Read)
                CommunityFiles.read(List.of(Path.of("../docs/examples/community.yml"))).content())
            .plans()
            .getFirst();

    CommunityPlan again = read(CommunityYaml.written(plan));

    assertThat(again.people()).isEqualTo(plan.people());
    assertThat(again.duty()).isEqualTo(plan.duty());
    assertThat(again).isEqualTo(plan);
  }
}
