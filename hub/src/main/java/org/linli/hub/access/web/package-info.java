/** What every request passes through: tokens, sessions, headers, and the refusal of plain text. */
@NullMarked
package org.linli.hub.access.web;

import org.jspecify.annotations.NullMarked;
