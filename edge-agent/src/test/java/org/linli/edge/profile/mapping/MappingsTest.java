package org.linli.edge.profile.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.profile.Changes;
import org.linli.edge.profile.KnownDevices;
import org.linli.edge.profile.ProfileSettings;
import org.linli.edge.profile.Profiles;
import org.linli.edge.profile.TestProfiles;
import org.linli.program.thread.LivingThreads;
import org.springframework.boot.health.contributor.Status;

class MappingsTest {

  private static final String BOXES =
      """
      mappings:
        - {name: boxes, topic: boxes/+, kind: environment, device: "$topic[1]",
           events: [{type: measurement, values: $}]}
      """;

  @TempDir Path folder;

  private final Profiles profiles = TestProfiles.profiles(KnownDevices.NONE);

  private Mappings mappings() {
    Mappings mappings =
        new Mappings(
            new MappingSettings(folder.resolve("data"), folder.resolve("boxes.yml")),
            new ProfileSettings(ZoneId.of("UTC"), List.of()),
            profiles,
            new LivingThreads(InstantSource.system()));
    return mappings;
  }

  private void write(String text) throws Exception {
    Files.writeString(folder.resolve("boxes.yml"), text);
  }

  private List<String> topics() {
    return profiles.ofProfile("boxes").stream().map(filter -> filter.text()).toList();
  }

  @Test
  void takesAChangedFileAndKeepsTheOldOneWhereTheNewIsWrong() throws Exception {
    write(BOXES);
    Mappings mappings = mappings();
    assertThat(topics()).containsExactly("boxes/+");

    write(BOXES.replace("boxes/+", "more-boxes/+"));
    mappings.look();
    assertThat(topics()).containsExactly("more-boxes/+");
    assertThat(mappings.health().getStatus()).isEqualTo(Status.UP);

    write(BOXES.replace("kind", "kinds!"));
    mappings.look();
    assertThat(topics()).containsExactly("more-boxes/+");
    assertThat(mappings.health().getStatus()).isEqualTo(Status.DOWN);
    assertThat(mappings.health().getStatus().getDescription())
        .contains(
            "boxes.yml:2:35: mappings[1].kinds! is not a key that is known here; did you mean"
                + " kind?");

    write(BOXES);
    mappings.look();
    assertThat(topics()).containsExactly("boxes/+");
    assertThat(mappings.health().getStatus()).isEqualTo(Status.UP);
  }

  @Test
  void goesOnWithWhatWasRightAfterARestart() throws Exception {
    write(BOXES);
    Mappings before = mappings();
    before.start();
    before.stop();
    profiles.useMapped(List.of());
    write("mappings: [");

    Mappings after = mappings();
    assertThat(topics()).containsExactly("boxes/+");
    assertThat(after.health().getStatus()).isEqualTo(Status.DOWN);
  }

  @Test
  void doesNotTakeWhatABuiltInProfileReads() throws Exception {
    write(BOXES);
    mappings();
    Profiles withBoxes = TestProfiles.profiles(KnownDevices.NONE, read());
    write(BOXES.replace("name: boxes", "name: others"));

    Mappings mappings =
        new Mappings(
            new MappingSettings(folder.resolve("data"), folder.resolve("boxes.yml")),
            new ProfileSettings(ZoneId.of("UTC"), List.of()),
            withBoxes,
            new LivingThreads(InstantSource.system()));
    assertThat(mappings.health().getDetails().get("problem"))
        .asString()
        .contains("would read the same topics");
  }

  /** Also after an upgrade that brought the profile: the copy of what was right last has it too. */
  @Test
  void usesTheOthersWhereOneHasTheNameOfABuiltInProfile() throws Exception {
    String both = BOXES + BOXES.replace("mappings:\n", "").replace("boxes", "zkteco");
    write(both);
    Mappings before = mappings();
    before.start();
    before.stop();
    write(BOXES.replace("name: boxes", "name: zkteco").replace("boxes/+", "other/+"));
    Profiles upgraded = TestProfiles.profiles(KnownDevices.NONE, read());
    write(both);

    Mappings mappings =
        new Mappings(
            new MappingSettings(folder.resolve("data"), folder.resolve("boxes.yml")),
            new ProfileSettings(ZoneId.of("UTC"), List.of()),
            upgraded,
            new LivingThreads(InstantSource.system()));

    assertThat(mappings.health().getDetails().get("problem"))
        .asString()
        .contains(
            "boxes.yml:4:5: name: zkteco is the name of a built-in profile: give the mapping"
                + " another one, or switch the profile off with linli.profile.off");
    assertThat(upgraded.ofProfile("boxes")).hasSize(1);
  }

  private Mapping read() throws Exception {
    Files.copy(folder.resolve("boxes.yml"), folder.resolve("other.yml"));
    MappingFiles files =
        new MappingFiles(folder.resolve("other.yml"), ZoneOffset.UTC, new Changes());
    return files.read(files.contents()).getFirst();
  }
}
