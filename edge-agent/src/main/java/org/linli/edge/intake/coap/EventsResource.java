package org.linli.edge.intake.coap;

import org.eclipse.californium.core.CoapResource;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.linli.event.Kind;

/**
 * The contents of {@code /.well-known/core} (RFC 6690): {@code /linli}, and below it a path for
 * each kind. {@link EventsDeliverer} answers requests for them.
 */
final class EventsResource extends CoapResource {

  private EventsResource(String name, String title) {
    super(name);
    getAttributes().setTitle(title);
    getAttributes().addResourceType("linli.event");
    getAttributes().addContentType(MediaTypeRegistry.APPLICATION_JSON);
    getAttributes().addContentType(MediaTypeRegistry.APPLICATION_CBOR);
    getAttributes().addContentType(MediaTypeRegistry.APPLICATION_SENML_JSON);
    getAttributes().addContentType(MediaTypeRegistry.APPLICATION_SENML_CBOR);
  }

  static EventsResource withEveryKind() {
    EventsResource events =
        new EventsResource(CoapMessages.ROOT, "POST events to /linli/{kind}/{deviceId}");
    for (Kind kind : Kind.values()) {
      events.add(
          new EventsResource(kind.wireName(), "POST to /linli/" + kind.wireName() + "/{deviceId}"));
    }
    return events;
  }
}
