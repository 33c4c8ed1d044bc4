package org.linli.hub.history;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import org.linli.hub.history.influx.InfluxSettings;
import org.linli.hub.history.influx.InfluxStore;
import org.linli.hub.history.questdb.QuestDbStore;
import org.linli.hub.intake.Archive;
import org.linli.hub.records.PowerRecord;
import org.linli.hub.registry.Registry;
import org.linli.program.folder.DataFolder;
import org.linli.program.thread.LivingThreads;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class HistoryConfiguration {

  /** Closed after the store that is in it. */
  @Bean(destroyMethod = "close")
  @ConditionalOnProperty(name = "linli.store", havingValue = "questdb", matchIfMissing = true)
  HistoryFolder historyFolder(
      HistorySettings settings, DataFolder data, PowerRecord power, Archive archive) {
    return HistoryFolder.prepare(data, power, archive, settings.history());
  }

  @Bean
  BoundedNames boundedNames(
      HistorySettings settings,
      Registry registry,
      Clock clock,
      MeterRegistry meters,
      ApplicationEventPublisher publisher) {
    return new BoundedNames(
        settings.history().namesPerDevice(),
        device -> registry.findDevice(device).isPresent(),
        () -> registry.devices().size(),
        clock,
        meters,
        publisher::publishEvent);
  }

  @Bean(destroyMethod = "close")
  HistoryStore historyStore(
      HistorySettings settings,
      InfluxSettings influx,
      ObjectProvider<HistoryFolder> folder,
      Archive archive,
      BoundedNames names,
      Clock clock,
      MeterRegistry meters,
      LivingThreads threads) {
    return switch (settings.store()) {
      case "questdb" -> {
        Path path = folder.getObject().path();
        try {
          yield QuestDbStore.open(path, names, clock, meters, threads);
        } catch (OvergrownHistoryException e) {
          folder.getObject().beginAnew(archive, String.valueOf(e.getMessage()));
          yield QuestDbStore.open(path, names, clock, meters, threads);
        }
      }
      case "influx" -> {
        if (settings.history().rebuild()) {
          archive.giveAgain();
        }
        yield InfluxStore.open(influx, names, clock, meters);
      }
      default ->
          throw new HistoryStartException(
              "LINLI_STORE (linli.store) is '%s', which is no store.".formatted(settings.store()),
              "Set it to questdb, which needs nothing else, or to influx.");
    };
  }
}
