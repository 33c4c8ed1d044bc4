package org.linli.edge.intake.coap;

import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.CoAPOptionException;
import org.eclipse.californium.core.coap.Option;
import org.eclipse.californium.core.coap.OptionNumberRegistry;
import org.eclipse.californium.core.coap.option.OpaqueOptionDefinition;
import org.eclipse.californium.core.coap.option.OptionDefinition;
import org.eclipse.californium.core.coap.option.StandardOptionRegistry;
import org.eclipse.californium.core.network.serialization.UdpDataParser;
import org.jspecify.annotations.Nullable;

/**
 * Lets a request with a critical option that nobody knows reach {@link EventsDeliverer}, which
 * refuses it with 4.02 and a dead letter; Californium alone would reset it. A known option of the
 * wrong length is as good as unknown (RFC 7252 section 5.4.3): 4.02 where it is critical, left out
 * where it is elective.
 */
final class OptionsParser extends UdpDataParser {

  OptionsParser() {
    super(false, StandardOptionRegistry.getDefaultOptionRegistry());
  }

  @Override
  public @Nullable Option createOption(int code, int number, byte[] value) {
    OptionDefinition known =
        StandardOptionRegistry.getDefaultOptionRegistry().getDefinitionByNumber(code, number);
    boolean critical = OptionNumberRegistry.isCritical(number);
    if (known == null) {
      return critical
          ? new OpaqueOptionDefinition(number, "unknown-" + number, false).create(value)
          : null;
    }
    try {
      return known.create(value);
    } catch (IllegalArgumentException broken) {
      if (critical) {
        throw new CoAPOptionException(
            "option " + known.getName() + " is malformed: " + broken.getMessage(),
            ResponseCode.BAD_OPTION);
      }
      return null;
    }
  }
}
