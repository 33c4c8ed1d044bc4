package org.linli.edge.profile.hikvision;

import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for Hikvision equipment.
 *
 * @param recorders device ids of recorders and of controllers with several doors: their channel or
 *     door 1 is a part of them like the others, not the device itself
 * @param people whether events contain card numbers, names and employee numbers
 * @param wholePlates whether events contain whole number plates, and not only the first two
 *     characters and the last
 */
@ConfigurationProperties("linli.profile.hikvision")
record HikvisionSettings(
    @DefaultValue Set<String> recorders,
    @DefaultValue("false") boolean people,
    @DefaultValue("false") boolean wholePlates) {

  HikvisionSettings {
    recorders = Set.copyOf(recorders);
  }
}
