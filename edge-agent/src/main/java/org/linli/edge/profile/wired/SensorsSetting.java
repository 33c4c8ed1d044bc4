package org.linli.edge.profile.wired;

import java.util.Map;

/**
 * The setting {@code sensors[WHOSE/FIELD]} of a profile, which says what values mean.
 *
 * @param profile in the name of the setting
 * @param form what stands in the brackets, with an example
 */
public record SensorsSetting(String profile, String form) {

  /**
   * What is set, checked.
   *
   * @throws IllegalArgumentException naming the key and what is meant
   */
  public Map<String, String> checked(Map<String, String> sensors) {
    Map<String, String> checked = Map.copyOf(sensors);
    var _ = inputs(checked);
    return checked;
  }

  public WiredInputs inputs(Map<String, String> sensors) {
    return WiredInputs.ofSetting("linli.profile." + profile + ".sensors", form, sensors);
  }
}
