/** Sparkplug B: edge nodes and their devices, by births, data and deaths. */
@NullMarked
package org.linli.edge.profile.sparkplug;

import org.jspecify.annotations.NullMarked;
