package org.linli.edge.picture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.edge.picture.Pictures.Outcome;
import org.springframework.util.unit.DataSize;

class PicturesTest {

  private static final Instant NOW = Instant.parse("2026-11-23T05:16:01Z");
  private static final PictureSettings SMALL =
      new PictureSettings(DataSize.ofBytes(300), Duration.ofDays(7));

  @TempDir Path data;

  @Test
  void keepsAPictureForItsOwnerOnly() throws IOException {
    byte[] jpeg = jpeg(1, 100);

    Outcome.Stored stored = (Outcome.Stored) at(NOW).keep(jpeg);

    Path file = data.resolve("pictures").resolve(stored.id() + ".jpg");
    assertThat(stored.id()).matches("[0-9a-f]{32}");
    assertThat(file).hasBinaryContent(jpeg);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(files()).hasSize(1);
  }

  @Test
  void keepsOnlyWhatBeginsAsJpegOrPng() throws IOException {
    Pictures pictures = at(NOW);

    assertThat(pictures.keep("<svg onload='x'/>".getBytes(UTF_8)))
        .isEqualTo(lost("neither JPEG nor PNG"));
    assertThat(pictures.keep(new byte[0])).isEqualTo(lost("neither JPEG nor PNG"));
    assertThat(pictures.keep(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 7}))
        .isInstanceOf(Outcome.Stored.class);
    assertThat(files()).singleElement().asString().endsWith(".png");
  }

  @Test
  void removesTheOldestPastTheQuotaAlsoAfterARestart() throws IOException {
    at(NOW).keep(jpeg(1, 100));
    at(NOW.plusSeconds(1)).keep(jpeg(2, 100));
    at(NOW.plusSeconds(2)).keep(jpeg(3, 100));

    Outcome.Stored newest = (Outcome.Stored) at(NOW.plusSeconds(3)).keep(jpeg(4, 150));

    assertThat(files()).hasSize(2).contains(newest.id() + ".jpg").contains(name(jpeg(3, 100)));
    assertThat(at(NOW).keep(jpeg(5, 301))).isEqualTo(lost("larger than linli.pictures.quota"));
  }

  @Test
  void removesWhatIsTooOldAlsoWhileNoneCome() throws IOException {
    at(NOW).keep(jpeg(1, 10));
    MutableClock clock = new MutableClock();
    clock.now = NOW.plus(Duration.ofDays(7));
    Pictures pictures = new Pictures(folder(), SMALL, clock);
    assertThat(files()).hasSize(1);

    clock.now = clock.now.plusMillis(1);
    pictures.removeOld();

    assertThat(files()).isEmpty();
  }

  @Test
  void aClockThatJumpsAheadMakesNoneOlder() throws IOException {
    MutableClock clock = new MutableClock();
    Pictures pictures = new Pictures(folder(), SMALL, clock);
    pictures.keep(jpeg(1, 10));

    clock.now = NOW.plus(Duration.ofDays(5_000));
    pictures.removeOld();
    assertThat(files()).hasSize(1);

    for (int minutes = 0; minutes <= Duration.ofDays(7).toMinutes(); minutes += 10) {
      clock.now = clock.now.plus(Duration.ofMinutes(10));
      pictures.removeOld();
    }
    assertThat(files()).as("after seven days that passed").isEmpty();
  }

  @Test
  void keepsNoMoreThanItsShareOfTheHeapHasNamesFor() throws IOException {
    Pictures pictures = new Pictures(folder(), SMALL, clock(NOW), 3);
    for (int i = 0; i < 9; i++) {
      pictures.keep(jpeg(i, 10));
    }
    assertThat(files()).hasSize(3).contains(name(jpeg(8, 10)));

    var _ = new Pictures(folder(), SMALL, clock(NOW), 2);
    assertThat(files()).hasSize(2);
  }

  @Test
  void losesThePictureWhereTheDiskRefusesIt() throws IOException {
    Files.writeString(data.resolve("pictures"), "in the way");

    assertThat(at(NOW).keep(jpeg(1, 10))).isEqualTo(lost("the gateway could not write it"));
  }

  @Test
  void knowsTheSamePictureAgainAndForgetsWhereItIsTold() throws IOException {
    Pictures pictures = at(NOW);
    Outcome.Stored first = (Outcome.Stored) pictures.keep(jpeg(1, 10));

    assertThat(first.isNew()).isTrue();
    assertThat(pictures.keep(jpeg(1, 10))).isEqualTo(new Outcome.Stored(first.id(), false));

    pictures.forget(first.id());
    pictures.forget("../../outbox");
    assertThat(files()).isEmpty();
  }

  @Test
  void removesWhatACrashLeftUnfinishedAndLeavesWhatIsNotOurs() throws IOException {
    Files.createDirectories(data.resolve("pictures"));
    Files.writeString(data.resolve("pictures").resolve("0".repeat(32) + ".jpg.part"), "half");
    Files.writeString(data.resolve("pictures").resolve("notes.txt"), "mine");

    at(NOW);

    assertThat(files()).containsExactly("notes.txt");
  }

  @Test
  void refusesSettingsThatCannotBeMeantAndCanBeSwitchedOff() throws IOException {
    assertThatThrownBy(() -> new PictureSettings(DataSize.ofBytes(-1), Duration.ofDays(1)))
        .hasMessageContaining("linli.pictures.quota");
    assertThatThrownBy(() -> new PictureSettings(DataSize.ofBytes(1), Duration.ZERO))
        .hasMessageContaining("linli.pictures.max-age");
    Pictures off =
        new Pictures(
            folder(), new PictureSettings(DataSize.ofBytes(0), Duration.ofDays(1)), clock(NOW));
    assertThat(off.keep(jpeg(1, 10))).isEqualTo(lost("pictures are off"));
    assertThat(data.resolve("pictures")).doesNotExist();
  }

  private static final class MutableClock extends Clock {

    private Instant now = NOW;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private Pictures at(Instant time) {
    return new Pictures(folder(), SMALL, clock(time));
  }

  private PictureFolder folder() {
    return new PictureFolder(data.resolve("pictures"));
  }

  private static Clock clock(Instant time) {
    return Clock.fixed(time, ZoneOffset.UTC);
  }

  private String name(byte[] picture) {
    return ((Outcome.Stored) at(NOW).keep(picture)).id() + ".jpg";
  }

  private static Outcome lost(String why) {
    return new Outcome.Lost(why);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(data.resolve("pictures"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static byte[] jpeg(int fill, int length) {
    byte[] jpeg = new byte[length];
    Arrays.fill(jpeg, (byte) fill);
    jpeg[0] = (byte) 0xff;
    jpeg[1] = (byte) 0xd8;
    jpeg[2] = (byte) 0xff;
    return jpeg;
  }
}
