package org.linli.edge.profile.platecamera;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for plate cameras.
 *
 * @param wholePlates whether events contain whole plates, and not only the first two characters and
 *     the last
 */
@ConfigurationProperties("linli.profile.platecamera")
record PlateCameraSettings(@DefaultValue("false") boolean wholePlates) {}
