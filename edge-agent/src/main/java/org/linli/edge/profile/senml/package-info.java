/** SenML, RFC 8428, in JSON and in CBOR: packs of records, resolved, as measurements. */
@NullMarked
package org.linli.edge.profile.senml;

import org.jspecify.annotations.NullMarked;
