package org.linli.edge.profile;

import java.time.ZoneId;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of all profiles.
 *
 * @param zone time zone of equipment that sends its local time without a zone
 * @param off names of disabled profiles
 */
@ConfigurationProperties("linli.profile")
public record ProfileSettings(
    @DefaultValue("Asia/Shanghai") ZoneId zone, @DefaultValue List<String> off) {

  public ProfileSettings {
    off = List.copyOf(off);
  }
}
