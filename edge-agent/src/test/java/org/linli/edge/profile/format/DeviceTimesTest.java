package org.linli.edge.profile.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.profile.Unreadable;
import org.linli.event.Times;

class DeviceTimesTest {

  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  @Test
  void readsATimeWithAZoneAndOneWithout() throws Unreadable {
    Instant expected = Instant.parse("2026-11-23T05:16:00Z");
    assertThat(DeviceTimes.read("Time", "2026-11-23T13:16:00+08:00", SHANGHAI)).isEqualTo(expected);
    assertThat(DeviceTimes.read("Time", "2026-11-23 13:16:00", SHANGHAI)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-4052-11-23T13:16:00",
        "+10000-01-02T00:00:00",
        "+999999999-12-31T23:59:59",
        "0000-01-01T00:00:00",
        "0000-12-31T23:59:59.999Z",
        "0000-01-01T00:00:00+08:00",
        "9999-12-31T23:59:59-08:00"
      })
  void refusesATimeOutsideTheYears1To9999(String text) {
    assertThatThrownBy(() -> DeviceTimes.read("Time", text, SHANGHAI))
        .isInstanceOf(Unreadable.class)
        .hasMessage("Time: lies outside the years 0001 to 9999");
  }

  @Test
  void readsATimeWithoutAZoneAsTheStandardFormatterDoes() {
    String time = "2024-02-29 23:59:59";
    String signs = "0123569 Tt-:.,Z+٣x";
    for (int first = 0; first < time.length(); first++) {
      for (int second = 0; second < time.length(); second++) {
        for (int i = 0; i < signs.length() * signs.length(); i++) {
          StringBuilder changed = new StringBuilder(time);
          changed.setCharAt(first, signs.charAt(i / signs.length()));
          changed.setCharAt(second, signs.charAt(i % signs.length()));
          String said = changed.toString();
          assertThat(read(said)).as(said).isEqualTo(byFormatter(said));
        }
      }
    }
  }

  private static @Nullable Instant read(String text) {
    try {
      return DeviceTimes.read("Time", text, SHANGHAI);
    } catch (Unreadable noTime) {
      return null;
    }
  }

  private static @Nullable Instant byFormatter(String text) {
    try {
      Instant time = LocalDateTime.parse(text.replace(' ', 'T')).atZone(SHANGHAI).toInstant();
      return Times.isOutside(time) ? null : time;
    } catch (DateTimeException noTime) {
      return null;
    }
  }

  @ParameterizedTest
  @ValueSource(
      doubles = {
        -62_167_219_201.0,
        -62_135_596_800.001,
        253_402_300_800.0,
        Double.NaN,
        Double.POSITIVE_INFINITY
      })
  void refusesSecondsOutsideTheYears1To9999(double seconds) {
    assertThatThrownBy(() -> DeviceTimes.ofSeconds("Epoch", seconds))
        .isInstanceOf(Unreadable.class)
        .hasMessage("Epoch: lies outside the years 0001 to 9999");
  }
}
