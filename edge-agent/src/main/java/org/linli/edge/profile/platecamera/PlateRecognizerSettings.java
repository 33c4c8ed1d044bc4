package org.linli.edge.profile.platecamera;

import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for Plate Recognizer.
 *
 * @param wholePlates whether events contain whole plates, and not only the first two characters and
 *     the last
 * @param streams device ids under which several cameras post: each camera is a part of them, by its
 *     {@code camera_id}
 */
@ConfigurationProperties("linli.profile.platerecognizer")
record PlateRecognizerSettings(
    @DefaultValue("false") boolean wholePlates, @DefaultValue Set<String> streams) {

  PlateRecognizerSettings {
    streams = Set.copyOf(streams);
  }
}
