package org.linli.edge.profile.hikvision;

import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How Hikvision equipment is read.
 *
 * @param recorders device ids of recorders and of controllers with several doors: their channel or
 *     door 1 is a part of them as the others are, and not they themselves
 * @param people whether events carry card numbers, names and employee numbers
 */
@ConfigurationProperties("linli.profile.hikvision")
record HikvisionSettings(
    @DefaultValue Set<String> recorders, @DefaultValue("false") boolean people) {

  HikvisionSettings {
    recorders = Set.copyOf(recorders);
  }
}
