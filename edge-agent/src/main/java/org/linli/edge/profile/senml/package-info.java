/** SenML, RFC 8428, in JSON and in CBOR: packs of records are resolved and become measurements. */
@NullMarked
package org.linli.edge.profile.senml;

import org.jspecify.annotations.NullMarked;
