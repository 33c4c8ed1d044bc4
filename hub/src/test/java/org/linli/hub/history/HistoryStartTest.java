package org.linli.hub.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.linli.hub.history.influx.InfluxSettings;
import org.linli.hub.history.influx.InfluxStore;
import org.linli.hub.history.questdb.QuestDbStore;
import org.linli.hub.journal.Archive;
import org.linli.hub.journal.ArchiveOnRecords;
import org.linli.hub.journal.HistoryKeeping;
import org.linli.hub.journal.HistoryParts;
import org.linli.hub.journal.PartsOnRecords;
import org.linli.hub.records.PowerRecord;
import org.linli.hub.records.TestRecords;
import org.linli.hub.registry.EarlierCommunity;
import org.linli.hub.registry.Registry;
import org.linli.hub.registry.TestCommunities;
import org.linli.program.folder.DataFolder;
import org.linli.program.thread.LivingThreads;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

class HistoryStartTest {

  @TempDir private Path folder;

  @Test
  void keepsTheHistoryInTheDataFolderUnlessToldOtherwise() {
    startedWith()
        .run(
            hub -> {
              assertThat(hub.getBean(HistoryStore.class)).isInstanceOf(QuestDbStore.class);
              assertThat(folder.resolve("questdb")).isDirectory();
            });
  }

  @Test
  void startsThoughItsInfluxIsAway() {
    startedWith("linli.store=influx", "linli.influx.url=http://127.0.0.1:9")
        .run(hub -> assertThat(hub.getBean(HistoryStore.class)).isInstanceOf(InfluxStore.class));
  }

  @Test
  void refusesAStoreItDoesNotKnow() {
    startedWith("linli.store=mongodb")
        .run(
            hub ->
                assertThat(sentence(hub.getStartupFailure()))
                    .isEqualTo(
                        "LINLI_STORE (linli.store) is 'mongodb', which is no store. Set it to"
                            + " questdb, which needs nothing else, to postgres or to influx."));
  }

  @Test
  void refusesAnInfluxItDoesNotKnow() {
    startedWith("linli.store=influx", "linli.influx.compatibility=3")
        .run(
            hub ->
                assertThat(sentence(hub.getStartupFailure()))
                    .isEqualTo(
                        "LINLI_INFLUX_COMPATIBILITY (linli.influx.compatibility) is '3', which is"
                            + " unknown. Set it to 2.x for InfluxDB 2 and 1.8, or to 1.x for older"
                            + " ones."));
    startedWith("linli.store=influx", "linli.influx.url=not an address")
        .run(
            hub ->
                assertThat(sentence(hub.getStartupFailure()))
                    .startsWith(
                        "LINLI_INFLUX_URL (linli.influx.url) is 'not an address', which is no"));
    startedWith(
            "linli.store=influx", "linli.influx.compatibility=1.x", "linli.influx.bucket=x\"; drop")
        .run(
            hub ->
                assertThat(sentence(hub.getStartupFailure()))
                    .startsWith("LINLI_INFLUX_BUCKET (linli.influx.bucket) is 'x\"; drop'"));
  }

  @Test
  void leavesTheRetentionOfAnInfluxToIt() {
    for (String setting : List.of("linli.history.age=100d", "linli.history.limit=1GB")) {
      startedWith("linli.store=influx", setting)
          .run(
              hub ->
                  assertThat(sentence(hub.getStartupFailure()))
                      .isEqualTo(
                          setting.substring(0, setting.indexOf('='))
                              + " is set, but LINLI_STORE (linli.store) is influx, which drops what"
                              + " is old by itself. Leave it out, and set the retention of"
                              + " InfluxDB's bucket (version 1: its retention policy)."));
    }
  }

  @Test
  void saysWhichFolderCannotHoldTheHistory() throws IOException {
    Files.writeString(folder.resolve("questdb"), "a file stands where the folder should");

    startedWith()
        .run(
            hub ->
                assertThat(sentence(hub.getStartupFailure()))
                    .startsWith("The history in " + folder.resolve("questdb") + " cannot be opened")
                    .endsWith(
                        "Check that this user may read and write the folder and that its disk has"
                            + " room."));
  }

  @Test
  void keepsSecretsOutOfItsSettingsText() {
    startedWith("linli.store=influx", "linli.influx.token=s3cret", "linli.influx.password=s3cret")
        .run(hub -> assertThat(hub.getBean(InfluxSettings.class)).asString().doesNotContain("s3c"));
  }

  private ApplicationContextRunner startedWith(String... settings) {
    return new ApplicationContextRunner()
        .withBean(Clock.class, Clock::systemUTC)
        .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
        .withUserConfiguration(OnlyTheHistory.class)
        .withPropertyValues("linli.data=" + folder)
        .withPropertyValues(settings);
  }

  private static String sentence(@Nullable Throwable failure) {
    FailureAnalysis analysis =
        Objects.requireNonNull(
            new HistoryFailureAnalyzer().analyze(Objects.requireNonNull(failure, "it started")),
            "no analysis");
    return analysis.getDescription() + " " + analysis.getAction();
  }

  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties({
    HistorySettings.class,
    HistoryKeeping.class,
    InfluxSettings.class
  })
  @Import(HistoryConfiguration.class)
  static class OnlyTheHistory {

    @Bean(destroyMethod = "close")
    TestRecords records(@Value("${linli.data}") Path folder) {
      return new TestRecords(folder);
    }

    @Bean(destroyMethod = "")
    DataFolder dataFolder(TestRecords records) {
      return records.folder();
    }

    @Bean
    Registry registry() {
      return TestCommunities.sample();
    }

    @Bean
    EarlierCommunity earlierCommunity() {
      return new EarlierCommunity(TestCommunities.SAMPLE);
    }

    @Bean
    PowerRecord powerRecord(TestRecords records) {
      return records.power();
    }

    @Bean
    LivingThreads livingThreads() {
      return new LivingThreads(Clock.systemUTC());
    }

    @Bean
    Archive archive(TestRecords records) {
      return ArchiveOnRecords.of(records);
    }

    @Bean
    HistoryParts historyParts(TestRecords records) {
      return PartsOnRecords.of(records, Duration.ofDays(400));
    }
  }
}
