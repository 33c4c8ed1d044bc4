package org.linli.edge.profile.platecamera;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How plate cameras are read.
 *
 * @param wholePlates whether events carry plates whole, and not only their first two characters and
 *     the last
 */
@ConfigurationProperties("linli.profile.platecamera")
record PlateCameraSettings(@DefaultValue("false") boolean wholePlates) {}
