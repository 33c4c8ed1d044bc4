/** Reads community files, says what is wrong with them, and writes them. */
@NamedInterface("file")
@NullMarked
package org.linli.hub.registry.file;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
