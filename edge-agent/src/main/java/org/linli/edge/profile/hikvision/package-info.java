/** Hikvision ISAPI: messages of cameras, recorders, door controllers and terminals. */
@NullMarked
package org.linli.edge.profile.hikvision;

import org.jspecify.annotations.NullMarked;
