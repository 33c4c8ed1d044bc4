/** Hikvision ISAPI: what cameras, recorders, door controllers and terminals post. */
@NullMarked
package org.linli.edge.profile.hikvision;

import org.jspecify.annotations.NullMarked;
