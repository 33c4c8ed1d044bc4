package org.linli.edge.profile.onvif;

import org.jspecify.annotations.Nullable;

/**
 * What a notification says of one state or moment.
 *
 * @param signal distinguishes the states of one source
 * @param holds null for a moment, which has no state
 */
record Statement(Meaning meaning, String signal, @Nullable Boolean holds) {

  boolean begins() {
    return holds == null || holds;
  }
}
