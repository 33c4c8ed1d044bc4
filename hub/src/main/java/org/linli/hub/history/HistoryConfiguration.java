package org.linli.hub.history;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import org.linli.hub.history.influx.InfluxSettings;
import org.linli.hub.history.influx.InfluxStore;
import org.linli.hub.history.postgres.PostgresStore;
import org.linli.hub.history.questdb.QuestDbStore;
import org.linli.hub.journal.Archive;
import org.linli.hub.journal.HistoryKeeping;
import org.linli.hub.journal.HistoryParts;
import org.linli.hub.records.PowerRecord;
import org.linli.hub.records.SharedConnections;
import org.linli.hub.registry.EarlierCommunity;
import org.linli.hub.registry.Registry;
import org.linli.program.folder.DataFolder;
import org.linli.program.thread.LivingThreads;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class HistoryConfiguration {

  /** Closed after the store inside it. */
  @Bean(destroyMethod = "close")
  @ConditionalOnProperty(name = "linli.store", havingValue = "questdb", matchIfMissing = true)
  HistoryFolder historyFolder(
      HistorySettings settings,
      DataFolder data,
      PowerRecord power,
      Archive archive,
      HistoryParts parts) {
    return HistoryFolder.prepare(data, power, archive, parts, settings.history());
  }

  @Bean
  BoundedNames boundedNames(
      HistorySettings settings,
      Registry registry,
      EarlierCommunity earlier,
      Clock clock,
      MeterRegistry meters,
      ApplicationEventPublisher publisher) {
    return new BoundedNames(
        settings.history().namesPerDevice(),
        new StoredDevices(earlier.id()),
        device -> registry.findDevice(device).isPresent(),
        registry::devices,
        clock,
        meters,
        publisher::publishEvent);
  }

  @Bean(destroyMethod = "close")
  HistoryStore historyStore(
      HistorySettings settings,
      InfluxSettings influx,
      ObjectProvider<HistoryFolder> folder,
      ObjectProvider<SharedConnections> shared,
      Archive archive,
      BoundedNames names,
      HistoryParts parts,
      HistoryKeeping keeping,
      Clock clock,
      MeterRegistry meters,
      LivingThreads threads) {
    return switch (settings.store()) {
      case "questdb" -> {
        Path path = folder.getObject().path();
        try {
          yield QuestDbStore.open(path, names, parts::writing, clock, meters, threads);
        } catch (OvergrownHistoryException e) {
          folder.getObject().beginAnew(archive, String.valueOf(e.getMessage()));
          yield QuestDbStore.open(path, names, parts::writing, clock, meters, threads);
        }
      }
      case "influx" -> {
        requireOwnRetention(keeping);
        if (settings.history().rebuild()) {
          archive.giveAgain();
        }
        yield InfluxStore.open(influx, names, clock, meters);
      }
      case "postgres" -> {
        if (settings.history().rebuild()) {
          archive.giveAgain();
        }
        yield PostgresStore.open(shared.getObject(), names, parts::writing, clock, meters);
      }
      default ->
          throw new HistoryStartException(
              "LINLI_STORE (linli.store) is '%s', which is no store.".formatted(settings.store()),
              "Set it to questdb, which needs nothing else, to postgres or to influx.");
    };
  }

  private static void requireOwnRetention(HistoryKeeping keeping) {
    if (keeping.age() != null || keeping.limit() != null) {
      throw new HistoryStartException(
          "%s is set, but LINLI_STORE (linli.store) is influx, which drops what is old by itself."
              .formatted(keeping.age() != null ? "linli.history.age" : "linli.history.limit"),
          "Leave it out, and set the retention of InfluxDB's bucket (version 1: its retention"
              + " policy).");
    }
  }

  /** What InfluxDB keeps is its own affair. */
  @Bean
  @ConditionalOnExpression("'${linli.store:questdb}' != 'influx'")
  HistoryRetention historyRetention(
      HistorySettings settings,
      HistoryStore store,
      HistoryParts parts,
      HistoryKeeping keeping,
      DataFolder data,
      Clock clock,
      MeterRegistry meters,
      ApplicationEventPublisher publisher,
      LivingThreads threads) {
    return new HistoryRetention(
        store,
        parts,
        settings.store().equals("postgres")
            ? HistoryRetention.limit(keeping)
            : HistoryRetention.limit(keeping, data.path()),
        clock,
        meters,
        publisher::publishEvent,
        threads);
  }
}
