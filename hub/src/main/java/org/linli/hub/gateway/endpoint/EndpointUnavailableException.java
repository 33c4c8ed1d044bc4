package org.linli.hub.gateway.endpoint;

/** The endpoint for gateways cannot listen. Not retryable: a person has to free the port. */
class EndpointUnavailableException extends RuntimeException {

  EndpointUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
