package org.linli.hub.history;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where events and series are kept.
 *
 * @param store which store (LINLI_STORE): {@code questdb}, embedded in the hub, or {@code influx},
 *     the InfluxDB that linli.influx names
 * @param history what to do with it at this start
 */
@ConfigurationProperties("linli")
record HistorySettings(@DefaultValue("questdb") String store, @DefaultValue AtStart history) {

  private static final String CONFIRM = "confirm";

  /**
   * @param rebuild whether to give the store everything again that the hub's records keep; the
   *     embedded one begins anew for that
   * @param removeAside {@value #CONFIRM} removes the earlier embedded histories that are aside,
   *     which may have what exists nowhere else
   */
  record AtStart(@DefaultValue("false") boolean rebuild, @Nullable String removeAside) {

    AtStart {
      if (removeAside != null && !removeAside.equals(CONFIRM)) {
        throw new IllegalArgumentException(
            ("linli.history.remove-aside is '%s': write 'confirm' to remove the earlier histories"
                    + " that are aside, for good, or leave it out")
                .formatted(removeAside));
      }
    }

    boolean isRemovalConfirmed() {
      return removeAside != null;
    }
  }
}
