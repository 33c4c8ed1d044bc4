package org.linli.hub.organisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.linli.event.CommunityId;
import org.linli.event.DeviceId;
import org.linli.hub.registry.CommunityFileException;
import org.linli.hub.registry.DeviceKey;
import org.linli.hub.registry.Registry;
import org.linli.hub.registry.RegistrySettings;
import org.linli.hub.registry.TestCommunities;
import org.springframework.mock.env.MockEnvironment;

class OrganisationFileTest {

  /** Right in every line; the cases change one thing each. */
  private static final String GOOD =
      """
      platform: {name: {zh: 平台, en: Platform}}
      cities:
        - {id: jiayuguan, name: {zh: 嘉峪关, en: Jiayuguan}}
      subDistricts:
        - {id: xincheng, city: jiayuguan, name: {zh: 新城街道, en: Xincheng}, communities: [east]}
      departments:
        - {id: housing, at: city/jiayuguan, name: {zh: 住建, en: Housing}, matters: [lift, leak], phone: "0937-6220000"}
        - {id: urban, at: sub-district/xincheng, name: {zh: 城管, en: Urban}, matters: [lift], email: u@example.org}
      firms:
        - {id: all, name: {zh: 全, en: All}, kinds: [elevator, access], serves: [platform], phone: "119"}
        - {id: lifts, name: {zh: 梯, en: Lifts}, kinds: [elevator], serves: [sub-district/xincheng], phone: "119"}
        - {id: house, name: {zh: 楼, en: House}, kinds: [elevator], serves: [building/east/b1], phone: "119"}
      """;

  @TempDir Path folder;

  private final Registry registry = TestCommunities.two();

  private OrganisationFile read(String yaml) throws IOException {
    return OrganisationFile.read(
        Files.writeString(folder.resolve("organisation.yml"), yaml), registry);
  }

  private Organisation organisation() throws IOException {
    return new Organisation(((OrganisationFile.Read) read(GOOD)).plan(), registry);
  }

  private static DeviceKey key(CommunityId community, String device) {
    return new DeviceKey(community, new DeviceId(device));
  }

  @Test
  void knowsWhatIsAboveAndBelow() throws IOException {
    Organisation organisation = organisation();

    assertThat(organisation.ancestorsOf(TestCommunities.EAST))
        .extracting(NodeId::toString)
        .containsExactly("sub-district/xincheng", "city/jiayuguan", "platform");
    assertThat(organisation.ancestorsOf(TestCommunities.WEST)).containsExactly(NodeId.PLATFORM);
    assertThat(organisation.communitiesUnder(NodeId.parse("city/jiayuguan")))
        .containsExactly(TestCommunities.EAST);
    assertThat(organisation.communitiesUnder(NodeId.PLATFORM))
        .containsExactly(TestCommunities.EAST, TestCommunities.WEST);
    assertThat(organisation.communitiesUnder(NodeId.parse("building/west/b1")))
        .containsExactly(TestCommunities.WEST);
    assertThat(organisation.communitiesUnder(NodeId.parse("grid/west/grid-9"))).isEmpty();
    assertThat(organisation.communitiesUnder(NodeId.parse("community/west/b1"))).isEmpty();
    assertThat(organisation.communitiesUnder(NodeId.parse("city/mars"))).isEmpty();
  }

  @Test
  void callsTheNearestFirmFirst() throws IOException {
    Organisation organisation = organisation();

    assertThat(organisation.firmsFor(key(TestCommunities.EAST, "lift-1")))
        .extracting(Firm::id)
        .containsExactly("house", "lifts", "all");
    assertThat(organisation.firmsFor(key(TestCommunities.WEST, "door-1")))
        .extracting(Firm::id)
        .containsExactly("all");
    assertThat(organisation.firmsFor(key(TestCommunities.WEST, "lift-1"))).isEmpty();
  }

  @Test
  void callsTheDepartmentOfTheSubDistrictFirst() throws IOException {
    Organisation organisation = organisation();

    assertThat(organisation.departmentsFor(TestCommunities.EAST, "lift"))
        .extracting(Department::id)
        .containsExactly("urban", "housing");
    assertThat(organisation.departmentsFor(TestCommunities.EAST, "leak"))
        .extracting(Department::id)
        .containsExactly("housing");
    assertThat(organisation.departmentsFor(TestCommunities.WEST, "lift")).isEmpty();
  }

  @Test
  void hasAllCommunitiesBelowThePlatformWithoutAFile() {
    Organisation organisation = new Organisation(OrganisationPlan.NONE, registry);

    assertThat(OrganisationFile.among(List.of(folder))).isEmpty();
    assertThat(organisation.communitiesWithoutSubDistrict()).hasSize(2);
    assertThat(organisation.ancestorsOf(TestCommunities.EAST)).containsExactly(NodeId.PLATFORM);
  }

  @ParameterizedTest(name = "{1} → {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          subDistricts:              | subdistricts:              | 4:1: subdistricts is not a key that is known here; did you mean subDistricts?
          communities: [east]        | communities: [eats]        | 5:83: subDistricts[1].communities[1] is "eats"; there is no such community (did you mean east?); correct it or add its file to the folder.
          communities: [east]        | communities: [east, east]  | subDistricts[1].communities[2] is listed twice
          communities: [east]        | communities: []            | subDistricts[1].communities is empty
          city: jiayuguan            | city: jiayugan             | subDistricts[1].city is "jiayugan"; there is no such city (did you mean jiayuguan?)
          city: jiayuguan,           |                            | 5:5: subDistricts[1].city is missing
          id: urban                  | id: housing                | departments[2].id is "housing"; that id is used twice
          id: lifts                  | id: all                    | firms[2].id is "all"; that id is used twice
          at: city/jiayuguan         | at: community/east         | departments[1].at is "community/east"; a department is at a city or a sub-district
          at: city/jiayuguan         | at: city/jiayugan          | departments[1].at is "city/jiayugan"; there is no such city (did you mean city/jiayuguan?)
          at: city/jiayuguan         | at: jiayuguan              | departments[1].at is "jiayuguan"; write platform, or a level and an id
          building/east/b1           | building/east/b2           | firms[3].serves[1] is "building/east/b2"; there is no such building (did you mean building/east/b1?); correct it or add it.
          building/east/b1           | grid/east/b1               | firms[3].serves[1] is "grid/east/b1"; there is no such grid
          kinds: [elevator],         | kinds: [elevators],        | firms[2].kinds[1] is "elevators"; did you mean elevator?
          phone: "0937-6220000"      | phone: call me             | departments[1].phone is "call me"; write 3 to 25 digits
          , email: u@example.org     | ``                         | departments[2].phone is missing; add it, or an email
          """)
  void refusesOneWrongThingWithItsPlaceAndWhatToDo(String right, String wrong, String sentence)
      throws IOException {
    assertThat(GOOD).contains(right);
    assertThat(read(GOOD.replace(right, wrong == null ? "" : wrong)))
        .asInstanceOf(type(OrganisationFile.Refused.class))
        .satisfies(
            refused ->
                assertThat(refused.problems()).anyMatch(problem -> problem.contains(sentence)));
  }

  @Test
  void refusesACommunityOfTwoSubDistricts() throws IOException {
    String twice =
        GOOD.replace(
            "departments:",
            "  - {id: yuquan, city: jiayuguan, name: {zh: 峪泉, en: Y}, communities: [east]}\n"
                + "departments:");

    assertThat(read(twice))
        .asInstanceOf(type(OrganisationFile.Refused.class))
        .extracting(OrganisationFile.Refused::problems)
        .asString()
        .contains(
            "subDistricts[2].communities[1] is \"east\"; the sub-district xincheng has it too;"
                + " a community is in one, so remove it from one of them.");
  }

  @Test
  void refusesWhatIsNoOrganisation() throws IOException {
    assertThat(read(""))
        .asInstanceOf(type(OrganisationFile.Refused.class))
        .extracting(OrganisationFile.Refused::problems)
        .asString()
        .contains("it is empty");
    assertThat(OrganisationFile.read(folder.resolve("none.yml"), registry))
        .isInstanceOf(OrganisationFile.Refused.class);
  }

  @Test
  void stopsTheStartOfAHub() throws IOException {
    TestCommunities.twoIn(folder);
    RegistrySettings settings = new RegistrySettings(folder);
    OrganisationConfiguration configuration = new OrganisationConfiguration();
    assertThat(configuration.organisation(settings, registry).plan())
        .isEqualTo(OrganisationPlan.NONE);

    Path file = Files.writeString(folder.resolve("organisation.yml"), GOOD);
    assertThat(configuration.organisation(settings, registry).plan().firms()).hasSize(3);

    Files.writeString(file, GOOD.replace("[east]", "[south]"));
    assertThatThrownBy(() -> configuration.organisation(settings, registry))
        .isInstanceOf(CommunityFileException.class)
        .hasMessageContainingAll(file.toString(), "subDistricts[1].communities[1] is \"south\"");
  }

  @Test
  void readsTheExample() {
    OrganisationFile read =
        OrganisationFile.read(
            Path.of("../docs/examples/organisation.yml"), TestCommunities.sample());

    assertThat(read)
        .asInstanceOf(type(OrganisationFile.Read.class))
        .satisfies(file -> assertThat(file.plan().firms()).hasSize(2));
  }

  @Test
  void isReadBeforeAHubStandsBy() throws IOException {
    TestCommunities.twoIn(folder);
    MockEnvironment settings =
        new MockEnvironment().withProperty("linli.community-file", " " + folder + " ");
    read(GOOD);
    EarlyCheck.ofFiles(settings);

    read(GOOD.replace("[east]", "[eats]"));
    assertThatThrownBy(() -> EarlyCheck.ofFiles(settings))
        .isInstanceOf(CommunityFileException.class)
        .hasMessageStartingWith("The organisation file ")
        .hasMessageContaining("did you mean east?");
  }
}
