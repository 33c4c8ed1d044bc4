package org.linli.edge.profile.onvif;

import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for ONVIF notifications.
 *
 * @param recorders device ids of equipment with several video sources, inputs or doors: each source
 *     is a part of it
 * @param people whether events contain personal items, such as a credential's holder
 */
@ConfigurationProperties("linli.profile.onvif")
record OnvifSettings(@DefaultValue Set<String> recorders, @DefaultValue("false") boolean people) {

  OnvifSettings {
    recorders = Set.copyOf(recorders);
  }
}
