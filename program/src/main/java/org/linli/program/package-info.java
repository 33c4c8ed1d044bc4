/** What gateway and hub are both made of as programs, whatever they do with events. */
@NullMarked
package org.linli.program;

import org.jspecify.annotations.NullMarked;
