package org.linli.edge.uplink;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.linli.edge.agent.AgentSettings;
import org.linli.edge.outbox.OutboxReport;
import org.linli.edge.outbox.UplinkQueue;
import org.linli.edge.outbox.sqlite.SqliteOutbox;
import org.linli.edge.registry.Registry;
import org.linli.program.thread.LivingThreads;

/** Uplinks of a gateway that nothing else is wrong with. */
final class TestUplink {

  private TestUplink() {}

  /**
   * @param folder of the gateway {@link TestOutbox#GATEWAY}
   */
  static Uplink between(SqliteOutbox outbox, HubAddress hub, Path folder, UplinkSettings settings) {
    return between(outbox, outbox, hub, folder, settings);
  }

  /**
   * @param queue what the uplink empties
   * @param report of the same outbox
   */
  static Uplink between(
      UplinkQueue queue,
      OutboxReport report,
      HubAddress hub,
      Path folder,
      UplinkSettings settings) {
    AgentSettings gateway = new AgentSettings(folder, TestOutbox.GATEWAY);
    return new Uplink(
        queue,
        report,
        hub,
        gateway,
        settings,
        new Registry(gateway),
        Optional::empty,
        Optional.empty(),
        Clock.systemUTC(),
        new LivingThreads(Clock.systemUTC()));
  }
}
