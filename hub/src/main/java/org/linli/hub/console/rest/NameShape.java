package org.linli.hub.console.rest;

import io.swagger.v3.oas.annotations.media.Schema;
import org.linli.hub.registry.BilingualName;

/** A name in both languages. */
@Schema(name = "Name")
public record NameShape(String zh, String en) {

  static NameShape of(BilingualName name) {
    return new NameShape(name.zh(), name.en());
  }
}
