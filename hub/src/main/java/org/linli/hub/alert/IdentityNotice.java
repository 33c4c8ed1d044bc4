package org.linli.hub.alert;

import java.time.Instant;
import org.linli.event.GatewayId;
import org.linli.hub.registry.BilingualName;

/**
 * Two programs use one identity: the first detection that is not written yet.
 *
 * @param place id of the detection: the {@code event} of the cause of the alert that it opens
 * @param at when it was last detected
 */
record IdentityNotice(
    GatewayId gateway,
    String place,
    Instant at,
    BilingualName in,
    String text,
    Particulars particulars) {

  IdentityNotice at(Instant newest) {
    return new IdentityNotice(gateway, place, newest, in, text, particulars);
  }
}
