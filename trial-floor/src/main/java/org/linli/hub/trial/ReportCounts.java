package org.linli.hub.trial;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.linli.hub.change.ChangeKind;
import org.linli.hub.change.ChangeRecorder;
import org.linli.hub.intake.BatchParticipant;
import org.linli.hub.journal.HubEvent;
import org.linli.hub.records.RecordsReader;
import org.linli.hub.registry.DeviceKey;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** A participant in the transaction of each batch: counts the events of each device. */
@Component
class ReportCounts implements BatchParticipant {

  static final ChangeKind CHANGES = ChangeKind.oneByOne("trial-report");

  private static final String COUNT =
      """
      INSERT INTO trial_report (community, device, reports) VALUES (?, ?, ?)
      ON CONFLICT (community, device) DO UPDATE
      SET reports = trial_report.reports + excluded.reports
      """;

  private final JdbcClient writer;
  private final RecordsReader reader;
  private final ChangeRecorder changes;

  ReportCounts(JdbcClient writer, RecordsReader reader, ChangeRecorder changes) {
    this.writer = writer;
    this.reader = reader;
    this.changes = changes;
  }

  /**
   * The count of one device.
   *
   * @param reports how many of its events were applied
   */
  record Count(String device, long reports) {}

  @Override
  public String name() {
    return "trial-reports";
  }

  @Override
  public void apply(List<HubEvent> events) {
    Map<DeviceKey, Long> reports =
        events.stream()
            .collect(
                Collectors.groupingBy(HubEvent::device, LinkedHashMap::new, Collectors.counting()));
    // One change for each device: a transaction of more than 5,000 changes tells none of them.
    reports.forEach(
        (device, count) -> {
          writer
              .sql(COUNT)
              .param(device.community().value())
              .param(device.device().value())
              .param(count)
              .update();
          changes.record(CHANGES, device.community(), device.device().value());
        });
  }

  /** Returns how many events of a device are applied and committed. */
  Optional<Long> of(DeviceKey device) {
    return reader
        .sql("SELECT reports FROM trial_report WHERE community = ? AND device = ?")
        .param(device.community().value())
        .param(device.device().value())
        .query(Long.class)
        .optional();
  }

  /** Returns the devices that report most. */
  List<Count> most() {
    return reader
        .sql("SELECT device, reports FROM trial_report ORDER BY reports DESC, device LIMIT 20")
        .query((row, _) -> new Count(row.getString("device"), row.getLong("reports")))
        .list();
  }
}
