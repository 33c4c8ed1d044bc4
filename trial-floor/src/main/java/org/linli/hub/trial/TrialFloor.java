package org.linli.hub.trial;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linli.event.CommunityId;
import org.linli.event.DeviceId;
import org.linli.hub.change.ChangeKind;
import org.linli.hub.console.ConsoleWords;
import org.linli.hub.console.NavigationEntry;
import org.linli.hub.console.ShownOnStream;
import org.linli.hub.registry.DeviceKey;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What this feature adds to the console, beside its page. */
@Configuration(proxyBeanMethods = false)
class TrialFloor {

  static final String PATH = "/trial";

  @Bean
  NavigationEntry toTrial() {
    return new NavigationEntry(PATH, "trial.heading");
  }

  @Bean
  ConsoleWords trialWords() {
    return new ConsoleWords("org.linli.hub.trial.words");
  }

  /** Shows the number of reports on the live stream, whenever it changes. */
  @Bean
  ShownOnStream reportsOnStream(ReportCounts counts) {
    return new ShownOnStream() {
      @Override
      public ChangeKind kind() {
        return ReportCounts.CHANGES;
      }

      @Override
      public Optional<?> body(@Nullable CommunityId community, String device) {
        return community == null
            ? Optional.empty()
            : counts
                .of(new DeviceKey(community, new DeviceId(device)))
                .map(reports -> Map.of("device", device, "reports", reports));
      }
    };
  }
}
