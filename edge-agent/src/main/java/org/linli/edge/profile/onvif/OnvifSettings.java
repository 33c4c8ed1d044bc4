package org.linli.edge.profile.onvif;

import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How ONVIF notifications are read.
 *
 * @param recorders device ids of equipment with several video sources, inputs or doors: each source
 *     is a part of it
 * @param people whether events carry what names a person, such as a credential's holder
 */
@ConfigurationProperties("linli.profile.onvif")
record OnvifSettings(@DefaultValue Set<String> recorders, @DefaultValue("false") boolean people) {

  OnvifSettings {
    recorders = Set.copyOf(recorders);
  }
}
