package org.linli.edge.profile;

import java.time.ZoneId;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What holds for every profile.
 *
 * @param zone where equipment stands that tells its local time without a zone
 * @param off names of profiles that are not to read anything
 */
@ConfigurationProperties("linli.profile")
public record ProfileSettings(
    @DefaultValue("Asia/Shanghai") ZoneId zone, @DefaultValue List<String> off) {

  public ProfileSettings {
    off = List.copyOf(off);
  }
}
