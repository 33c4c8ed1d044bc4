/** Common parts of formats: JSON, CBOR and XML with limits, times, values by name. */
@NullMarked
package org.linli.edge.profile.format;

import org.jspecify.annotations.NullMarked;
