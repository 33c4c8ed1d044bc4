/** Reads a community file, and reports what is wrong with it. */
@NullMarked
package org.linli.hub.registry.file;

import org.jspecify.annotations.NullMarked;
