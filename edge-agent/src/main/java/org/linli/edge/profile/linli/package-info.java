/** Linli JSON and the same in CBOR, for devices that were built for Linli. */
@NullMarked
package org.linli.edge.profile.linli;

import org.jspecify.annotations.NullMarked;
