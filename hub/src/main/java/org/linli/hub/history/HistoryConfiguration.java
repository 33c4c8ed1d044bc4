package org.linli.hub.history;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.linli.hub.history.influx.InfluxSettings;
import org.linli.hub.history.influx.InfluxStore;
import org.linli.hub.history.questdb.QuestDbStore;
import org.linli.hub.records.DataFolder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class HistoryConfiguration {

  @Bean(destroyMethod = "close")
  HistoryStore historyStore(
      HistorySettings settings,
      InfluxSettings influx,
      DataFolder folder,
      Clock clock,
      MeterRegistry meters) {
    return switch (settings.store()) {
      case "questdb" -> QuestDbStore.open(folder.resolve("questdb"), clock, meters);
      case "influx" -> InfluxStore.open(influx, clock, meters);
      default ->
          throw new HistoryStartException(
              "LINLI_STORE (linli.store) is '%s', which is no store.".formatted(settings.store()),
              "Set it to questdb, which needs nothing else, or to influx.");
    };
  }
}
