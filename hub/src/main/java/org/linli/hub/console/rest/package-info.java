/** The API under {@code /api/v1}: JSON shapes, queries, and problems (RFC 9457). */
@NullMarked
package org.linli.hub.console.rest;

import org.jspecify.annotations.NullMarked;
