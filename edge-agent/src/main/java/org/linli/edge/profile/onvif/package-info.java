/** ONVIF event notifications. */
@NullMarked
package org.linli.edge.profile.onvif;

import org.jspecify.annotations.NullMarked;
