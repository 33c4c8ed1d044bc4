/** What formats have in common: bounded JSON, CBOR and XML, times, values by name. */
@NullMarked
package org.linli.edge.profile.format;

import org.jspecify.annotations.NullMarked;
